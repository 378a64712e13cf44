package io.maie.edge.progress;

import java.time.Duration;

/** Told by the pipeline which stage begins; hands out the context of that stage. */
@FunctionalInterface
public interface StageMonitor {

  /** Marks {@code stage} as the running one. */
  StageContext enter(Stage stage) throws TaskStoppedException;

  /** Hears how much audio the recording holds, as soon as that is known. */
  default void audioLength(Duration length) {}

  /** Hears that a stage will run which not every recording has. */
  default void expects(Stage stage) {}

  /**
   * Returns whether the stages shall take as little memory as they can: an earlier attempt at the
   * recording ended because memory ran out.
   */
  default boolean sparesMemory() {
    return false;
  }
}
