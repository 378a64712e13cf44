package io.maie.edge.text.chat;

import java.io.Serial;

/**
 * A chat template that cannot be used: it is not valid, uses features that are not offered, or
 * refuses the conversation. The message is a sentence without final stop.
 */
public final class ChatTemplateException extends Exception {
  @Serial private static final long serialVersionUID = 1L;

  public ChatTemplateException(String message) {
    super(message);
  }

  /** A fault that is found on {@code line}, from 1. */
  static ChatTemplateException at(int line, String message) {
    return new ChatTemplateException("line " + line + ": " + message);
  }
}
