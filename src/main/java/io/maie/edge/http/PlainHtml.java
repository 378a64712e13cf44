package io.maie.edge.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.maie.edge.request.OutputFormat;
import java.util.Locale;
import java.util.Optional;

/** One page for browsers without JavaScript, in the language of the client. */
final class PlainHtml {
  private final PageTexts texts;
  private final HtmlText html = new HtmlText();

  PlainHtml(PageTexts texts, String title) {
    this.texts = texts;
    html.open("html", "lang", texts.language()).open("head");
    html.empty("meta", "charset", "utf-8");
    html.empty("meta", "name", "viewport", "content", "width=device-width, initial-scale=1");
    html.line("title", title + " · MAIE Edge");
    html.empty("link", "rel", "stylesheet", "href", "/style.css");
    String dark = "(prefers-color-scheme: dark)";
    html.empty("link", "rel", "stylesheet", "href", "/dark.css", "media", dark);
    html.close().open("body").open("main", "class", "page plain");
  }

  /**
   * The page that asks for a key.
   *
   * @param problem the reason for which the last key was refused; empty if none was sent
   */
  static PlainHtml signIn(PageTexts texts, String problem) {
    PlainHtml page = new PlainHtml(texts, texts.get("signin.title"));
    page.signInForm(problem);
    return page;
  }

  /** The page that takes recordings, with the latest tasks below. */
  static PlainHtml upload(PageTexts texts) {
    return new PlainHtml(texts, texts.get("upload.title"));
  }

  Answer answer(int status) {
    return new Answer(status, "text/html;charset=utf-8", html.document().getBytes(UTF_8));
  }

  private void signInForm(String problem) {
    html.line("h1", texts.get("signin.title"));
    html.open(
        "form", "class", "card options", "method", "post", "action", PlainPage.HOME + "/session");
    html.line("label", texts.get("signin.key"), "class", "label", "for", "key");
    html.empty("input", "class", "field", "id", "key", "name", "key", "type", "password");
    html.open("p", "class", "help").quoting(texts.get("signin.help")).close();
    html.line("p", problem, "class", "trouble", "role", "alert");
    html.line("button", texts.get("signin.enter"), "class", "button primary").close();
  }

  /**
   * A form to send a recording.
   *
   * @param problem the reason for which the last recording was refused; empty if none was
   */
  void form(Sessions.Session session, String problem) {
    html.line("h1", texts.get("upload.title"));
    html.line("p", texts.get("upload.lead"), "class", "lead");
    String action = PlainPage.HOME + "/process?csrf=" + session.csrf();
    html.open(
        "form",
        "class",
        "card options",
        "method",
        "post",
        "enctype",
        "multipart/form-data",
        "action",
        action);
    html.line("label", texts.get("upload.choose"), "class", "label", "for", "file");
    html.empty("input", "class", "file", "id", "file", "name", "file", "type", "file");
    html.line("p", problem, "class", "trouble", "role", "alert");
    html.line("button", texts.get("plain.send"), "class", "button primary").close();
  }

  /**
   * The latest tasks.
   *
   * @param tasks as {@link TaskView} lists them
   */
  void list(ObjectNode tasks) {
    html.line("h2", texts.get("side.title"), "class", "group").open("ul", "class", "rows");
    tasks.path("open").forEach(task -> row(task, progress(task)));
    tasks.path("ended").forEach(task -> row(task, outcome(task)));
    html.close();
  }

  private String outcome(JsonNode task) {
    String code = task.path("error_code").asText();
    return code.isEmpty()
        ? texts.get("side.ended")
        : texts.find("failure." + code).orElseGet(() -> task.path("error").asText());
  }

  private void row(JsonNode task, String line) {
    String address = PlainPage.HOME + "/" + task.path("task_id").asText();
    html.open("li").open("a", "class", "row", "href", address).open("span", "class", "row-text");
    html.line("span", task.path("name").asText(), "class", "row-name");
    html.line("span", line, "class", "row-line").close().close().close();
  }

  /** The state of a task. */
  void task(ObjectNode task) {
    html.line("a", "← " + texts.get("task.back"), "href", PlainPage.HOME);
    html.line("h1", task.path("name").asText());
    switch (task.path("status").asText()) {
      case "COMPLETE" -> transcript(task);
      case "FAILED" -> failure(task);
      default -> html.line("p", progress(task), "class", "card");
    }
  }

  private String progress(JsonNode task) {
    Optional<String> stage = texts.find("stage." + task.path("stage").asText());
    return stage
        .map(text -> text + " · " + task.path("percent").asInt() + " %")
        .orElseGet(() -> waiting(task.path("waiting")));
  }

  private String waiting(JsonNode waiting) {
    String reason = waiting.path("reason").asText();
    return switch (waiting.path("code").asText()) {
      case "PAUSED" -> texts.get("waiting.paused");
      case "BLOCKED" -> texts.get("waiting.blocked", "reason", reason);
      case "DEFERRED" -> reason;
      case "QUEUED" -> texts.get("waiting.turn");
      default -> texts.get("waiting.starting");
    };
  }

  private void failure(JsonNode task) {
    String key = "failure." + task.path("error_code").asText();
    html.open("div", "class", "card failure");
    html.line("h2", texts.find(key).orElseGet(() -> task.path("error").asText()));
    html.line("p", texts.find(key + ".hint").orElseGet(() -> task.path("hint").asText()));
    html.line("p", task.path("error").asText(), "class", "help").close();
  }

  private void transcript(JsonNode task) {
    String base = "/v1/tasks/" + task.path("task_id").asText();
    html.open("p", "class", "buttons");
    for (OutputFormat format : OutputFormat.values()) {
      String label = format.label();
      String address = base + "/result." + label;
      html.line("a", label.toUpperCase(Locale.ROOT), "class", "button", "href", address);
    }
    html.close();
    earlier(task.at("/result/duplicate_of").asText());
    html.open("audio", "controls", "", "src", base + "/audio").close();
    html.open("section", "class", "words");
    JsonNode results = task.path("result").path("results");
    JsonNode parts =
        results.has("paragraphs") ? results.get("paragraphs") : results.path("segments");
    if (parts.isEmpty()) {
      html.line("p", texts.get("transcript.silent"));
    }
    for (JsonNode part : parts) {
      String speaker = speaker(results.path("speakers"), part.path("speaker").asText());
      String time = clock(part.path("start").asDouble());
      html.line("p", (time + " " + speaker).strip(), "class", "help");
      html.line("p", part.path("text").asText(), "class", "text");
    }
    html.close();
  }

  /** The name that somebody gave, or the number of the speaker; empty if there is none. */
  private String speaker(JsonNode speakers, String id) {
    for (JsonNode known : speakers) {
      if (known.path("id").asText().equals(id) && known.hasNonNull("name")) {
        return known.get("name").asText();
      }
    }
    return id.isEmpty() ? "" : texts.get("speaker", "n", id.replaceFirst("^S", ""));
  }

  /** Says that a result was there already, of the task {@code id} if there was one. */
  private void earlier(String id) {
    if (!id.isEmpty()) {
      html.open("p", "class", "notice calm").open("span");
      html.text(texts.get("transcript.earlier") + " ");
      html.line("a", texts.get("transcript.earlier.open"), "href", PlainPage.HOME + "/" + id);
      html.close().close();
    }
  }

  private static String clock(double seconds) {
    long whole = (long) seconds;
    return String.format(Locale.ROOT, "%d:%02d", whole / 60, whole % 60);
  }
}
