package io.maie.edge.task;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Cost of a finished task, in seconds.
 *
 * @param audioSeconds length of the recording
 * @param processingSeconds duration of the attempt that succeeded
 * @param stageSeconds duration of each stage that ran in it, by its label
 */
public record TaskFigures(
    double audioSeconds, double processingSeconds, Map<String, Double> stageSeconds) {

  /** Cost of nothing. */
  public static final TaskFigures NONE = new TaskFigures(0, 0, Map.of());

  public TaskFigures {
    // lines of earlier versions tell no stages
    stageSeconds =
        stageSeconds == null
            ? Map.of()
            : Collections.unmodifiableMap(new LinkedHashMap<>(stageSeconds));
  }

  /** Real-time factor: processing time over duration; 0 for a recording without sound. */
  public double realTimeFactor() {
    return audioSeconds == 0 ? 0 : processingSeconds / audioSeconds;
  }
}
