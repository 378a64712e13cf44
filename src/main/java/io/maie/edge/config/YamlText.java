package io.maie.edge.config;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.maie.edge.request.ParameterReader;
import io.maie.edge.schema.StrictDocument;
import io.maie.edge.schema.StrictDocument.Syntax;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Values as they can be pasted into a settings file. */
final class YamlText {
  /** Texts that mean themselves in YAML without quotes. */
  private static final Pattern PLAIN =
      Pattern.compile("[A-Za-z0-9/_.][A-Za-z0-9/_.+%-]*( [A-Za-z0-9/_.+%-]+)*");

  private static final Pattern OTHER_MEANING =
      Pattern.compile("(?i)true|false|null|yes|no|on|off|y|n|[-+.]?[0-9][0-9_.e+-]*|\\.inf|\\.nan");

  private static final String VALUE = "value";

  private YamlText() {}

  /** Reads {@code text} as a value of YAML; returns it as it is if it is none. */
  static @Nullable Object meaning(String key, String text) {
    byte[] yaml = (VALUE + ": " + text).getBytes(UTF_8);
    StrictDocument document =
        StrictDocument.read(key, yaml, Syntax.YAML, ParameterReader.MAX_BYTES);
    return document.problems().isEmpty() ? document.root().get(VALUE) : text;
  }

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
