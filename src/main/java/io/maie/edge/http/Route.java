package io.maie.edge.http;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One call of the API.
 *
 * @param path such as {@code /v1/status/{task_id}}; a part in braces stands for one or more
 *     characters other than a slash
 */
record Route(String method, String path, Access access, Call call) {
  private static final Pattern VARIABLE = Pattern.compile("\\{([a-z_]+)}");

  /** Clients that may make a call. */
  enum Access {
    /** Everybody who can reach the address. */
    OPEN,
    /** A client that has a key, or a page with a session. */
    KEY
  }

  /** Answers a request. */
  @FunctionalInterface
  interface Call {
    void answer(Exchange exchange) throws ProblemException, IOException;
  }

  /** A call that reads, and needs a key. */
  static Route get(String path, Call call) {
    return new Route("GET", path, Access.KEY, call);
  }

  /** A call that makes something, and needs a key. */
  static Route post(String path, Call call) {
    return new Route("POST", path, Access.KEY, call);
  }

  /** A call that removes something, and needs a key. */
  static Route delete(String path, Call call) {
    return new Route("DELETE", path, Access.KEY, call);
  }

  /** The same call, which needs no key. */
  Route open() {
    return new Route(method, path, Access.OPEN, call);
  }

  /** The variable parts of {@code actual} by name; empty if it is not of this form. */
  Optional<Map<String, String>> match(String actual) {
    if (!path.contains("{")) {
      return path.equals(actual) ? Optional.of(Map.of()) : Optional.empty();
    }
    Matcher variables = VARIABLE.matcher(path);
    StringBuilder expression = new StringBuilder();
    int end = 0;
    while (variables.find()) {
      expression.append(Pattern.quote(path.substring(end, variables.start()))).append("([^/]+)");
      end = variables.end();
    }
    expression.append(Pattern.quote(path.substring(end)));
    Matcher matcher = Pattern.compile(expression.toString()).matcher(actual);
    return matcher.matches() ? Optional.of(named(matcher)) : Optional.empty();
  }

  private Map<String, String> named(Matcher matcher) {
    Map<String, String> names = new HashMap<>();
    Matcher variables = VARIABLE.matcher(path);
    for (int group = 1; variables.find(); group++) {
      names.put(variables.group(1), matcher.group(group));
    }
    return names;
  }
}
