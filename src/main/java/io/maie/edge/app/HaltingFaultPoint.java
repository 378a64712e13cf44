package io.maie.edge.app;

import io.maie.edge.task.FaultPoint;
import java.util.Arrays;

/** Ends the process at once, without any shutdown, when a step of a task is reached. */
record HaltingFaultPoint(Step fatal) implements FaultPoint {
  /** Value of the system property: the label of a step, a colon, and {@code halt}. */
  static final String PROPERTY = "maie.fault";

  private static final String ACTION = ":halt";

  /** Exit code of a process that was killed. */
  private static final int EXIT_CODE = 137;

  /** The fault point that {@link #PROPERTY} asks for; a disabled one if it asks for none. */
  static FaultPoint ofProperty() {
    String asked = System.getProperty(PROPERTY, "");
    return Arrays.stream(Step.values())
        .filter(step -> asked.equals(step.label() + ACTION))
        .<FaultPoint>map(HaltingFaultPoint::new)
        .findFirst()
        .orElseGet(FaultPoint::disabled);
  }

  @Override
  public void reached(Step step) {
    if (step == fatal) {
      Runtime.getRuntime().halt(EXIT_CODE);
    }
  }
}
