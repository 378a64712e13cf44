package io.maie.edge.progress;

/** Context of an engine beside its input: reporting, stopping, checkpoints. */
public record StageContext(Progress progress, Cancellation cancellation, Checkpoint checkpoint) {

  private static final StageContext DISABLED =
      new StageContext(Progress.disabled(), Cancellation.disabled(), Checkpoint.disabled());

  /** Reports to nobody, never stops, remembers nothing. */
  public static StageContext disabled() {
    return DISABLED;
  }

  /**
   * For a part of a stage, whose progress goes from {@code start} to {@code end}.
   *
   * @param start share of the stage that is done when the part begins, 0 to 1
   * @param end share of the stage that is done when it ends, 0 to 1
   */
  public StageContext part(double start, double end) {
    return new StageContext(
        fraction -> progress.report(start + (end - start) * fraction), cancellation, checkpoint);
  }

  /** Reports a share and asks whether to stop: what a loop does once per turn. */
  public void tick(double fraction) throws TaskStoppedException {
    cancellation.throwIfStopped();
    progress.report(fraction);
  }
}
