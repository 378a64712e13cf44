package io.maie.edge.text.model;

import java.io.Serial;

/** A language model answered, and the answer is of no use. The message tells the model why. */
public final class UnusableAnswerException extends Exception {
  @Serial private static final long serialVersionUID = 1L;

  public UnusableAnswerException(String message) {
    super(message);
  }
}
