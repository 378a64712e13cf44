package io.maie.edge.text.chat;

import java.util.List;
import java.util.Map;
import java.util.Set;

/** Jinja's tests, as far as templates of chats need them. */
final class Tests {
  private static final Set<String> KNOWN =
      Set.of(
          "defined",
          "undefined",
          "none",
          "string",
          "number",
          "integer",
          "float",
          "boolean",
          "true",
          "false",
          "mapping",
          "iterable",
          "sequence",
          "callable",
          "even",
          "odd",
          "eq",
          "equalto",
          "ne",
          "in");

  private Tests() {}

  static void requireKnown(Token name) throws ChatTemplateException {
    if (!KNOWN.contains(name.text())) {
      throw ChatTemplateException.at(name.line(), "the test '" + name.text() + "' is not offered");
    }
  }

  static boolean holds(Object value, Call call) throws ChatTemplateException {
    return switch (call.name()) {
      case "defined" -> value != Absent.UNDEFINED;
      case "undefined" -> value == Absent.UNDEFINED;
      case "none" -> value == Absent.NONE;
      case "string" -> value instanceof String;
      case "number" -> Values.isNumber(value);
      case "integer" -> value instanceof Long;
      case "float" -> value instanceof Double;
      case "boolean" -> value instanceof Boolean;
      case "true" -> value.equals(true);
      case "false" -> value.equals(false);
      case "mapping" -> value instanceof Map;
      case "iterable" -> isSequence(value) || value == Absent.UNDEFINED;
      case "sequence" -> isSequence(value);
      case "callable" -> value instanceof Function;
      case "even" -> remainder(value) == 0;
      case "odd" -> remainder(value) != 0;
      case "ne" -> !Values.areEqual(value, only(call));
      case "in" -> Values.contains(only(call), value);
      default -> Values.areEqual(value, only(call));
    };
  }

  private static boolean isSequence(Object value) {
    return value instanceof String || value instanceof List || value instanceof Map;
  }

  private static long remainder(Object value) throws ChatTemplateException {
    if (value instanceof Long number) {
      return number % 2;
    }
    throw new ChatTemplateException("the template halves " + Values.kind(value));
  }

  private static Object only(Call call) throws ChatTemplateException {
    if (call.arguments().size() != 1) {
      throw new ChatTemplateException("the test '" + call.name() + "' takes one argument");
    }
    return call.arguments().get(0);
  }
}
