package io.maie.edge.progress;

/** Tells an engine whether it should stop; asked at least once a second of work. */
@FunctionalInterface
public interface Cancellation {

  /**
   * Returns quietly while work should go on.
   *
   * @throws TaskStoppedException if it should stop now
   */
  void throwIfStopped() throws TaskStoppedException;

  /** Never stops. */
  static Cancellation disabled() {
    return () -> {};
  }
}
