package io.maie.edge.result;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Rates a break of a text between two pieces: best at sentences, then clauses, then phrases. */
final class Breaks {
  static final int AFTER_SENTENCE = 0;
  static final int AFTER_CLAUSE = 1;
  static final int BEFORE_CONJUNCTION = 2;
  static final int BEFORE_PREPOSITION = 3;
  static final int ANYWHERE = 5;
  static final int WITHIN_PHRASE = 9;

  private static final Pattern SENTENCE = Pattern.compile("(?s).*[.!?…。！？][\"'”’)」』]*");
  private static final Pattern CLAUSE = Pattern.compile("(?s).*[,;:–—，、；：][\"'”’)」』]*");
  private static final Set<String> CONJUNCTIONS =
      Set.of(
          "and",
          "but",
          "or",
          "so",
          "because",
          "that",
          "which",
          "who",
          "when",
          "where",
          "while",
          "if",
          "although",
          "than",
          "then",
          "và",
          "nhưng",
          "hoặc",
          "vì",
          "nên",
          "mà",
          "thì",
          "nếu",
          "khi",
          "để",
          "rằng",
          "còn");
  private static final Set<String> PREPOSITIONS =
      Set.of(
          "in", "on", "at", "of", "to", "for", "with", "from", "by", "about", "into", "over",
          "under", "after", "before", "until", "ở", "tại", "trong", "ngoài", "với", "từ", "đến",
          "về", "cho", "của", "bằng", "theo");

  /** Words that belong to what follows. */
  private static final Set<String> ARTICLES =
      Set.of(
          "the", "a", "an", "my", "your", "our", "their", "his", "her", "its", "this", "these",
          "mr.", "mrs.", "dr.", "một", "những", "các", "cái", "con", "không", "rất", "đã", "sẽ",
          "đang");

  private Breaks() {}

  /** The price of a break behind {@code before}; the smaller, the better. */
  static int price(String before, String after) {
    if (SENTENCE.matcher(before).matches() && !ARTICLES.contains(word(before))) {
      return AFTER_SENTENCE;
    }
    if (CLAUSE.matcher(before).matches()) {
      return AFTER_CLAUSE;
    }
    String last = word(before);
    if (ARTICLES.contains(last) || PREPOSITIONS.contains(last) || CONJUNCTIONS.contains(last)) {
      return WITHIN_PHRASE;
    }
    String next = word(after);
    return CONJUNCTIONS.contains(next)
        ? BEFORE_CONJUNCTION
        : PREPOSITIONS.contains(next) ? BEFORE_PREPOSITION : ANYWHERE;
  }

  private static String word(String piece) {
    return piece.toLowerCase(Locale.ROOT);
  }

  /** The pieces as one line. */
  static String joined(List<TimedText> pieces) {
    StringBuilder line = new StringBuilder();
    for (TimedText piece : pieces) {
      line.append(piece.blankBefore() && !line.isEmpty() ? " " : "").append(piece.text());
    }
    return line.toString();
  }

  /**
   * One or two lines of at most {@code width} cells, two where one is too wide; empty if two are.
   * Two lines are broken where it costs least, and of like width.
   */
  static List<String> lines(List<TimedText> pieces, int width) {
    String whole = joined(pieces);
    if (TextWidth.of(whole) <= width) {
      return List.of(whole);
    }
    List<String> best = List.of();
    double lowest = Double.MAX_VALUE;
    for (int at = 1; at < pieces.size(); at++) {
      String first = joined(pieces.subList(0, at));
      String second = joined(pieces.subList(at, pieces.size()));
      int wider = Math.max(TextWidth.of(first), TextWidth.of(second));
      int narrower = Math.min(TextWidth.of(first), TextWidth.of(second));
      double price =
          price(pieces.get(at - 1).text(), pieces.get(at).text()) + (wider - narrower) / 5.0;
      if (wider <= width && price < lowest) {
        lowest = price;
        best = List.of(first, second);
      }
    }
    return best;
  }
}
