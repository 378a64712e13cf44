package io.maie.edge.retention;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;

/**
 * Where things pile up.
 *
 * @param log the log being written; those that were closed lie beside it and bear its name
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
