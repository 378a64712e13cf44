package io.maie.edge.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.maie.edge.task.Task;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.FormFields;
import org.eclipse.jetty.util.Fields;

/** The page for browsers without JavaScript: send a recording, and read what came of it. */
final class PlainPage {
  static final String HOME = "/plain";
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
        Route.get(HOME, this::home).open(),
        Route.post(HOME + "/session", this::signIn).open(),
        Route.post(HOME + "/process", this::send).open(),
        Route.get(HOME + "/{task_id}", this::task).open());
  }

  private void home(Exchange exchange) throws IOException {
    Optional<Sessions.Session> session = guard.session(exchange.request());
    if (session.isEmpty()) {
      answer(exchange, PlainHtml.signIn(texts(exchange), "").answer(200));
    } else {
      PlainHtml page = PlainHtml.upload(texts(exchange));
      page.form(session.get(), "");
      page.list(view.list(MOST_LISTED, Optional.empty()));
      answer(exchange, page.answer(200));
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
      answer(exchange, PlainHtml.signIn(texts, why).answer(e.status()));
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
      PageTexts texts = texts(exchange);
      PlainHtml page = PlainHtml.upload(texts);
      page.form(session.get(), sentence(texts, e));
      page.list(view.list(MOST_LISTED, Optional.empty()));
      answer(exchange, page.answer(e.status()));
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
    boolean hasEnded = Set.of("COMPLETE", "FAILED").contains(task.path("status").asText());
    if (!hasEnded) {
      exchange.header(COME_AGAIN);
    }
    PlainHtml page = new PlainHtml(texts(exchange), task.path("name").asText());
    page.task(task);
    answer(exchange, page.answer(200));
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

  /** Sends a page, whose headers keep it from loading anything from elsewhere. */
  private static void answer(Exchange exchange, Answer page) {
    exchange.header(new HttpField("Content-Security-Policy", POLICY));
    exchange.header(REFERRER);
    exchange.send(page);
  }
}
