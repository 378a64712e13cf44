package io.maie.edge.schema;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.maie.edge.schema.StrictDocument.Syntax;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Values as texts: as they can be pasted into a document, and as variables and flags give them. */
public final class YamlText {
  /** Texts that mean themselves in YAML without quotes. */
  private static final Pattern PLAIN =
      Pattern.compile("[A-Za-z0-9/_.][A-Za-z0-9/_.+%-]*( [A-Za-z0-9/_.+%-]+)*");

  private static final Pattern OTHER_MEANING =
      Pattern.compile("(?i)true|false|null|yes|no|on|off|y|n|[-+.]?[0-9][0-9_.e+-]*|\\.inf|\\.nan");

  private static final String VALUE = "value";

  /** A longer text is no value that a person wrote. */
  private static final int MAX_BYTES = 64 * 1024;

  private YamlText() {}

  /** Reads {@code text} as a value of YAML; returns it as it is if it is none. */
  public static @Nullable Object meaning(String key, String text) {
    byte[] yaml = (VALUE + ": " + text).getBytes(UTF_8);
    StrictDocument document = StrictDocument.read(key, yaml, Syntax.YAML, MAX_BYTES);
    return document.problems().isEmpty() ? document.root().get(VALUE) : text;
  }

  /** The number or boolean that {@code text} means; any other text as it is. */
  static Object scalar(String text) {
    if (text.equals("true") || text.equals("false")) {
      return Boolean.valueOf(text);
    }
    try {
      return new BigDecimal(text.strip());
    } catch (NumberFormatException e) {
      return text;
    }
  }

  /** The items of a list, with or without its brackets; those may hold items in quotes. */
  static List<?> items(String text) {
    String list = text.strip();
    if (list.startsWith("[") && list.endsWith("]")) {
      if (meaning(VALUE, list) instanceof List<?> items) {
        return items;
      }
      list = list.substring(1, list.length() - 1);
    }
    return Arrays.stream(list.split(",", -1)).map(String::strip).toList();
  }

  /** A value as it is read again; a text by itself stands without quotes. */
  static String shown(@Nullable Object value) {
    return value instanceof String text ? text : of(value);
  }

  /** A value as it can be pasted into a document. */
  public static String of(@Nullable Object value) {
    if (value instanceof String text) {
      return quoted(text);
    }
    if (value instanceof BigDecimal number) {
      return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
    }
    if (value instanceof List<?> list) {
      return list.stream().map(YamlText::of).collect(Collectors.joining(", ", "[", "]"));
    }
    if (value instanceof Map<?, ?> map) {
      return map.entrySet().stream()
          .map(entry -> of(String.valueOf(entry.getKey())) + ": " + of(entry.getValue()))
          .collect(Collectors.joining(", ", "{", "}"));
    }
    return String.valueOf(value);
  }

  /** The text itself, in double quotes where it would mean something else without. */
  public static String quoted(String text) {
    if (PLAIN.matcher(text).matches() && !OTHER_MEANING.matcher(text).matches()) {
      return text;
    }
    StringBuilder quoted = new StringBuilder("\"");
    text.codePoints()
        .forEach(
            c -> {
              if (c == '"' || c == '\\') {
                quoted.append('\\').appendCodePoint(c);
              } else if (Character.isISOControl(c)) {
                quoted.append(String.format("\\u%04x", c));
              } else {
                quoted.appendCodePoint(c);
              }
            });
    return quoted.append('"').toString();
  }
}
