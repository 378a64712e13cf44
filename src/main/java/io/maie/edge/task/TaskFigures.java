package io.maie.edge.task;

/**
 * Cost of a finished task, in seconds.
 *
 * @param audioSeconds length of the recording
 * @param processingSeconds duration of the attempt that succeeded
 */
public record TaskFigures(double audioSeconds, double processingSeconds) {

  /** Real-time factor: processing time over duration; 0 for a recording without sound. */
  public double realTimeFactor() {
    return audioSeconds == 0 ? 0 : processingSeconds / audioSeconds;
  }
}
