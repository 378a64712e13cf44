package io.maie.edge.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * One request and its answer.
 *
 * @param names the variable parts of the path by their names
 */
record Exchange(Request request, Response response, Callback callback, Map<String, String> names) {

  /** A variable part of the path. */
  String name(String key) {
    String value = names.get(key);
    if (value == null) {
      throw new IllegalArgumentException("the path has no part {" + key + "}");
    }
    return value;
  }

  Optional<String> query(String key) {
    return Optional.ofNullable(Request.extractQueryParameters(request).getValue(key));
  }

  /** All values of a header, separated by commas; empty if it was not sent. */
  String header(HttpHeader header) {
    return String.join(",", request.getHeaders().getValuesList(header));
  }

  /**
   * The body of a request that is small by its nature.
   *
   * @throws ProblemException 413 if it is longer than {@code most} bytes
   */
  String body(int most) throws ProblemException, IOException {
    try (InputStream stream = Request.asInputStream(request)) {
      byte[] bytes = stream.readNBytes(most + 1);
      if (bytes.length > most) {
        throw ProblemException.of(
            413,
            "BODY_TOO_LARGE",
            "The body is larger than " + most + " bytes",
            "GET /openapi.json describes what is expected.");
      }
      return new String(bytes, UTF_8);
    }
  }

  void header(HttpHeader header, String value) {
    response.getHeaders().put(header, value);
  }

  void header(HttpField field) {
    response.getHeaders().put(field);
  }

  void json(int status, Object tree) {
    send(new Answer(status, Answers.JSON, Answers.bytes(tree)));
  }

  void send(Answer answer) {
    answer.send(response, callback);
  }

  /** An answer without a body. */
  void send(int status) {
    response.setStatus(status);
    callback.succeeded();
  }
}
