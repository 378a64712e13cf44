package io.maie.edge.text.extract;

import io.maie.edge.audio.SampleSpan;
import io.maie.edge.text.TextLanguage;
import io.maie.edge.transcript.CleanTranscript;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Finds where in a transcript a statement was said that puts it in other words: the sentences that
 * share most of its terms, rare terms counting most (inverse document frequency).
 */
public final class SourceFinder {
  private static final int MOST_SENTENCES = 3;

  /** Share of a statement's weight that its first sentence must hold. */
  private static final double FIRST = 0.3;

  /** Share that each further sentence must add. */
  private static final double FURTHER = 0.15;

  private final Words words;
  private final List<Line> lines;
  private final List<Set<String>> terms;
  private final Map<String, Integer> frequency = new HashMap<>();

  public SourceFinder(CleanTranscript transcript, TextLanguage language) {
    lines = Line.of(transcript);
    words = new Words(language, lines);
    terms = lines.stream().<Set<String>>map(line -> new HashSet<>(words.terms(line))).toList();
    terms.forEach(line -> line.forEach(term -> frequency.merge(term, 1, Integer::sum)));
  }

  /** The spans of the sentences, at most three, in order; empty if no sentence says it. */
  public List<SampleSpan> sources(String statement) {
    Set<String> wanted = new HashSet<>();
    for (String word : Line.words(statement)) {
      if (!words.isEmpty(word)) {
        wanted.add(words.term(word));
      }
    }
    double whole = wanted.stream().mapToDouble(this::weight).sum();
    List<Integer> chosen = new ArrayList<>();
    Set<String> left = new HashSet<>(wanted);
    while (chosen.size() < MOST_SENTENCES && !left.isEmpty()) {
      int best = best(left);
      double least = (chosen.isEmpty() ? FIRST : FURTHER) * whole;
      if (best < 0 || shared(best, left) < least) {
        break;
      }
      chosen.add(best);
      left.removeAll(terms.get(best));
    }
    return chosen.stream()
        .sorted()
        .flatMap(index -> lines.get(index).statement().spans().stream())
        .toList();
  }

  /** Days, months and the like that {@code text} names, as it names them. */
  public static List<String> dates(String text, TextLanguage language) {
    return new DateMentions(language).in(text).stream().map(DateMentions.Mention::text).toList();
  }

  /** Returns whether {@code word} says nothing by itself, such as "the". */
  public boolean isEmpty(String word) {
    return words.isEmpty(word.toLowerCase(Locale.ROOT));
  }

  private int best(Set<String> wanted) {
    int best = -1;
    double most = 0;
    for (int i = 0; i < lines.size(); i++) {
      double shared = shared(i, wanted);
      if (shared > most) {
        most = shared;
        best = i;
      }
    }
    return best;
  }

  private double shared(int line, Set<String> wanted) {
    return wanted.stream().filter(terms.get(line)::contains).mapToDouble(this::weight).sum();
  }

  private double weight(String term) {
    return Math.log(1 + (double) (lines.size() + 1) / (1 + frequency.getOrDefault(term, 0)));
  }
}
