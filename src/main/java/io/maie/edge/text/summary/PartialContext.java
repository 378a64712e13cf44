package io.maie.edge.text.summary;

import io.maie.edge.progress.StageContext;

/** The context of a part of a stage. */
final class PartialContext {
  private PartialContext() {}

  /**
   * The same with progress from {@code start} to {@code end}.
   *
   * @param start share of the whole at which the part begins, 0 to 1
   * @param end share of the whole at which it ends, 0 to 1
   */
  static StageContext of(StageContext whole, double start, double end) {
    return new StageContext(
        fraction -> whole.progress().report(start + (end - start) * fraction),
        whole.cancellation(),
        whole.checkpoint());
  }
}
