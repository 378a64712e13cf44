package io.maie.edge.retention;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;

/**
 * Where things pile up.
 *
 * @param log the log file; of what lies beside it only its own rotated files pile up
 */
public record RetentionFolders(
    Path archive, Path failed, Path work, Path outbox, Path state, Path log) {

  public RetentionFolders {
    requireNonNull(archive, "archive is null");
    requireNonNull(failed, "failed is null");
    requireNonNull(work, "work is null");
    requireNonNull(outbox, "outbox is null");
    requireNonNull(state, "state is null");
    requireNonNull(log, "log is null");
  }
}
