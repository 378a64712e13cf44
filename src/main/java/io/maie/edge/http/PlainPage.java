package io.maie.edge.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.maie.edge.request.OutputFormat;
import io.maie.edge.task.Task;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.FormFields;
import org.eclipse.jetty.util.Fields;

/** The page for browsers without JavaScript: send a recording, and read what came of it. */
final class PlainPage {
  private static final String HOME = "/plain";
  private static final int MOST_FIELDS = 4;
  private static final int MOST_BODY_BYTES = 4_096;
  private static final int MOST_LISTED = 50;
  private static final String POLICY =
      "default-src 'none'; style-src 'self'; img-src 'self'; media-src 'self';"
          + " form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

  /** A form names where it comes from only if links of the same place may. */
  private static final HttpField REFERRER = new HttpField("Referrer-Policy", "same-origin");

  private static final HttpField COME_AGAIN = new HttpField("Refresh", "3");

  private final Guard guard;
  private final Sessions sessions;
  private final Upload upload;
  private final TaskView view;

  PlainPage(Guard guard, Sessions sessions, Upload upload, TaskView view) {
    this.guard = guard;
    this.sessions = sessions;
    this.upload = upload;
    this.view = view;
  }

  List<Route> routes() {
    return List.of(
        Route.open("GET", HOME, this::home),
        Route.open("POST", HOME + "/session", this::signIn),
        Route.open("POST", HOME + "/process", this::send),
        Route.open("GET", HOME + "/{task_id}", this::task));
  }

  private void home(Exchange exchange) throws IOException {
    Optional<Sessions.Session> session = guard.session(exchange.request());
    if (session.isEmpty()) {
      answer(exchange, 200, signInPage(exchange, ""));
    } else {
      answer(exchange, 200, list(exchange, session.get(), ""));
    }
  }

  private void signIn(Exchange exchange) throws IOException {
    Fields form = FormFields.getFields(exchange.request(), MOST_FIELDS, MOST_BODY_BYTES);
    String key = form.getValue("key");
    try {
      guard.checkKey(exchange.request(), key == null ? "" : key.strip());
      SessionCalls.setCookie(exchange, sessions.open());
      redirect(exchange, HOME);
    } catch (ProblemException e) {
      PageTexts texts = texts(exchange);
      String why = e.status() == 401 ? texts.get("signin.wrong") : sentence(texts, e);
      answer(exchange, e.status(), signInPage(exchange, why));
    }
  }

  private void send(Exchange exchange) throws IOException {
    Optional<Sessions.Session> session = guard.session(exchange.request());
    if (session.isEmpty()) {
      redirect(exchange, HOME);
      return;
    }
    try {
      checkToken(exchange, session.get());
      Task task = upload.receive(exchange.request(), FormParameters::read);
      redirect(exchange, HOME + "/" + task.id());
    } catch (ProblemException e) {
      String why = sentence(texts(exchange), e);
      answer(exchange, e.status(), list(exchange, session.get(), why));
    }
  }

  /** A form cannot send a header. */
  private static void checkToken(Exchange exchange, Sessions.Session session)
      throws ProblemException {
    if (exchange.query("csrf").filter(sent -> Secrets.areEqual(sent, session.csrf())).isEmpty()) {
      throw ProblemException.of(
          403, "CSRF_TOKEN_MISSING", "The form is out of date", "Send it again.");
    }
  }

  private void task(Exchange exchange) throws IOException {
    Optional<ObjectNode> found =
        guard.session(exchange.request()).isEmpty()
            ? Optional.empty()
            : view.status(exchange.name("task_id"));
    if (found.isEmpty()) {
      redirect(exchange, HOME);
      return;
    }
    ObjectNode task = found.get();
    PageTexts texts = texts(exchange);
    HtmlText html = begin(texts, task.path("name").asText());
    html.line("a", "← " + texts.get("task.back"), "href", HOME);
    html.line("h1", task.path("name").asText());
    switch (task.path("status").asText()) {
      case "COMPLETE" -> transcript(html, texts, task);
      case "FAILED" -> failure(html, texts, task);
      default -> {
        exchange.header(COME_AGAIN);
        html.line("p", progress(texts, task), "class", "card");
      }
    }
    answer(exchange, 200, html);
  }

  private static String progress(PageTexts texts, JsonNode task) {
    Optional<String> stage = texts.find("stage." + task.path("stage").asText());
    return stage
        .map(text -> text + " · " + task.path("percent").asInt() + " %")
        .orElseGet(() -> waiting(texts, task.path("waiting")));
  }

  private static String waiting(PageTexts texts, JsonNode waiting) {
    String reason = waiting.path("reason").asText();
    return switch (waiting.path("code").asText()) {
      case "PAUSED" -> texts.get("waiting.paused");
      case "BLOCKED" -> texts.get("waiting.blocked", "reason", reason);
      case "DEFERRED" -> reason;
      case "QUEUED" -> texts.get("waiting.turn");
      default -> texts.get("waiting.starting");
    };
  }

  private static void failure(HtmlText html, PageTexts texts, JsonNode task) {
    String key = "failure." + task.path("error_code").asText();
    html.open("div", "class", "card failure");
    html.line("h2", texts.find(key).orElseGet(() -> task.path("error").asText()));
    html.line("p", texts.find(key + ".hint").orElseGet(() -> task.path("hint").asText()));
    html.line("p", task.path("error").asText(), "class", "help").close();
  }

  private static void transcript(HtmlText html, PageTexts texts, JsonNode task) {
    String base = "/v1/tasks/" + task.path("task_id").asText();
    html.open("p", "class", "buttons");
    for (OutputFormat format : OutputFormat.values()) {
      String label = format.label();
      String address = base + "/result." + label;
      html.line("a", label.toUpperCase(Locale.ROOT), "class", "button", "href", address);
    }
    html.close();
    earlier(html, texts, task.at("/result/duplicate_of").asText());
    html.open("audio", "controls", "", "src", base + "/audio").close();
    html.open("section", "class", "words");
    JsonNode results = task.path("result").path("results");
    JsonNode parts =
        results.has("paragraphs") ? results.get("paragraphs") : results.path("segments");
    if (parts.isEmpty()) {
      html.line("p", texts.get("transcript.silent"));
    }
    for (JsonNode part : parts) {
      String speaker = speaker(texts, results.path("speakers"), part.path("speaker").asText());
      String time = clock(part.path("start").asDouble());
      html.line("p", (time + " " + speaker).strip(), "class", "help");
      html.line("p", part.path("text").asText(), "class", "text");
    }
    html.close();
  }

  /** The name that somebody gave, or the number of the speaker; empty if there is none. */
  private static String speaker(PageTexts texts, JsonNode speakers, String id) {
    for (JsonNode known : speakers) {
      if (known.path("id").asText().equals(id) && known.hasNonNull("name")) {
        return known.get("name").asText();
      }
    }
    return id.isEmpty() ? "" : texts.get("speaker", "n", id.replaceFirst("^S", ""));
  }

  /** Says that a result was there already, of the task {@code id} if there was one. */
  private static void earlier(HtmlText html, PageTexts texts, String id) {
    if (!id.isEmpty()) {
      html.open("p", "class", "notice calm").open("span");
      html.text(texts.get("transcript.earlier") + " ");
      html.line("a", texts.get("transcript.earlier.open"), "href", HOME + "/" + id);
      html.close().close();
    }
  }

  private static String clock(double seconds) {
    long whole = (long) seconds;
    return String.format(Locale.ROOT, "%d:%02d", whole / 60, whole % 60);
  }

  private static HtmlText signInPage(Exchange exchange, String problem) {
    PageTexts texts = texts(exchange);
    HtmlText html = begin(texts, texts.get("signin.title"));
    html.line("h1", texts.get("signin.title"));
    html.open("form", "class", "card options", "method", "post", "action", HOME + "/session");
    html.line("label", texts.get("signin.key"), "class", "label", "for", "key");
    html.empty("input", "class", "field", "id", "key", "name", "key", "type", "password");
    html.open("p", "class", "help").quoting(texts.get("signin.help")).close();
    html.line("p", problem, "class", "trouble", "role", "alert");
    html.line("button", texts.get("signin.enter"), "class", "button primary").close();
    return html;
  }

  private HtmlText list(Exchange exchange, Sessions.Session session, String problem)
      throws IOException {
    PageTexts texts = texts(exchange);
    HtmlText html = begin(texts, texts.get("upload.title"));
    html.line("h1", texts.get("upload.title"));
    html.line("p", texts.get("upload.lead"), "class", "lead");
    String action = HOME + "/process?csrf=" + session.csrf();
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
    html.line("h2", texts.get("side.title"), "class", "group").open("ul", "class", "rows");
    ObjectNode tasks = view.list(MOST_LISTED, Optional.empty());
    tasks.path("open").forEach(task -> row(html, task, progress(texts, task)));
    tasks.path("ended").forEach(task -> row(html, task, outcome(texts, task)));
    return html.close();
  }

  private static String outcome(PageTexts texts, JsonNode task) {
    String code = task.path("error_code").asText();
    return code.isEmpty()
        ? texts.get("side.ended")
        : texts.find("failure." + code).orElseGet(() -> task.path("error").asText());
  }

  private static void row(HtmlText html, JsonNode task, String line) {
    String address = HOME + "/" + task.path("task_id").asText();
    html.open("li").open("a", "class", "row", "href", address).open("span", "class", "row-text");
    html.line("span", task.path("name").asText(), "class", "row-name");
    html.line("span", line, "class", "row-line").close().close().close();
  }

  private static HtmlText begin(PageTexts texts, String title) {
    HtmlText html = new HtmlText().open("html", "lang", texts.language()).open("head");
    html.empty("meta", "charset", "utf-8");
    html.empty("meta", "name", "viewport", "content", "width=device-width, initial-scale=1");
    html.line("title", title + " · MAIE Edge");
    html.empty("link", "rel", "stylesheet", "href", "/style.css");
    String dark = "(prefers-color-scheme: dark)";
    html.empty("link", "rel", "stylesheet", "href", "/dark.css", "media", dark);
    return html.close().open("body").open("main", "class", "page plain");
  }

  private static PageTexts texts(Exchange exchange) {
    return PageTexts.of(exchange.header(HttpHeader.ACCEPT_LANGUAGE));
  }

  private static String sentence(PageTexts texts, ProblemException problem) {
    return texts
        .find("error." + problem.code())
        .or(() -> texts.find("failure." + problem.code()))
        .orElseGet(() -> String.valueOf(problem.getMessage()));
  }

  private static void redirect(Exchange exchange, String address) {
    exchange.header(HttpHeader.LOCATION, address);
    exchange.send(303);
  }

  private static void answer(Exchange exchange, int status, HtmlText html) {
    exchange.header(new HttpField("Content-Security-Policy", POLICY));
    exchange.header(REFERRER);
    exchange.send(status, "text/html;charset=utf-8", html.document().getBytes(UTF_8));
  }
}
