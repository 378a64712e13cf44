package io.maie.edge.cli;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;

/**
 * Where the daemon leaves its status, and whether it still can.
 *
 * @param isDaemonAlive whether one works in this home now; its status is only rewritten when
 *     something changes, so that its age says nothing
 */
public record StatusSource(Path file, boolean isDaemonAlive) {

  public StatusSource {
    requireNonNull(file, "file is null");
  }
}
