package io.maie.edge.progress;

/** Tells how far an engine is. */
@FunctionalInterface
public interface Progress {

  /**
   * Reports the share of the stage that is done. Every call counts as a sign of life for the stall
   * limit, also when the share did not grow.
   *
   * @param fraction 0 to 1
   */
  void report(double fraction);

  /** Hears a text as soon as it is recognised, in order of time. */
  default void preview(PreviewText text) {}

  /**
   * For the first part of a stage; texts are heard as they are.
   *
   * @param share of the stage that is done when the part is, 0 to 1
   */
  default Progress first(double share) {
    return part(0, share);
  }

  /**
   * For a part of a stage; texts are heard as they are.
   *
   * @param from share of the stage that is done when the part begins, 0 to 1
   * @param to share that is done when it ends
   */
  default Progress part(double from, double to) {
    Progress whole = this;
    return new Progress() {
      @Override
      public void report(double fraction) {
        whole.report(from + (to - from) * fraction);
      }

      @Override
      public void preview(PreviewText text) {
        whole.preview(text);
      }
    };
  }

  /** Nobody listens. */
  static Progress disabled() {
    return fraction -> {};
  }
}
