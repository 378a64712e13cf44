package io.maie.edge.task;

import static java.util.Objects.requireNonNull;

/**
 * What an operator asks of the running daemon: to give up a task. All else that commands do happens
 * on disk and needs no daemon.
 *
 * @param cancel the id of the task, or the name or path of its recording
 */
public record CancelRequest(String cancel) {

  public CancelRequest {
    requireNonNull(cancel, "cancel is null");
  }
}
