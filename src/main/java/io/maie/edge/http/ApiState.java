package io.maie.edge.http;

import java.io.IOException;

/** The state of the API before the first client comes. */
record ApiState(ApiKeys keys, Sessions sessions, Admission admission) {

  /**
   * A state with the keys and no session.
   *
   * @throws IOException if there is no key
   */
  static ApiState of(HttpOptions options, ApiParts parts) throws IOException {
    return new ApiState(
        ApiKeys.of(options.keys()),
        new Sessions(parts.ticker()),
        new Admission(parts.tasks(), options.maxQueue()));
  }
}
