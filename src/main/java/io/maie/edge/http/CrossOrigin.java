package io.maie.edge.http;

import java.util.Set;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;

/** Lets pages of configured places ask with a key (Fetch Standard, section 3.3: CORS). */
final class CrossOrigin {
  private final Set<String> origins;

  /**
   * A list of places.
   *
   * @param origins such as {@code https://notes.example}; empty = no other place may ask
   */
  CrossOrigin(Set<String> origins) {
    this.origins = Set.copyOf(origins);
  }

  /** Returns whether {@code origin} is one of the configured places. */
  boolean allows(String origin) {
    return origins.contains(origin);
  }

  /**
   * Tells the browser what a page of another place may do; cookies are never part of it.
   *
   * @return whether {@code request} only asks for that, so that it is answered with this
   */
  boolean describe(Request request, Response response) {
    String origin = request.getHeaders().get(HttpHeader.ORIGIN);
    if (origin == null || !allows(origin)) {
      return false;
    }
    HttpFields.Mutable headers = response.getHeaders();
    headers.put("Access-Control-Allow-Origin", origin);
    headers.add(HttpHeader.VARY, "Origin");
    headers.put(
        "Access-Control-Expose-Headers",
        "Location, Retry-After, X-Request-ID, Content-Range, Accept-Ranges");
    boolean isQuestion =
        request.getMethod().equals("OPTIONS")
            && request.getHeaders().contains("Access-Control-Request-Method");
    if (isQuestion) {
      headers.put("Access-Control-Allow-Methods", "GET, HEAD, POST, DELETE");
      headers.put(
          "Access-Control-Allow-Headers",
          "Authorization, Content-Type, If-Range, Last-Event-ID, Prefer, Range, X-API-Key,"
              + " X-Request-ID");
      headers.put("Access-Control-Max-Age", "600");
    }
    return isQuestion;
  }
}
