package io.maie.edge.text.chat;

import java.util.List;
import java.util.Map;

/** Something that a template calls. */
@FunctionalInterface
interface Function {
  /**
   * Result of a call.
   *
   * @param named arguments that are given by their names
   */
  Object call(List<Object> arguments, Map<String, Object> named) throws ChatTemplateException;
}
