package io.maie.edge.daemon;

import static java.util.Objects.requireNonNull;

import io.maie.edge.task.FailedRecordings;
import io.maie.edge.task.PauseSwitch;
import io.maie.edge.task.RequestFolder;

/** The files through which operators speak to the daemon. */
public record OperatorFiles(RequestFolder requests, PauseSwitch pause, FailedRecordings failed) {

  public OperatorFiles {
    requireNonNull(requests, "requests is null");
    requireNonNull(pause, "pause is null");
    requireNonNull(failed, "failed is null");
  }
}
