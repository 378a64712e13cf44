package io.maie.edge.http;

import io.maie.edge.task.TaskRunner;
import java.util.UUID;
import java.util.regex.Pattern;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.slf4j.MDC;

/** Request id that every answer carries, and every log line while the request is answered. */
record RequestLine(String id) implements AutoCloseable {

  private static final String HEADER = "X-Request-ID";
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9._-]{1,64}");

  /** Takes the id of the client, or makes one. */
  static RequestLine open(Request request, Response response) {
    String sent = request.getHeaders().get(HEADER);
    String id = sent != null && PLAIN.matcher(sent).matches() ? sent : UUID.randomUUID().toString();
    HttpFields.Mutable headers = response.getHeaders();
    headers.put(HEADER, id);
    headers.put("X-Content-Type-Options", "nosniff");
    headers.put("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'");
    headers.put("Referrer-Policy", "no-referrer");
    headers.put("X-Frame-Options", "DENY");
    headers.put("Cross-Origin-Opener-Policy", "same-origin");
    headers.put("Cross-Origin-Resource-Policy", "same-origin");
    headers.put("Cache-Control", "no-store");
    MDC.put(TaskRunner.REQUEST_LOG_CONTEXT, id);
    return new RequestLine(id);
  }

  /** The id of the request that the calling thread answers. */
  static String current() {
    return String.valueOf(MDC.get(TaskRunner.REQUEST_LOG_CONTEXT));
  }

  @Override
  public void close() {
    MDC.remove(TaskRunner.REQUEST_LOG_CONTEXT);
  }
}
