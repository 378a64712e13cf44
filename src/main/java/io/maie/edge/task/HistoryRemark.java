package io.maie.edge.task;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/**
 * One line of the history that tells of something else than the end of a task; readers of tasks
 * skip it.
 *
 * @param path below the inbox
 * @param remark a stable word
 * @param message a sentence for people
 */
public record HistoryRemark(Instant at, String path, String remark, String message) {

  public HistoryRemark {
    requireNonNull(at, "at is null");
    requireNonNull(path, "path is null");
    requireNonNull(remark, "remark is null");
    requireNonNull(message, "message is null");
  }
}
