package io.maie.edge.text.chat;

import java.util.List;
import java.util.Map;

/**
 * Writes values as JSON in the form of Python's {@code json.dumps} with all letters as they are.
 */
final class JsonText {
  private static final int DEEPEST = 60;

  private final StringBuilder text = new StringBuilder();
  private final int indent;

  private JsonText(int indent) {
    this.indent = indent;
  }

  /**
   * The text.
   *
   * @param indent blanks for each level; 0 = all on one line
   */
  static String of(Object value, int indent) throws ChatTemplateException {
    JsonText json = new JsonText(indent);
    json.write(value, 0);
    return json.text.toString();
  }

  private void write(Object value, int depth) throws ChatTemplateException {
    if (depth > DEEPEST) {
      throw new ChatTemplateException("a value is nested too deep for JSON");
    }
    if (value instanceof String string) {
      quote(string);
    } else if (value instanceof Map<?, ?> map) {
      int left = map.size();
      text.append('{');
      for (Map.Entry<?, ?> entry : map.entrySet()) {
        begin(depth + 1);
        quote(Values.text(entry.getKey()));
        text.append(": ");
        write(entry.getValue(), depth + 1);
        left--;
        separate(left > 0);
      }
      end(map.isEmpty(), depth, '}');
    } else if (value instanceof List<?> list) {
      int left = list.size();
      text.append('[');
      for (Object item : list) {
        begin(depth + 1);
        write(item, depth + 1);
        left--;
        separate(left > 0);
      }
      end(list.isEmpty(), depth, ']');
    } else if (value == Absent.NONE) {
      text.append("null");
    } else if (value instanceof Boolean || value instanceof Number) {
      text.append(value);
    } else {
      throw new ChatTemplateException(Values.kind(value) + " cannot be written as JSON");
    }
  }

  private void begin(int depth) {
    if (indent > 0) {
      text.append('\n').append(" ".repeat(indent * depth));
    }
  }

  private void separate(boolean isFollowed) {
    if (isFollowed) {
      text.append(indent > 0 ? "," : ", ");
    }
  }

  private void end(boolean isEmpty, int depth, char bracket) {
    if (!isEmpty) {
      begin(depth);
    }
    text.append(bracket);
  }

  private void quote(String string) {
    text.append('"');
    for (int i = 0; i < string.length(); i++) {
      char c = string.charAt(i);
      switch (c) {
        case '"' -> text.append("\\\"");
        case '\\' -> text.append("\\\\");
        case '\n' -> text.append("\\n");
        case '\r' -> text.append("\\r");
        case '\t' -> text.append("\\t");
        case '\b' -> text.append("\\b");
        case '\f' -> text.append("\\f");
        default -> {
          if (c < ' ') {
            text.append("\\u00").append(Character.forDigit(c >> 4, 16));
            text.append(Character.forDigit(c & 15, 16));
          } else {
            text.append(c);
          }
        }
      }
    }
    text.append('"');
  }
}
