package io.maie.edge.text.server;

import java.io.IOException;
import java.io.Serial;

/** An answer is larger than any that was asked for. */
final class TooLargeException extends IOException {
  @Serial private static final long serialVersionUID = 1L;

  TooLargeException(int mostBytes) {
    super("the answer is larger than " + mostBytes + " bytes");
  }
}
