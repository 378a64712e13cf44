package io.maie.edge.text.extract;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.maie.edge.text.TextLanguage;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Tells by the shape of a sentence what it does; the shapes of a language are one file. */
final class ActRules {
  private static final Pattern SECTION = Pattern.compile("\\[(\\w+)\\]");
  private static final Pattern DEFINITION = Pattern.compile("(\\w+) = (.*)");
  private static final Pattern REFERENCE = Pattern.compile("%(\\w+)%");
  private static final ActRules NONE = new ActRules(Map.of());

  /** Read when a language is first met, and kept: compiling takes longer than reading a talk. */
  private static final Map<TextLanguage, ActRules> READ = new EnumMap<>(TextLanguage.class);

  private final Map<Act, Pattern> patterns;

  private ActRules(Map<Act, Pattern> patterns) {
    this.patterns = patterns;
  }

  static ActRules of(TextLanguage language) {
    synchronized (READ) {
      return READ.computeIfAbsent(
          language,
          key ->
              switch (key) {
                case ENGLISH -> read("/text/acts/en.txt");
                case VIETNAMESE -> read("/text/acts/vi.txt");
                case OTHER -> NONE;
              });
    }
  }

  /** The acts of {@code line}; none in a language without rules. */
  Set<Act> acts(Line line) {
    Set<Act> acts = EnumSet.noneOf(Act.class);
    String lower = line.lowerText();
    // Whoever is asked by name is told from words of the same shape by the capital.
    String text = decapitalized(line.text());
    patterns.forEach(
        (act, pattern) -> {
          if (pattern.matcher(lower).find()
              || (act == Act.REQUEST && pattern.matcher(text).find())) {
            acts.add(act);
          }
        });
    return acts;
  }

  /** Where the words begin that promise something; 0 if none do. */
  int promiseStart(Line line) {
    Pattern promise = patterns.get(Act.PROMISE);
    if (promise == null) {
      return 0;
    }
    Matcher matcher = promise.matcher(line.lowerText());
    return matcher.find() ? matcher.start() : 0;
  }

  private static String decapitalized(String text) {
    String plain = text.replace('’', '\'');
    return plain.isEmpty() ? plain : Character.toLowerCase(plain.charAt(0)) + plain.substring(1);
  }

  private static ActRules read(String resource) {
    Map<Act, List<String>> expressions = new EnumMap<>(Act.class);
    Map<String, String> names = new LinkedHashMap<>();
    List<String> section = new ArrayList<>();
    for (String line : lines(resource)) {
      Matcher opening = SECTION.matcher(line);
      Matcher definition = DEFINITION.matcher(line);
      if (opening.matches()) {
        section = new ArrayList<>();
        expressions.put(Act.valueOf(opening.group(1).toUpperCase(Locale.ROOT)), section);
      } else if (expressions.isEmpty() && definition.matches()) {
        names.put(definition.group(1), replaced(definition.group(2), names));
      } else {
        section.add(replaced(line, names));
      }
    }
    Map<Act, Pattern> patterns = new EnumMap<>(Act.class);
    expressions.forEach((act, all) -> patterns.put(act, Pattern.compile(String.join("|", all))));
    return new ActRules(patterns);
  }

  private static String replaced(String expression, Map<String, String> names) {
    return REFERENCE
        .matcher(expression)
        .replaceAll(
            found -> Matcher.quoteReplacement(Objects.requireNonNull(names.get(found.group(1)))));
  }

  private static List<String> lines(String resource) {
    try (InputStream stream =
            Objects.requireNonNull(ActRules.class.getResourceAsStream(resource), resource);
        BufferedReader reader = new BufferedReader(new InputStreamReader(stream, UTF_8))) {
      return reader.lines().filter(line -> !line.isBlank() && !line.startsWith("#")).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
