package io.maie.edge.text.extract;

import io.maie.edge.text.EnglishCalendar;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds names by their capitals, where these do not only open a sentence. */
final class NameMentions {
  private static final Pattern CAPITALS =
      Pattern.compile(
          "(?:Mr\\.?|Mrs\\.?|Ms\\.?|Dr\\.?)"
              + " \\p{Lu}[\\p{L}\\p{M}'’]+|\\p{Lu}[\\p{L}\\p{M}'’-]*\\p{L}(?: (?:of |of the"
              + " )?\\p{Lu}[\\p{L}\\p{M}'’-]*\\p{L})*");
  private static final Set<String> NO_NAMES =
      Set.of(
          "i'm",
          "i'll",
          "i've",
          "i'd",
          "okay",
          "ok",
          "tv",
          "pdf",
          "hai",
          "ba",
          "tư",
          "năm",
          "sáu",
          "bảy",
          "chủ nhật");
  private static final Set<String> TITLES = Set.of("mr", "mrs", "ms", "dr");

  private final Words words;
  private final Map<String, Statement> firsts = new LinkedHashMap<>();
  private final Map<String, Integer> counts = new HashMap<>();
  private final Set<String> lowerWords = new HashSet<>();

  /** Names that stand within a sentence somewhere. */
  private final Set<String> innerNames = new HashSet<>();

  NameMentions(Words words) {
    this.words = words;
  }

  /** Each name once, the most frequent first. */
  List<Statement> of(List<Line> lines) {
    for (Line line : lines) {
      lowerWords.addAll(line.smallWords());
    }
    for (Line line : lines) {
      Matcher matcher = CAPITALS.matcher(line.text());
      while (matcher.find()) {
        if (!opensSentence(line, matcher)) {
          innerNames.add(matcher.group().toLowerCase(Locale.ROOT));
        }
      }
    }
    lines.forEach(this::find);
    List<String> keys = new ArrayList<>(firsts.keySet());
    keys.sort(Comparator.comparingInt((String key) -> counts.getOrDefault(key, 0)).reversed());
    return keys.stream().map(firsts::get).toList();
  }

  private void find(Line line) {
    Matcher matcher = CAPITALS.matcher(line.text());
    while (matcher.find()) {
      String name = matcher.group();
      if (opensSentence(line, matcher)) {
        name = withoutOpening(name);
      }
      String key = name.toLowerCase(Locale.ROOT);
      if (!name.isEmpty() && !isNone(key) && !words.isEmpty(key)) {
        firsts.putIfAbsent(key, line.statement().part(name));
        counts.merge(key, 1, Integer::sum);
      }
    }
  }

  private static boolean opensSentence(Line line, Matcher matcher) {
    String before = line.text().substring(0, matcher.start()).stripTrailing();
    return before.isEmpty() || ".?!:\"“".indexOf(before.charAt(before.length() - 1)) >= 0;
  }

  /** Drops a first word that may only open the sentence: it is nowhere within one. */
  private String withoutOpening(String name) {
    int blank = name.indexOf(' ');
    String first = (blank < 0 ? name : name.substring(0, blank)).toLowerCase(Locale.ROOT);
    boolean isOrdinary = lowerWords.contains(first) || words.isEmpty(first);
    if (!isOrdinary && (blank > 0 || innerNames.contains(first))) {
      return name;
    }
    String rest = blank < 0 ? "" : name.substring(blank + 1);
    return rest.replaceFirst("^(?:of the|of) ", "");
  }

  private static boolean isNone(String key) {
    String plain = key.replaceFirst("'s$", "");
    return isOnList(plain) || isOnList(plain.replaceFirst("s$", "")) || TITLES.contains(plain);
  }

  private static boolean isOnList(String plain) {
    return NO_NAMES.contains(plain)
        || EnglishCalendar.DAYS.contains(plain)
        || EnglishCalendar.MONTHS.contains(plain);
  }
}
