package io.maie.edge.telemetry;

/** Phase in the life of the daemon. */
public enum LifeState {
  STARTING("The program is starting."),
  IDLE("Ready. Drop recordings into the inbox folder."),
  WORKING("At work."),
  /** By the operator, a file in the inbox, or the hours of work; the reason stands beside it. */
  PAUSED("Paused. Recordings wait in the inbox."),
  /** Something must be put right. */
  BLOCKED("Stopped taking recordings: something needs attention first."),
  STOPPING("The program is stopping."),
  STOPPED("The program is not running.");

  private final String sentence;

  LifeState(String sentence) {
    this.sentence = sentence;
  }

  /** For people. */
  public String sentence() {
    return sentence;
  }

  /** True if recordings are taken, or would be but for a pause. */
  boolean isAtWork() {
    return this == IDLE || this == WORKING || this == PAUSED;
  }
}
