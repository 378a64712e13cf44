package io.maie.edge.http;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.eclipse.jetty.http.HttpHeader;

/** All calls of the API; the first that fits a request answers it. */
record Routes(List<Route> all) {
  Routes {
    all = List.copyOf(all);
  }

  /** A route and the variable parts of the path that led to it. */
  record Found(Route route, Map<String, String> names) {}

  /**
   * The route of a request. HEAD is answered as GET is, without the body.
   *
   * @throws ProblemException 404 if there is none, 405 if there is one for another method
   */
  Found find(String method, String path) throws ProblemException {
    String wanted = method.equals("HEAD") ? "GET" : method;
    for (Route route : nearest(path)) {
      Optional<Map<String, String>> names = route.match(path);
      if (names.isPresent() && route.method().equals(wanted)) {
        return new Found(route, names.get());
      }
    }
    String allowed = allowed(path);
    throw ProblemException.of(
            405,
            "METHOD_NOT_ALLOWED",
            "Expected one of " + allowed + " at this address, found " + method,
            "GET /openapi.json describes every call.")
        .withHeader(HttpHeader.ALLOW, allowed);
  }

  /**
   * The methods at {@code path}, separated by commas.
   *
   * @throws ProblemException 404 if there are none
   */
  String allowed(String path) throws ProblemException {
    TreeSet<String> methods = new TreeSet<>();
    for (Route route : nearest(path)) {
      if (route.match(path).isPresent()) {
        methods.add(route.method());
      }
    }
    if (methods.isEmpty()) {
      throw ProblemException.nothingHere();
    }
    if (methods.contains("GET")) {
      methods.add("HEAD");
    }
    methods.add("OPTIONS");
    return String.join(", ", methods);
  }

  /** The routes of exactly that path hide those whose variable parts would fit it. */
  private List<Route> nearest(String path) {
    List<Route> exact = all.stream().filter(route -> route.path().equals(path)).toList();
    return exact.isEmpty() ? all : exact;
  }
}
