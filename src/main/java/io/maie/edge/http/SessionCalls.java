package io.maie.edge.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.eclipse.jetty.http.HttpCookie;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;

/** The page's session: begins with a code or a key, ends with a logout or after twelve hours. */
final class SessionCalls {
  private static final int MOST_BODY_BYTES = 4_096;
  private static final String HOW_TO_OPEN = "Send {\"key\": \"KEY\"} as application/json.";

  private final Guard guard;
  private final Sessions sessions;
  private final FailureLimit limit;
  private final PageFiles page;

  SessionCalls(Guard guard, Sessions sessions, FailureLimit limit, PageFiles page) {
    this.guard = guard;
    this.sessions = sessions;
    this.limit = limit;
    this.page = page;
  }

  List<Route> routes() {
    return List.of(
        Route.get("/", this::start).open(),
        Route.get("/session", this::tell).open(),
        Route.post("/session", this::open).open(),
        Route.delete("/session", this::close));
  }

  /** The page; with a code in the address, first a session and then the page without it. */
  private void start(Exchange exchange) throws ProblemException, IOException {
    Optional<String> code = exchange.query("code");
    if (code.isEmpty()) {
      page.send(exchange, "index.html");
      return;
    }
    // a code that does not work leads to the page as well, which asks for a key
    exchange(exchange, code.get()).ifPresent(opened -> setCookie(exchange, opened));
    exchange.header(HttpHeader.LOCATION, "/");
    exchange.send(303);
  }

  private Optional<Sessions.Opened> exchange(Exchange exchange, String code)
      throws ProblemException {
    String address = Request.getRemoteAddr(exchange.request());
    limit.check(address);
    Optional<Sessions.Opened> opened = sessions.exchange(code);
    if (opened.isEmpty()) {
      limit.failed(address);
    }
    return opened;
  }

  private void tell(Exchange exchange) throws ProblemException {
    Sessions.Session session =
        guard
            .session(exchange.request())
            .orElseThrow(
                () ->
                    ProblemException.of(
                        401,
                        "UNAUTHORIZED",
                        "The page has no session",
                        "Open the link that 'maie-edge run --http' prints, or enter a key."));
    exchange.json(200, Answers.object().put("csrf", session.csrf()));
  }

  private void open(Exchange exchange) throws ProblemException, IOException {
    JsonNode body = body(exchange);
    Sessions.Opened opened;
    if (body.path("code").isTextual()) {
      opened =
          exchange(exchange, body.path("code").asText())
              .orElseThrow(
                  () ->
                      ProblemException.of(
                          401,
                          "UNAUTHORIZED",
                          "The code is wrong, used or too old",
                          "Each code works once; enter the key instead."));
    } else {
      guard.checkKey(exchange.request(), body.path("key").asText());
      opened = sessions.open();
    }
    setCookie(exchange, opened);
    exchange.json(200, Answers.object().put("csrf", opened.session().csrf()));
  }

  private static JsonNode body(Exchange exchange) throws ProblemException, IOException {
    String type = exchange.header(HttpHeader.CONTENT_TYPE).toLowerCase(Locale.ROOT);
    if (!type.startsWith(Answers.JSON)) {
      throw ProblemException.of(
          415,
          "UNSUPPORTED_TYPE",
          "Expected " + Answers.JSON + ", found '" + type + "'",
          HOW_TO_OPEN);
    }
    try {
      JsonNode body = Answers.MAPPER.readTree(exchange.body(MOST_BODY_BYTES));
      if (body.path("code").isTextual() || body.path("key").isTextual()) {
        return body;
      }
    } catch (JsonProcessingException e) {
      throw ProblemException.of(
          400, "BAD_JSON", "The body is no JSON: " + e.getOriginalMessage(), HOW_TO_OPEN);
    }
    throw ProblemException.of(
        400, "BAD_JSON", "Expected an object with 'code' or 'key' and a text", HOW_TO_OPEN);
  }

  private void close(Exchange exchange) {
    Guard.token(exchange.request()).ifPresent(sessions::close);
    Response.putCookie(exchange.response(), cookie(exchange, "").maxAge(0).build());
    exchange.send(204);
  }

  /** Hands the token of a session to the browser. */
  static void setCookie(Exchange exchange, Sessions.Opened opened) {
    Response.putCookie(
        exchange.response(),
        cookie(exchange, opened.token()).maxAge(Sessions.LIFE.toSeconds()).build());
  }

  private static HttpCookie.Builder cookie(Exchange exchange, String value) {
    return HttpCookie.build(Guard.COOKIE, value)
        .path("/")
        .httpOnly(true)
        .sameSite(HttpCookie.SameSite.STRICT)
        .secure(exchange.request().isSecure());
  }
}
