package io.maie.edge.task;

import static java.util.Objects.requireNonNull;

/**
 * Request of an operator to the running daemon: cancel a task. All else that commands do happens on
 * disk and needs no daemon.
 *
 * @param cancel the id of the task, or the name or path of its recording
 */
public record CancelRequest(String cancel) {

  public CancelRequest {
    requireNonNull(cancel, "cancel is null");
  }
}
