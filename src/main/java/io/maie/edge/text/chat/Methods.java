package io.maie.edge.text.chat;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Methods of Python's strings and dictionaries that templates of chats call; no others are there.
 */
final class Methods {
  private static final Pattern BLANKS = Pattern.compile("\\s+", Pattern.UNICODE_CHARACTER_CLASS);

  private Methods() {}

  /** Result of a method; none takes arguments that are given by their names. */
  static Object result(Object owner, Call call) throws ChatTemplateException {
    if (owner instanceof String text && call.named().isEmpty()) {
      return ofText(text, call);
    }
    if (owner instanceof Map<?, ?> map && call.named().isEmpty()) {
      return ofObject(map, call);
    }
    throw unknown(owner, call.name());
  }

  private static Object ofText(String text, Call call) throws ChatTemplateException {
    List<Object> arguments = call.arguments();
    return switch (call.name()) {
      case "strip" -> stripped(text, arguments, true, true);
      case "lstrip" -> stripped(text, arguments, true, false);
      case "rstrip" -> stripped(text, arguments, false, true);
      case "startswith" -> text.startsWith(string(arguments, 0));
      case "endswith" -> text.endsWith(string(arguments, 0));
      case "upper" -> text.toUpperCase(Locale.ROOT);
      case "lower" -> text.toLowerCase(Locale.ROOT);
      case "capitalize" -> capitalized(text);
      case "replace" -> text.replace(string(arguments, 0), string(arguments, 1));
      case "split" -> split(text, arguments);
      default -> throw unknown(text, call.name());
    };
  }

  private static Object ofObject(Map<?, ?> map, Call call) throws ChatTemplateException {
    List<Object> arguments = call.arguments();
    return switch (call.name()) {
      case "items" -> {
        List<Object> entries = new ArrayList<>();
        map.forEach((key, value) -> entries.add(List.of(key, value)));
        yield entries;
      }
      case "keys" -> List.copyOf(map.keySet());
      case "values" -> List.copyOf(map.values());
      case "get" -> {
        Object absent = arguments.size() > 1 ? arguments.get(1) : Absent.NONE;
        Object value = arguments.isEmpty() ? null : map.get(arguments.get(0));
        yield value == null ? absent : value;
      }
      default -> throw unknown(map, call.name());
    };
  }

  private static String stripped(
      String text, List<Object> arguments, boolean atStart, boolean atEnd)
      throws ChatTemplateException {
    boolean isOfBlanks = arguments.isEmpty() || arguments.get(0) == Absent.NONE;
    String characters = isOfBlanks ? "" : string(arguments, 0);
    int from = 0;
    int to = text.length();
    while (atStart && from < to && isTaken(text.codePointAt(from), characters, isOfBlanks)) {
      from += Character.charCount(text.codePointAt(from));
    }
    while (atEnd && to > from && isTaken(text.codePointBefore(to), characters, isOfBlanks)) {
      to -= Character.charCount(text.codePointBefore(to));
    }
    return text.substring(from, to);
  }

  private static boolean isTaken(int character, String characters, boolean isOfBlanks) {
    return isOfBlanks
        ? Character.isWhitespace(character) || Character.isSpaceChar(character)
        : characters.indexOf(character) >= 0;
  }

  private static String capitalized(String text) {
    if (text.isEmpty()) {
      return text;
    }
    int end = text.offsetByCodePoints(0, 1);
    return text.substring(0, end).toUpperCase(Locale.ROOT)
        + text.substring(end).toLowerCase(Locale.ROOT);
  }

  private static List<Object> split(String text, List<Object> arguments)
      throws ChatTemplateException {
    boolean isAtBlanks = arguments.isEmpty() || arguments.get(0) == Absent.NONE;
    long most = arguments.size() > 1 && arguments.get(1) instanceof Long limit ? limit : -1;
    int parts = most < 0 || most > Integer.MAX_VALUE - 1 ? -1 : (int) most + 1;
    if (isAtBlanks) {
      String inner = stripped(text, List.of(), true, parts < 0);
      return inner.isEmpty() ? List.of() : List.of((Object[]) BLANKS.split(inner, parts));
    }
    String separator = string(arguments, 0);
    if (separator.isEmpty()) {
      throw new ChatTemplateException("a text is split at an empty text");
    }
    return List.of((Object[]) Pattern.compile(separator, Pattern.LITERAL).split(text, parts));
  }

  private static String string(List<Object> arguments, int index) throws ChatTemplateException {
    if (arguments.size() > index && arguments.get(index) instanceof String text) {
      return text;
    }
    throw new ChatTemplateException("a method of a text is called without a text");
  }

  private static ChatTemplateException unknown(Object owner, String name) {
    return new ChatTemplateException(
        "the method '%s' of %s is not offered".formatted(name, Values.kind(owner)));
  }
}
