package io.maie.edge.task;

import static java.util.Objects.requireNonNull;

import io.maie.edge.result.RuntimeEnvironment;

/**
 * Facts that every result names besides its models.
 *
 * @param version of this program
 */
public record Installation(String version, RuntimeEnvironment runtime) {

  public Installation {
    requireNonNull(version, "version is null");
    requireNonNull(runtime, "runtime is null");
  }
}
