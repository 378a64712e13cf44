package io.maie.edge.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

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

  static void send(Response response, int status, String type, byte[] body, Callback callback) {
    response.setStatus(status);
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, type);
    response.getHeaders().put(HttpHeader.CONTENT_LENGTH, body.length);
    response.write(true, ByteBuffer.wrap(body), callback);
  }

  /** A problem document of RFC 9457. */
  static ObjectNode document(Trouble trouble) {
    ObjectNode document = object();
    document.put("type", "about:blank");
    document.put("title", HttpStatus.getMessage(trouble.status()));
    document.put("status", trouble.status());
    document.put("detail", trouble.getMessage());
    document.put("code", trouble.code());
    document.put("hint", trouble.hint());
    if (trouble.taskId() != null) {
      document.put("task_id", trouble.taskId());
    }
    if (!trouble.fields().isEmpty()) {
      var errors = document.putArray("errors");
      trouble
          .fields()
          .forEach(
              field ->
                  errors.addObject().put("field", field.field()).put("message", field.sentence()));
    }
    return document;
  }

  static void send(Response response, Trouble trouble, Callback callback) {
    prepare(response, trouble);
    send(response, trouble.status(), PROBLEM, bytes(document(trouble)), callback);
  }

  /** Sets the headers that go with a trouble. */
  static void prepare(Response response, Trouble trouble) {
    if (trouble.status() == 429 || trouble.status() == 503) {
      response.getHeaders().put(HttpHeader.RETRY_AFTER, RETRY_SECONDS);
    }
    trouble.headers().forEach(response.getHeaders()::put);
    if (trouble.status() == 401) {
      response.getHeaders().put(HttpHeader.WWW_AUTHENTICATE, "Bearer realm=\"maie-edge\"");
    }
  }
}
