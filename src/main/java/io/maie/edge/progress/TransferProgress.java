package io.maie.edge.progress;

import java.time.Duration;

/** Told how a transfer comes along; always by the thread that transfers. */
public interface TransferProgress {

  /**
   * Announces the final content.
   *
   * @param bytes of all files together, those that were there before included
   */
  void planned(int files, long bytes);

  /**
   * Reports the number of planned bytes that are there by now; it may fall when a file has to begin
   * anew.
   */
  void reached(long bytes);

  /** The transfer broke off, and is tried again after {@code pause}. */
  void waiting(String reason, Duration pause);
}
