package io.maie.edge.cli;

/** Exit code of the process; numbers from 64 as in sysexits.h. */
public enum ExitCode {
  OK(0),
  /** Some recordings failed, or something is unhealthy. */
  FAILED(1),
  USAGE(64),
  /** Another instance runs. */
  UNAVAILABLE(69),
  INTERNAL(70),
  IO(74),
  TRY_AGAIN(75),
  /** The configuration or the locale is wrong; starting again does not help. */
  CONFIGURATION(78);

  private final int number;

  ExitCode(int number) {
    this.number = number;
  }

  public int number() {
    return number;
  }
}
