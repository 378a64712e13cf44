package io.maie.edge.text.chat;

import java.util.List;
import java.util.Map;

/**
 * A call of a filter, test or method.
 *
 * @param arguments those that are given by their places
 * @param named those that are given by their names
 */
record Call(String name, List<Object> arguments, Map<String, Object> named) {
  /** The same call of another filter, test or method. */
  Call of(String other) {
    return new Call(other, arguments, named);
  }
}
