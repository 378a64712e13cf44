package io.maie.edge.audio.container;

import java.io.Serial;

/** A container needs more reads than a check may make. */
final class TooMuchToReadException extends Exception {
  @Serial private static final long serialVersionUID = 1L;

  TooMuchToReadException() {
    super("the check read as much as it may", null, false, false);
  }
}
