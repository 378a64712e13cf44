package io.maie.edge.text.model;

import java.io.Serial;

/**
 * A language model was of no help. The message tells why in a sentence without final stop; it never
 * holds what was said in a recording.
 */
public final class ModelException extends Exception {
  @Serial private static final long serialVersionUID = 1L;

  public ModelException(String message) {
    super(message);
  }

  public ModelException(String message, Throwable cause) {
    super(message, cause);
  }
}
