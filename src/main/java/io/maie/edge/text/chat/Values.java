package io.maie.edge.text.chat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.StringJoiner;

/**
 * Values and operators of Python. A value is a {@code String}, {@code Long}, {@code Double}, {@code
 * Boolean}, {@code List}, {@code Map}, {@link Namespace}, {@link Function} or {@link Absent}.
 */
final class Values {
  private Values() {}

  static long size(Object value) {
    if (value instanceof String text) {
      return text.length();
    }
    return value instanceof List<?> list ? list.size() : 1;
  }

  static boolean isTrue(Object value) {
    if (value instanceof Boolean truth) {
      return truth;
    }
    if (value instanceof Number number) {
      return number.doubleValue() != 0;
    }
    if (value instanceof String text) {
      return !text.isEmpty();
    }
    if (value instanceof List<?> list) {
      return !list.isEmpty();
    }
    return value instanceof Map<?, ?> map ? !map.isEmpty() : !(value instanceof Absent);
  }

  /** The value as a text shows it. */
  static String text(Object value) {
    if (value instanceof String text) {
      return text;
    }
    return value == Absent.UNDEFINED ? "" : shown(value);
  }

  /** Python's {@code repr}. */
  private static String shown(Object value) {
    if (value instanceof Boolean truth) {
      return truth ? "True" : "False";
    }
    if (value instanceof Absent) {
      return value == Absent.NONE ? "None" : "Undefined";
    }
    if (value instanceof List<?> list) {
      StringJoiner items = new StringJoiner(", ", "[", "]");
      list.forEach(item -> items.add(shown(item)));
      return items.toString();
    }
    if (value instanceof Map<?, ?> map) {
      StringJoiner items = new StringJoiner(", ", "{", "}");
      map.forEach((key, item) -> items.add(shown(key) + ": " + shown(item)));
      return items.toString();
    }
    return value instanceof String text ? quoted(text) : String.valueOf(value);
  }

  private static String quoted(String text) {
    char quote = text.indexOf('\'') >= 0 && text.indexOf('"') < 0 ? '"' : '\'';
    String escaped =
        text.replace("\\", "\\\\")
            .replace("\n", "\\n")
            .replace("\r", "\\r")
            .replace("\t", "\\t")
            .replace(String.valueOf(quote), "\\" + quote);
    return quote + escaped + quote;
  }

  /** A word for the kind of a value, for messages. */
  static String kind(Object value) {
    if (value instanceof String) {
      return "a string";
    }
    if (value instanceof Number) {
      return "a number";
    }
    if (value instanceof List) {
      return "a list";
    }
    if (value instanceof Map) {
      return "an object";
    }
    return value == Absent.UNDEFINED ? "a name that is not set" : "'" + text(value) + "'";
  }

  static boolean areEqual(Object one, Object other) {
    if (isNumber(one) && isNumber(other)) {
      return number(one) == number(other);
    }
    return Objects.equals(one, other);
  }

  static int compare(Object one, Object other) throws ChatTemplateException {
    if (isNumber(one) && isNumber(other)) {
      return Double.compare(number(one), number(other));
    }
    if (one instanceof String left && other instanceof String right) {
      return left.compareTo(right);
    }
    throw unfit("compare", one, other);
  }

  static boolean contains(Object container, Object item) throws ChatTemplateException {
    if (container instanceof String text && item instanceof String part) {
      return text.contains(part);
    }
    if (container instanceof List<?> list) {
      return list.stream().anyMatch(candidate -> areEqual(candidate, item));
    }
    if (container instanceof Map<?, ?> map) {
      return map.containsKey(item);
    }
    if (container == Absent.UNDEFINED) {
      return false;
    }
    throw unfit("look into", container, item);
  }

  static Object calculate(String operator, Object left, Object right) throws ChatTemplateException {
    if (operator.equals("~")) {
      return text(left) + text(right);
    }
    if (operator.equals("+") && left instanceof String one && right instanceof String other) {
      return one + other;
    }
    if (operator.equals("+") && left instanceof List<?> one && right instanceof List<?> other) {
      List<Object> both = new ArrayList<>(one);
      both.addAll(other);
      return both;
    }
    if (operator.equals("*") && left instanceof String text && right instanceof Long times) {
      return repeated(text, times);
    }
    if (isNumber(left) && isNumber(right)) {
      return calculated(operator, left, right);
    }
    throw unfit("calculate '" + operator + "' of", left, right);
  }

  private static String repeated(String text, long times) throws ChatTemplateException {
    if (times * text.length() > 1_000_000) {
      throw new ChatTemplateException("a text is repeated too often");
    }
    return text.repeat((int) Math.max(0, times));
  }

  private static Object calculated(String operator, Object left, Object right)
      throws ChatTemplateException {
    boolean divides = operator.equals("/") || operator.equals("//") || operator.equals("%");
    if (divides && number(right) == 0) {
      throw new ChatTemplateException("a number is divided by 0");
    }
    boolean areWhole = !(left instanceof Double) && !(right instanceof Double);
    if (areWhole && !operator.equals("/")) {
      return calculated(operator, (long) number(left), (long) number(right));
    }
    double one = number(left);
    double other = number(right);
    return switch (operator) {
      case "+" -> one + other;
      case "-" -> one - other;
      case "*" -> one * other;
      case "/" -> one / other;
      case "//" -> Math.floor(one / other);
      default -> one - other * Math.floor(one / other);
    };
  }

  private static Object calculated(String operator, long left, long right) {
    return switch (operator) {
      case "+" -> left + right;
      case "-" -> left - right;
      case "*" -> left * right;
      case "//" -> Math.floorDiv(left, right);
      default -> Math.floorMod(left, right);
    };
  }

  /** The item under a key or index; undefined if there is none. */
  static Object item(Object container, Object key) throws ChatTemplateException {
    if (container instanceof Map<?, ?> map) {
      Object value = map.get(key);
      return value == null ? Absent.UNDEFINED : value;
    }
    if (container instanceof Namespace namespace && key instanceof String name) {
      return namespace.get(name);
    }
    if (key instanceof Long index && container instanceof List<?> list) {
      int at = place(index, list.size());
      return at < 0 || at >= list.size() ? Absent.UNDEFINED : list.get(at);
    }
    if (key instanceof Long index && container instanceof String text) {
      int[] characters = text.codePoints().toArray();
      int at = place(index, characters.length);
      return at < 0 || at >= characters.length
          ? Absent.UNDEFINED
          : Character.toString(characters[at]);
    }
    if (container instanceof Absent) {
      throw new ChatTemplateException("'%s' is read of %s".formatted(text(key), kind(container)));
    }
    return Absent.UNDEFINED;
  }

  private static int place(long index, int size) {
    long at = index < 0 ? index + size : index;
    return (int) Math.max(-1, Math.min(size, at));
  }

  /** Items of a list, keys of an object, or characters of a text, in order. */
  static List<Object> items(Object value) throws ChatTemplateException {
    if (value instanceof List<?> list) {
      return List.copyOf(list);
    }
    if (value instanceof Map<?, ?> map) {
      return List.copyOf(map.keySet());
    }
    if (value instanceof String text) {
      return List.copyOf(text.codePoints().mapToObj(Character::toString).toList());
    }
    if (value == Absent.UNDEFINED) {
      return List.of();
    }
    throw new ChatTemplateException("a loop goes over " + kind(value));
  }

  static boolean isNumber(Object value) {
    return value instanceof Number || value instanceof Boolean;
  }

  private static double number(Object value) {
    if (value instanceof Boolean truth) {
      return truth ? 1 : 0;
    }
    return value instanceof Number number ? number.doubleValue() : Double.NaN;
  }

  private static ChatTemplateException unfit(String what, Object one, Object other) {
    return new ChatTemplateException(
        "the template cannot %s %s and %s".formatted(what, kind(one), kind(other)));
  }
}
