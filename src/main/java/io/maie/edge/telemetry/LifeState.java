package io.maie.edge.telemetry;

/** Phase in the life of the daemon. */
public enum LifeState {
  STARTING("The program is starting."),
  IDLE("Ready. Drop recordings into the inbox folder."),
  WORKING("At work."),
  /** By the operator. */
  PAUSED("Paused by the operator. Recordings wait in the inbox."),
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

  /** True if recordings are taken, or would be but for a pause by the operator. */
  boolean isAtWork() {
    return this == IDLE || this == WORKING || this == PAUSED;
  }
}
