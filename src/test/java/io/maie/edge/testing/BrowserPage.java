package io.maie.edge.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.awaitility.core.ConditionTimeoutException;

/** One page of a {@link Browser}, used as a person uses it: by pointer and keyboard. */
public final class BrowserPage {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final Duration PAUSE = Duration.ofMillis(50);

  private final DevTools tools;
  private final String context;
  private final String session;

  BrowserPage(DevTools tools, String context, String session) {
    this.tools = tools;
    this.context = context;
    this.session = session;
    send("Page.enable", Map.of());
  }

  private JsonNode send(String method, Map<String, ?> parameters) {
    return tools.send(session, method, parameters);
  }

  public void open(URI address) {
    send("Page.navigate", Map.of("url", address.toString()));
    await().atMost(LIMIT).pollInterval(PAUSE).until(() -> is("document.readyState == 'complete'"));
  }

  /** The value of an expression of JavaScript; of a promise, what it brings. */
  public JsonNode evaluate(String expression) {
    JsonNode answer =
        send(
            "Runtime.evaluate",
            Map.of(
                "expression", expression,
                "awaitPromise", true,
                "returnByValue", true,
                "userGesture", true));
    if (answer.has("exceptionDetails")) {
      throw new AssertionError(expression + " failed: " + answer.get("exceptionDetails"));
    }
    return answer.path("result").path("value");
  }

  private boolean is(String condition) {
    return evaluate("!!(" + condition + ")").asBoolean();
  }

  /** Waits until an expression is true; what the page shows says why it is not. */
  public void awaitThat(String condition) {
    try {
      await().atMost(LIMIT).pollInterval(PAUSE).until(() -> is(condition));
    } catch (ConditionTimeoutException e) {
      throw new AssertionError(
          condition + " did not come true; the page shows: " + text("body"), e);
    }
  }

  /** Waits until an element is there. */
  public void awaitElement(String selector) {
    awaitThat(found(selector));
  }

  private static String found(String selector) {
    return "document.querySelector(" + quoted(selector) + ")";
  }

  /** Visible text of an element; empty as long as the browser has not drawn it. */
  private String text(String selector) {
    return evaluate(found(selector) + "?.innerText ?? ''").asText();
  }

  /** Waits until a person reads this in an element; the page may draw it anew meanwhile. */
  public void awaitText(String selector, String expected) {
    awaitThat("(" + found(selector) + "?.innerText ?? '').includes(" + quoted(expected) + ")");
  }

  /** Clicks into the middle of an element, wherever it is. */
  public void click(String selector) {
    awaitElement(selector);
    JsonNode place =
        evaluate(
            "(() => { const element = "
                + found(selector)
                + "; element.scrollIntoView({block: 'center', behavior: 'instant'});"
                + " const box = element.getBoundingClientRect();"
                + " return {x: box.x + box.width / 2, y: box.y + box.height / 2}; })()");
    for (String type : List.of("mouseMoved", "mousePressed", "mouseReleased")) {
      send(
          "Input.dispatchMouseEvent",
          Map.of(
              "type",
              type,
              "x",
              place.path("x").asDouble(),
              "y",
              place.path("y").asDouble(),
              "button",
              type.equals("mouseMoved") ? "none" : "left",
              "clickCount",
              type.equals("mouseMoved") ? 0 : 1));
    }
  }

  /** Puts text into a field in place of what it holds. */
  public void type(String selector, String text) {
    awaitElement(selector);
    evaluate(found(selector) + ".focus(); " + found(selector) + ".select()");
    send("Input.insertText", Map.of("text", text));
  }

  /** Presses a key by its name in the standard, such as {@code ArrowRight}. */
  public void press(String key) {
    int code =
        switch (key) {
          case "Tab" -> 9;
          case "Enter" -> 13;
          case "Escape" -> 27;
          case "ArrowLeft" -> 37;
          case "ArrowRight" -> 39;
          default -> throw new IllegalArgumentException("an unknown key: " + key);
        };
    String text = key.equals("Enter") ? "\r" : "";
    send(
        "Input.dispatchKeyEvent",
        Map.of("type", "keyDown", "key", key, "windowsVirtualKeyCode", code, "text", text));
    send(
        "Input.dispatchKeyEvent",
        Map.of("type", "keyUp", "key", key, "windowsVirtualKeyCode", code));
  }

  /** Chooses files in a field for files. */
  public void choose(String selector, Path... files) {
    awaitElement(selector);
    int root = send("DOM.getDocument", Map.of()).path("root").path("nodeId").asInt();
    int node =
        send("DOM.querySelector", Map.of("nodeId", root, "selector", selector))
            .path("nodeId")
            .asInt();
    List<String> paths =
        Arrays.stream(files).map(file -> file.toAbsolutePath().toString()).toList();
    send("DOM.setFileInputFiles", Map.of("nodeId", node, "files", paths));
  }

  /** The size of the window in pixels, and whether it is that of a phone. */
  public void size(int width, int height) {
    send(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", width < 600));
  }

  /** Colours that the reader prefers: {@code light} or {@code dark}. */
  public void prefer(String colours) {
    List<Map<String, String>> features =
        List.of(
            Map.of("name", "prefers-color-scheme", "value", colours),
            Map.of("name", "prefers-reduced-motion", "value", "reduce"));
    send("Emulation.setEmulatedMedia", Map.of("features", features));
  }

  /** From the next page on, scripts of pages do not run. */
  public void disableScripts() {
    send("Emulation.setScriptExecutionDisabled", Map.of("value", true));
  }

  /** Stores what is downloaded in a folder, without asking. */
  public void downloadTo(Path folder) {
    tools.send(
        null,
        "Browser.setDownloadBehavior",
        Map.of(
            "behavior", "allow", "browserContextId", context, "downloadPath", folder.toString()));
  }

  /** Takes a picture of the window as PNG, without the bars for scrolling. */
  public byte[] picture() {
    send("Emulation.setScrollbarsHidden", Map.of("hidden", true));
    String data = send("Page.captureScreenshot", Map.of("format", "png")).path("data").asText();
    return Base64.getDecoder().decode(data);
  }

  /** Fails if the page is wider than its window. */
  public void assertNothingIsCutOff() {
    JsonNode widths = evaluate("[document.documentElement.scrollWidth, innerWidth]");
    assertThat(widths.get(0).asInt())
        .as(() -> "width of the page that shows " + text("main"))
        .isLessThanOrEqualTo(widths.get(1).asInt());
  }

  private static String quoted(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }
}
