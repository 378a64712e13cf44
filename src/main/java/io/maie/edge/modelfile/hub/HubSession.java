package io.maie.edge.modelfile.hub;

import io.maie.edge.progress.TransferProgress;
import io.maie.edge.time.Sleeper;

/** Parts shared by all requests of one pull. */
record HubSession(
    HubOptions options, HubConnection connection, Sleeper sleeper, TransferProgress progress) {

  /** The patience for one transfer. */
  Retries retries() {
    return new Retries(options, sleeper, progress);
  }
}
