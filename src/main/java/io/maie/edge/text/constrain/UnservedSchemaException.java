package io.maie.edge.text.constrain;

import java.io.Serial;

/**
 * No answer can be constrained by a schema. The message tells why, in a sentence without final
 * stop, and names the place in the schema as a JSON pointer.
 */
public final class UnservedSchemaException extends Exception {
  @Serial private static final long serialVersionUID = 1L;

  UnservedSchemaException(String pointer, String reason) {
    super("the schema at '" + (pointer.isEmpty() ? "/" : pointer) + "' " + reason);
  }
}
