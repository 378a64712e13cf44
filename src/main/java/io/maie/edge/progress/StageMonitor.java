package io.maie.edge.progress;

/** Told by the pipeline which stage begins; hands out the context of that stage. */
@FunctionalInterface
public interface StageMonitor {

  /** Marks {@code stage} as the running one. */
  StageContext enter(Stage stage) throws TaskStoppedException;

  /** Watches nothing. */
  static StageMonitor disabled() {
    return stage -> StageContext.disabled();
  }
}
