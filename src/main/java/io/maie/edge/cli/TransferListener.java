package io.maie.edge.cli;

import java.time.Duration;

/** Told how a transfer comes along; always by the thread that transfers. */
public interface TransferListener {

  /** Announces the final content; {@code bytes} that are there already included. */
  void planned(int files, long bytes);

  /** How many bytes are there; may fall. */
  void reached(long bytes);

  /** The transfer broke off and goes on after {@code pause}. */
  void waiting(String reason, Duration pause);
}
