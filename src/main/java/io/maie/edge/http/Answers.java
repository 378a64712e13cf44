package io.maie.edge.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Response;

/** Writes answers. */
final class Answers {
  static final String JSON = "application/json";
  static final String PROBLEM = "application/problem+json";

  /** Reads and writes all JSON of this package. */
  static final JsonMapper MAPPER = new JsonMapper();

  /** A guess; an estimate of the queue would pretend to know more. */
  private static final long RETRY_SECONDS = 10;

  private Answers() {}

  static ObjectNode object() {
    return MAPPER.createObjectNode();
  }

  static byte[] bytes(Object tree) {
    return MAPPER.valueToTree(tree).toPrettyString().getBytes(UTF_8);
  }

  /** A problem document of RFC 9457. */
  static ObjectNode document(ProblemException problem) {
    ObjectNode document = object();
    document.put("type", "about:blank");
    document.put("title", HttpStatus.getMessage(problem.status()));
    document.put("status", problem.status());
    document.put("detail", problem.getMessage());
    document.put("code", problem.code());
    document.put("hint", problem.hint());
    if (problem.taskId() != null) {
      document.put("task_id", problem.taskId());
    }
    if (!problem.fields().isEmpty()) {
      var errors = document.putArray("errors");
      problem
          .fields()
          .forEach(
              field ->
                  errors.addObject().put("field", field.field()).put("message", field.sentence()));
    }
    return document;
  }

  static Answer json(Object tree) {
    return new Answer(HttpStatus.OK_200, JSON, bytes(tree));
  }

  static Answer of(ProblemException problem) {
    return new Answer(problem.status(), PROBLEM, bytes(document(problem)));
  }

  /** Sets the headers that go with a problem. */
  static void prepare(Response response, ProblemException problem) {
    if (problem.status() == 429 || problem.status() == 503) {
      response.getHeaders().put(HttpHeader.RETRY_AFTER, RETRY_SECONDS);
    }
    problem.headers().forEach(response.getHeaders()::put);
    if (problem.status() == 401) {
      response.getHeaders().put(HttpHeader.WWW_AUTHENTICATE, "Bearer realm=\"maie-edge\"");
    }
  }
}
