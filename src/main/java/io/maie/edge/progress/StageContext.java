package io.maie.edge.progress;

import static java.util.Objects.requireNonNull;

/** Context of an engine beside its input: reporting, stopping, checkpoints. */
public record StageContext(Progress progress, Cancellation cancellation, Checkpoint checkpoint) {

  private static final StageContext DISABLED =
      new StageContext(Progress.disabled(), Cancellation.disabled(), Checkpoint.disabled());

  public StageContext {
    requireNonNull(progress, "progress is null");
    requireNonNull(cancellation, "cancellation is null");
    requireNonNull(checkpoint, "checkpoint is null");
  }

  /** Reports to nobody, never stops, remembers nothing. */
  public static StageContext disabled() {
    return DISABLED;
  }

  /** Reports a share and asks whether to stop: what a loop does once per turn. */
  public void tick(double fraction) throws TaskStoppedException {
    cancellation.throwIfStopped();
    progress.report(fraction);
  }
}
