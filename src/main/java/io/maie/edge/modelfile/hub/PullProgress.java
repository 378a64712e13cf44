package io.maie.edge.modelfile.hub;

import java.time.Duration;

/** Told how a pull comes along; always by the thread that pulls. */
public interface PullProgress {

  /**
   * Announces the final content.
   *
   * @param bytes of all files together, those that were there before included
   */
  void planned(int files, long bytes);

  /** How many of the planned bytes are there by now; may fall when a file has to begin anew. */
  void reached(long bytes);

  /** A transfer broke off, and is tried again after {@code pause}. */
  void waiting(String reason, Duration pause);

  /** Tells nobody. */
  static PullProgress disabled() {
    return new PullProgress() {
      @Override
      public void planned(int files, long bytes) {}

      @Override
      public void reached(long bytes) {}

      @Override
      public void waiting(String reason, Duration pause) {}
    };
  }
}
