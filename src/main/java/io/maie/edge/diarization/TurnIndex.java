package io.maie.edge.diarization;

import io.maie.edge.audio.SampleSpan;
import io.maie.edge.transcript.Turn;
import java.util.List;

/** Turns in order of start, found by time. */
final class TurnIndex {
  private final List<Turn> turns;

  /** The latest end among the turns up to each. */
  private final long[] latestEnds;

  /**
   * An index.
   *
   * @param turns in order of start
   */
  TurnIndex(List<Turn> turns) {
    this.turns = List.copyOf(turns);
    latestEnds = new long[turns.size()];
    long latest = 0;
    for (int i = 0; i < latestEnds.length; i++) {
      latest = Math.max(latest, turns.get(i).span().end());
      latestEnds[i] = latest;
    }
  }

  /** The turns that are at most {@code reach} samples away from {@code span}, in order of start. */
  List<Turn> near(SampleSpan span, long reach) {
    int from = firstEndingFrom(span.start() - reach);
    int to = from;
    while (to < turns.size() && turns.get(to).span().start() <= span.end() + reach) {
      to++;
    }
    return turns.subList(from, to).stream()
        .filter(turn -> distance(turn.span(), span) <= reach)
        .toList();
  }

  private int firstEndingFrom(long sample) {
    int low = 0;
    int high = turns.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (latestEnds[middle] >= sample) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }

  /** Samples between two spans; 0 if they touch or overlap. */
  static long distance(SampleSpan a, SampleSpan b) {
    return Math.max(0, Math.max(a.start() - b.end(), b.start() - a.end()));
  }

  /** Samples that two spans share. */
  static long overlap(SampleSpan a, SampleSpan b) {
    return Math.max(0, Math.min(a.end(), b.end()) - Math.max(a.start(), b.start()));
  }
}
