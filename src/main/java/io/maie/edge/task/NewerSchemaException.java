package io.maie.edge.task;

import java.io.IOException;
import java.io.Serial;

/** A file was written by a later version of the program. */
final class NewerSchemaException extends IOException {
  @Serial private static final long serialVersionUID = 1L;

  NewerSchemaException(String message) {
    super(message);
  }
}
