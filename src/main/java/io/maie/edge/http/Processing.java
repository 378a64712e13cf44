package io.maie.edge.http;

import io.maie.edge.request.RecordingParameters;
import io.maie.edge.task.CancelRequest;
import io.maie.edge.task.RunningTask;
import io.maie.edge.task.Task;
import io.maie.edge.telemetry.Status;
import java.io.IOException;
import java.util.Optional;

/** Operations of the daemon that the API needs; made by {@code app}. */
public interface Processing {

  /** Present status of the daemon. */
  Status status();

  /** The attempt that is going on. */
  Optional<RunningTask> running();

  /** The parameters of a recording that brings none. */
  RecordingParameters defaults();

  /** Lets the worker process {@code task} at its turn. */
  void accept(Task task);

  /** Asks for the end of a task that waits or runs; that happens within seconds. */
  void cancel(CancelRequest request) throws IOException;
}
