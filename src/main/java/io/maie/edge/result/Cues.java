package io.maie.edge.result;

import io.maie.edge.transcript.Segment;
import io.maie.edge.transcript.SpeakerLabel;
import io.maie.edge.transcript.Transcript;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Cuts a transcript into subtitles that can be read: at most two lines of 42 cells and seven
 * seconds each, broken at sentences, clauses and pauses, shown for as long as reading takes where
 * the next one leaves room, never overlapping.
 */
final class Cues {
  /*
   * Each segment is cut where the sum of the prices of its breaks is least, by dynamic programming
   * over its words. The figures are those that broadcasters agree on for Latin script (42 cells,
   * two lines, up to seven seconds, 17 characters a second).
   */
  static final int MAX_LINE = 42;
  static final int MAX_LINES = 2;
  private static final long MAX_MILLIS = 7_000;

  /** A pause within a segment that ends a cue. */
  private static final long PAUSE_MILLIS = 1_000;

  /** Cues below this width are hardly worth a look of their own. */
  private static final int NARROW = 24;

  private static final double NARROW_PRICE = 6;

  /** From this width on, the end of a sentence ends the cue. */
  private static final int ENOUGH_FOR_A_CUE = 30;

  private static final double LATE_END_PRICE = 20;

  /** Price of each cue, so that there are as few as good breaks allow. */
  private static final double CUE_PRICE = 3;

  private Cues() {}

  /**
   * The subtitles of {@code transcript}.
   *
   * @param speakers whose names stand in the text where they begin; usually nobody
   * @param last the end of the recording, in milliseconds
   */
  static List<Cue> of(Transcript transcript, Speakers speakers, long last) {
    List<Cue> cues = new ArrayList<>();
    @Nullable String before = null;
    for (Segment segment : transcript.segments()) {
      List<TimedText> pieces = new ArrayList<>(TimedText.of(segment, MAX_LINE));
      @Nullable String name = speakers.nameOf(segment.speaker());
      if (name != null && !name.equals(before) && !speakers.speakers().isEmpty()) {
        long start =
            pieces.isEmpty() ? Seconds.millis(segment.span().start()) : pieces.get(0).start();
        pieces.add(0, introduction(name, start));
      }
      before = name;
      int from = 0;
      for (int i = 1; i <= pieces.size(); i++) {
        boolean ends =
            i == pieces.size() || pieces.get(i).start() - pieces.get(i - 1).end() >= PAUSE_MILLIS;
        if (ends) {
          cues.addAll(new Stretch(pieces.subList(from, i), segment.speaker()).cues());
          from = i;
        }
      }
    }
    return CueTimes.readable(cues, last);
  }

  /** A name and a colon, as a piece of its own at the beginning of a segment. */
  private static TimedText introduction(String name, long start) {
    String line = PlainText.oneLine(name);
    String shown = line.length() < MAX_LINE ? line : line.substring(0, MAX_LINE - 2) + "\u2026";
    return new TimedText(shown + ":", true, start, start);
  }

  /** Pieces of one speaker without a pause between them. */
  private record Stretch(List<TimedText> pieces, @Nullable SpeakerLabel speaker) {

    List<Cue> cues() {
      int count = pieces.size();
      double[] prices = new double[count + 1];
      int[] starts = new int[count + 1];
      Arrays.fill(prices, Double.MAX_VALUE);
      prices[0] = 0;
      for (int end = 1; end <= count; end++) {
        for (int start = end - 1; start >= 0 && fits(start, end); start--) {
          double price = prices[start] + price(start, end);
          if (price < prices[end]) {
            prices[end] = price;
            starts[end] = start;
          }
        }
      }
      List<Cue> cues = new ArrayList<>();
      for (int end = count; end > 0; end = starts[end]) {
        cues.add(cue(pieces.subList(starts[end], end)));
      }
      Collections.reverse(cues);
      return cues;
    }

    /** One piece always does: it is no wider than a line. */
    private boolean fits(int start, int end) {
      if (end - start == 1) {
        return true;
      }
      List<TimedText> part = pieces.subList(start, end);
      boolean isShort = part.get(part.size() - 1).end() - part.get(0).start() <= MAX_MILLIS;
      return isShort && !Breaks.lines(part, MAX_LINE).isEmpty();
    }

    private double price(int start, int end) {
      List<TimedText> part = pieces.subList(start, end);
      boolean isLast = end == pieces.size();
      double price = isLast ? 0 : Breaks.price(pieces.get(end - 1).text(), pieces.get(end).text());
      boolean isNarrow = TextWidth.of(Breaks.joined(part)) < NARROW;
      double inner = 0;
      for (int i = start; i < end - 1; i++) {
        boolean ends =
            Breaks.price(pieces.get(i).text(), pieces.get(i + 1).text()) == Breaks.AFTER_SENTENCE;
        boolean isEnough =
            ends && TextWidth.of(Breaks.joined(pieces.subList(start, i + 1))) >= ENOUGH_FOR_A_CUE;
        inner += isEnough ? LATE_END_PRICE : 0;
      }
      return CUE_PRICE + price + inner + (isNarrow ? NARROW_PRICE : 0);
    }

    private Cue cue(List<TimedText> part) {
      long start = part.get(0).start();
      long end = Math.max(start + 1, part.get(part.size() - 1).end());
      return new Cue(start, end, Breaks.lines(part, MAX_LINE), speaker);
    }
  }
}
