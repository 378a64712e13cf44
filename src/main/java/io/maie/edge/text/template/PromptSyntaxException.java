package io.maie.edge.text.template;

import java.io.Serial;

/** A prompt is not written as {@link PromptTemplate} reads it. */
final class PromptSyntaxException extends Exception {
  @Serial private static final long serialVersionUID = 1L;

  private final int line;

  PromptSyntaxException(int line, String message) {
    super(message);
    this.line = line;
  }

  /** From 1. */
  int line() {
    return line;
  }
}
