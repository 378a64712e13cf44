package io.maie.edge.text.extract;

import io.maie.edge.text.TextLanguage;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Finds what a transcript is about in a few words each: runs of telling words that come back. After
 * Rose and others, "Automatic keyword extraction from individual documents" (RAKE, 2010).
 */
final class KeyPhrases {
  private static final int MOST_WORDS = 3;

  /** Vietnamese writes each syllable as a word. */
  private static final int MOST_SYLLABLES = 4;

  private static final int SHORTEST_WORD = 3;
  private static final int SHORTEST_SYLLABLE = 2;
  private static final int MOST = 15;

  /** With so many phrases, single syllables are not needed. */
  private static final int FEW_PHRASES = 2;

  private final TextLanguage language;
  private final Words words;
  private final DateMentions dates;
  private final Map<String, Statement> firsts = new LinkedHashMap<>();
  private final Map<String, Integer> counts = new HashMap<>();
  private final Map<String, Set<Integer>> places = new HashMap<>();

  /** Phrases that somewhere are not a part of a longer run. */
  private final Set<String> wholes = new HashSet<>();

  KeyPhrases(TextLanguage language, Words words, DateMentions dates) {
    this.language = language;
    this.words = words;
    this.dates = dates;
  }

  List<Statement> of(List<Line> lines) {
    for (int i = 0; i < lines.size(); i++) {
      count(lines.get(i), i);
    }
    Map<String, Double> scores = new HashMap<>();
    for (String key : firsts.keySet()) {
      scores.put(key, score(key, lines.size()));
    }
    List<String> ranked = new ArrayList<>(firsts.keySet());
    ranked.sort(
        Comparator.comparingDouble((String key) -> scores.getOrDefault(key, 0.0)).reversed());
    List<Statement> phrases = new ArrayList<>();
    Set<String> used = new HashSet<>();
    for (String key : ranked) {
      List<String> parts = List.of(key.split(" ", -1));
      boolean isFragment =
          parts.size() > 1 && counts.getOrDefault(key, 0) == 1 && !wholes.contains(key);
      boolean isSyllable =
          language == TextLanguage.VIETNAMESE && parts.size() == 1 && phrases.size() >= FEW_PHRASES;
      if (phrases.size() < MOST
          && !isFragment
          && !isSyllable
          && parts.stream().noneMatch(used::contains)) {
        phrases.add(firsts.get(key));
        used.addAll(parts);
      }
    }
    return phrases;
  }

  private double score(String key, int lines) {
    int length = key.split(" ", -1).length;
    int count = counts.getOrDefault(key, 0);
    int spread = places.getOrDefault(key, Set.of()).size();
    boolean isHalfWord = language == TextLanguage.VIETNAMESE && length == 1;
    double once = count > 1 || lines < 12 ? 1 : 0.25;
    return Math.log(1 + spread) * (1 + 0.8 * (length - 1)) * once * (isHalfWord ? 0.3 : 1);
  }

  private void count(Line line, int index) {
    List<String> run = new ArrayList<>();
    String text = line.text();
    for (DateMentions.Mention mention : dates.in(text)) {
      text = text.replace(mention.text(), ",");
    }
    for (String piece : text.split("(?<=[,;:.!?()\"“”])|\\s+", -1)) {
      String written = piece.replaceAll("^[^\\p{L}\\p{N}]+|[^\\p{L}\\p{M}\\p{N}]+$", "");
      List<String> plain = Line.words(written);
      boolean isTelling =
          plain.size() == 1
              && plain.get(0).length() >= shortest()
              && !words.isEmpty(plain.get(0))
              && !plain.get(0).matches(".*\\d.*");
      if (isTelling) {
        run.add(written);
      }
      boolean isMarked = piece.matches("(?s).*[,;:.!?()\"“”]");
      if (!isTelling || isMarked) {
        flush(run, line, index);
      }
    }
    flush(run, line, index);
  }

  private int shortest() {
    return language == TextLanguage.VIETNAMESE ? SHORTEST_SYLLABLE : SHORTEST_WORD;
  }

  private int longest() {
    return language == TextLanguage.VIETNAMESE ? MOST_SYLLABLES : MOST_WORDS;
  }

  private void flush(List<String> run, Line line, int index) {
    for (int start = 0; start < run.size(); start++) {
      for (int length = 1; length <= Math.min(longest(), run.size() - start); length++) {
        List<String> written = run.subList(start, start + length);
        String key =
            String.join(" ", written.stream().map(w -> words.term(Line.words(w).get(0))).toList());
        firsts.putIfAbsent(key, line.statement().part(String.join(" ", written)));
        counts.merge(key, 1, Integer::sum);
        if (length == run.size()) {
          wholes.add(key);
        }
        places.computeIfAbsent(key, k -> new HashSet<>()).add(index);
      }
    }
    run.clear();
  }
}
