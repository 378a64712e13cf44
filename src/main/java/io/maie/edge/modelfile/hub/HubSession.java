package io.maie.edge.modelfile.hub;

import static java.util.Objects.requireNonNull;

import io.maie.edge.progress.TransferProgress;
import io.maie.edge.time.Sleeper;

/** Parts shared by all requests of one pull. */
record HubSession(
    HubOptions options, HubConnection connection, Sleeper sleeper, TransferProgress progress) {

  HubSession {
    requireNonNull(options, "options is null");
    requireNonNull(connection, "connection is null");
    requireNonNull(sleeper, "sleeper is null");
    requireNonNull(progress, "progress is null");
  }

  /** The patience for one transfer. */
  Retries retries() {
    return new Retries(options, sleeper, progress);
  }
}
