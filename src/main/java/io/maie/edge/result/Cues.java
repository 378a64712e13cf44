package io.maie.edge.result;

import io.maie.edge.transcript.Segment;
import io.maie.edge.transcript.SpeakerLabel;
import io.maie.edge.transcript.Transcript;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Cuts a transcript into subtitles that can be read: at most two lines of 42 characters and seven
 * seconds each, broken at the ends of sentences and in pauses, never overlapping.
 */
final class Cues {
  /*
   * Greedy: pieces are added to a cue as long as they fit. The figures are those that broadcasters
   * agree on for Latin script (42 characters, two lines, one to seven seconds). Afterwards ends are
   * moved: a cue stays for a second if the next one leaves room, and ends where the next begins.
   */
  static final int MAX_LINE = 42;
  static final int MAX_LINES = 2;
  private static final long MAX_MILLIS = 7_000;
  private static final long MIN_MILLIS = 1_000;

  /** A pause within a segment that ends a cue. */
  private static final long PAUSE_MILLIS = 1_000;

  /** From this length on, the end of a sentence ends the cue. */
  private static final int ENOUGH_FOR_A_CUE = 30;

  private final List<Cue> cues = new ArrayList<>();
  private List<TimedText> pending = new ArrayList<>();

  /** Who says what is pending. */
  private @Nullable SpeakerLabel speaker;

  private Cues() {}

  static List<Cue> of(Transcript transcript) {
    Cues cues = new Cues();
    for (Segment segment : transcript.segments()) {
      cues.speaker = segment.speaker();
      TimedText.of(segment, MAX_LINE).forEach(cues::add);
      cues.flush();
    }
    return separated(cues.cues);
  }

  private void add(TimedText piece) {
    if (!pending.isEmpty() && mustBreakBefore(piece)) {
      flush();
    }
    pending.add(piece);
  }

  private boolean mustBreakBefore(TimedText piece) {
    TimedText first = pending.get(0);
    TimedText last = pending.get(pending.size() - 1);
    boolean tooLong = piece.end() - first.start() > MAX_MILLIS;
    boolean pause = piece.start() - last.end() >= PAUSE_MILLIS;
    boolean sentenceEnds =
        endsSentence(last.text()) && joined(pending).length() >= ENOUGH_FOR_A_CUE;
    List<TimedText> more = new ArrayList<>(pending);
    more.add(piece);
    boolean tooWide = lines(more, MAX_LINE).size() > MAX_LINES;
    return tooLong || pause || sentenceEnds || tooWide;
  }

  private void flush() {
    if (!pending.isEmpty()) {
      long start = pending.get(0).start();
      long end = Math.max(start + 1, pending.get(pending.size() - 1).end());
      cues.add(new Cue(start, end, balanced(pending), speaker));
      pending = new ArrayList<>();
    }
  }

  private static boolean endsSentence(String text) {
    return text.matches("(?s).*[.!?\u2026\u3002\uFF01\uFF1F][\"'\u201D\u2019)\u300D]?");
  }

  /** The narrowest lines that are as few as can be, so that two lines are of like length. */
  private static List<String> balanced(List<TimedText> pieces) {
    List<String> best = lines(pieces, MAX_LINE);
    int fewest = best.size();
    for (int width = MAX_LINE - 1; fewest > 1 && width > 0; width--) {
      List<String> narrower = lines(pieces, width);
      if (narrower.size() > fewest) {
        break;
      }
      best = narrower;
    }
    return best;
  }

  private static List<String> lines(List<TimedText> pieces, int width) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    for (TimedText piece : pieces) {
      String glue = piece.blankBefore() && line.length() > 0 ? " " : "";
      if (line.length() > 0 && line.length() + glue.length() + piece.text().length() > width) {
        lines.add(line.toString());
        line.setLength(0);
        glue = "";
      }
      line.append(glue).append(piece.text());
    }
    lines.add(line.toString());
    return lines;
  }

  private static String joined(List<TimedText> pieces) {
    return String.join(" ", lines(pieces, Integer.MAX_VALUE));
  }

  /** Starts ascend, and each cue ends before the next begins. */
  private static List<Cue> separated(List<Cue> cues) {
    List<Cue> separated = new ArrayList<>();
    long earliest = 0;
    for (int i = 0; i < cues.size(); i++) {
      Cue cue = cues.get(i);
      long start = Math.max(cue.start(), earliest);
      long wanted = Math.max(cue.end(), start + MIN_MILLIS);
      long limit = i + 1 < cues.size() ? cues.get(i + 1).start() : Long.MAX_VALUE;
      long end = Math.max(start + 1, Math.min(wanted, limit));
      separated.add(new Cue(start, end, cue.lines(), cue.speaker()));
      earliest = end;
    }
    return separated;
  }
}
