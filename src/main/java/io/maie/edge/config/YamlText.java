package io.maie.edge.config;

import java.util.regex.Pattern;

/** Values as they can be pasted into a settings file. */
final class YamlText {
  /** Texts that mean themselves in YAML without quotes. */
  private static final Pattern PLAIN =
      Pattern.compile("[A-Za-z0-9/_.][A-Za-z0-9/_.+%-]*( [A-Za-z0-9/_.+%-]+)*");

  private static final Pattern OTHER_MEANING =
      Pattern.compile("(?i)true|false|null|yes|no|on|off|y|n|[-+.]?[0-9][0-9_.e+-]*|\\.inf|\\.nan");

  private YamlText() {}

  /** The text itself, in double quotes where it would mean something else without. */
  static String quoted(String text) {
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
