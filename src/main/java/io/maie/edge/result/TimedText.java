package io.maie.edge.result;

import io.maie.edge.transcript.Segment;
import io.maie.edge.transcript.Word;
import java.text.BreakIterator;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A piece of text that is not broken further, and when it was spoken.
 *
 * @param text at most as wide as a line
 * @param blankBefore whether a blank separates it from the piece before
 * @param start milliseconds
 * @param end milliseconds, at least {@code start}
 */
record TimedText(String text, boolean blankBefore, long start, long end) {

  /**
   * The pieces of a segment, in order. Where the segment has words, each piece takes the time of
   * its word and the writing of the segment's text, punctuation included; otherwise time is shared
   * out by length.
   *
   * @param maxLength in cells; wider pieces are cut
   */
  static List<TimedText> of(Segment segment, int maxLength) {
    List<TimedText> whole =
        segment.words().isEmpty() ? byLength(segment) : byWords(segment, segment.words());
    List<TimedText> pieces = new ArrayList<>();
    for (TimedText piece : whole) {
      if (TextWidth.of(piece.text) <= maxLength && !piece.isDivisible()) {
        pieces.add(piece);
      } else {
        pieces.addAll(piece.cut(maxLength));
      }
    }
    return pieces;
  }

  private static List<TimedText> byLength(Segment segment) {
    long start = Seconds.millis(segment.span().start());
    long end = Seconds.millis(segment.span().end());
    String line = PlainText.oneLine(segment.text());
    List<TimedText> pieces = new ArrayList<>();
    int position = 0;
    for (String part : line.split(" ", -1)) {
      long from = start + (end - start) * position / Math.max(1, line.length());
      position += part.length();
      long to = start + (end - start) * position / Math.max(1, line.length());
      position++;
      if (!part.isEmpty()) {
        pieces.add(new TimedText(part, true, from, to));
      }
    }
    return pieces;
  }

  /** Finds the words in the text; if one is not there, uses the words alone. */
  private static List<TimedText> byWords(Segment segment, List<Word> words) {
    String line = PlainText.oneLine(segment.text());
    int[] starts = new int[words.size() + 1];
    int from = 0;
    for (int i = 0; i < words.size(); i++) {
      String word = PlainText.oneLine(words.get(i).text());
      int at = line.indexOf(word, from);
      if (at < 0) {
        return words.stream().map(each -> of(each, PlainText.oneLine(each.text()), true)).toList();
      }
      starts[i] = i == 0 ? 0 : at;
      from = at + word.length();
    }
    starts[words.size()] = line.length();
    List<TimedText> pieces = new ArrayList<>();
    for (int i = 0; i < words.size(); i++) {
      boolean blankBefore = starts[i] == 0 || line.charAt(starts[i] - 1) == ' ';
      String text = line.substring(starts[i], starts[i + 1]).strip();
      if (!text.isEmpty()) {
        pieces.add(of(words.get(i), text, blankBefore));
      }
    }
    return pieces;
  }

  private static TimedText of(Word word, String text, boolean blankBefore) {
    return new TimedText(
        text, blankBefore, Seconds.millis(word.span().start()), Seconds.millis(word.span().end()));
  }

  /** Returns whether it holds several words of a script without blanks. */
  private boolean isDivisible() {
    return text.codePoints().filter(TextWidth::isWide).count() > 1;
  }

  /** Cuts where lines may be broken, else between user-perceived characters. */
  private List<TimedText> cut(int maxLength) {
    List<TimedText> parts = new ArrayList<>();
    BreakIterator breaks = BreakIterator.getLineInstance(Locale.ROOT);
    breaks.setText(text);
    BreakIterator characters = BreakIterator.getCharacterInstance(Locale.ROOT);
    characters.setText(text);
    int from = 0;
    while (from < text.length()) {
      int to = breaks.following(from);
      while (TextWidth.of(text.substring(from, to).strip()) > maxLength) {
        int shorter = characters.preceding(to);
        to = shorter > from ? shorter : text.offsetByCodePoints(from, 1);
      }
      String part = text.substring(from, to).strip();
      boolean blank = from == 0 ? blankBefore : Character.isWhitespace(text.charAt(from - 1));
      if (!part.isEmpty()) {
        parts.add(new TimedText(part, blank, timeAt(from), timeAt(to)));
      }
      from = to;
    }
    return parts;
  }

  private long timeAt(int position) {
    return start + (end - start) * position / text.length();
  }
}
