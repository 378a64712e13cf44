package io.maie.edge.text.extract;

import io.maie.edge.text.EnglishCalendar;
import io.maie.edge.text.TextLanguage;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds the names by which people call each other: "You'll order it, Anton?", "Mrs Tranter", "chị
 * Lan". A talk is not about those who talk.
 */
final class AddressedPersons {
  private static final Pattern ENGLISH =
      Pattern.compile(
          "(?:^|[,.?!;:] )(\\p{Lu}[\\p{L}\\p{M}'’-]+)(?:,|[.?!]$)"
              + "|\\b(?:Mr|Mrs|Ms|Miss|Dr)\\.? (\\p{Lu}[\\p{L}\\p{M}’-]+)");

  /** "In Riga", "the Thames": a place, even where it ends a sentence behind a comma. */
  private static final Pattern PLACE =
      Pattern.compile("\\b(?:in|at|near|from|the|of) (\\p{Lu}[\\p{L}\\p{M}'’-]+)");

  private AddressedPersons() {}

  /** The names in lower case, word by word; empty for languages without rules. */
  static Set<String> in(List<Line> lines, TextLanguage language) {
    Set<String> persons = new HashSet<>();
    if (language == TextLanguage.VIETNAMESE) {
      lines.forEach(line -> persons.addAll(matches(Assignees.VIETNAMESE_PERSON, line.text())));
    }
    if (language == TextLanguage.ENGLISH) {
      Set<String> others = new HashSet<>();
      for (Line line : lines) {
        persons.addAll(matches(ENGLISH, line.text()));
        others.addAll(matches(PLACE, line.text()));
        others.addAll(line.smallWords());
      }
      persons.removeAll(others);
      persons.removeIf(AddressedPersons::isOpening);
    }
    return persons;
  }

  private static boolean isOpening(String word) {
    return word.endsWith("ly")
        || Assignees.NO_PERSONS.contains(word)
        || EnglishCalendar.DAYS.contains(word)
        || EnglishCalendar.MONTHS.contains(word);
  }

  private static Set<String> matches(Pattern pattern, String text) {
    Set<String> found = new HashSet<>();
    Matcher matcher = pattern.matcher(text);
    while (matcher.find()) {
      for (int group = 1; group <= matcher.groupCount(); group++) {
        if (matcher.group(group) != null) {
          found.add(matcher.group(group).toLowerCase(Locale.ROOT));
        }
      }
    }
    return found;
  }
}
