package io.maie.edge.text.model;

import java.io.Serial;

/**
 * A language model answered, and the answer is of no use. The message tells people why, without
 * words of the answer; the advice tells the model.
 */
public final class UnusableAnswerException extends Exception {
  @Serial private static final long serialVersionUID = 1L;

  private final String details;

  public UnusableAnswerException(String message) {
    this(message, "");
  }

  /**
   * An answer of no use.
   *
   * @param details that may quote the answer; only the model sees them
   */
  public UnusableAnswerException(String message, String details) {
    super(message);
    this.details = details;
  }

  /** Message for the model. */
  public String advice() {
    return details.isEmpty() ? String.valueOf(getMessage()) : getMessage() + ": " + details;
  }
}
