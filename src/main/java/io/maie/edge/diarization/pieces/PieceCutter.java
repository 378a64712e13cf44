package io.maie.edge.diarization.pieces;

import java.util.ArrayList;
import java.util.List;

/**
 * Cuts the frames in which one person talks into pieces of about 1.5 s that overlap by half, at
 * most one voice each.
 */
final class PieceCutter {
  /** Frames of a piece. */
  private static final int SIZE = FrameGrid.frames(1.5);

  /** Frames from one piece to the next, at most. */
  private static final int HOP = FrameGrid.frames(0.75);

  /** Parts up to this many times the size of a piece are one piece. */
  private static final double STRETCH = 1.33;

  /** Shorter parts, in seconds, say too little about a voice. */
  private static final double SHORTEST = 0.4;

  /** Silence, in seconds, that does not end a span. */
  private static final double BRIDGE = 0.2;

  private final FrameActivity activity;
  private final List<Piece> pieces = new ArrayList<>();
  private int nextCut;

  private PieceCutter(FrameActivity activity) {
    this.activity = activity;
  }

  /** The pieces in order of start. */
  static List<Piece> cut(FrameActivity activity) {
    PieceCutter cutter = new PieceCutter(activity);
    cutter.spans().forEach(cutter::cutAtChanges);
    return cutter.pieces;
  }

  private List<Piece> spans() {
    byte[] counts = activity.counts();
    List<Piece> spans = new ArrayList<>();
    int start = -1;
    for (int i = 0; i <= counts.length; i++) {
      boolean single = i < counts.length && counts[i] == 1;
      if (single && start < 0) {
        start = i;
      } else if (!single && start >= 0) {
        addSpan(spans, new Piece(start, i));
        start = -1;
      }
    }
    return spans;
  }

  private void addSpan(List<Piece> spans, Piece span) {
    if (!spans.isEmpty()) {
      Piece before = spans.get(spans.size() - 1);
      if (before.secondsUntil(span) <= BRIDGE && isSilent(before.end(), span.start())) {
        spans.set(spans.size() - 1, new Piece(before.start(), span.end()));
        return;
      }
    }
    spans.add(span);
  }

  private boolean isSilent(int from, int to) {
    for (int i = from; i < to; i++) {
      if (activity.counts()[i] != 0) {
        return false;
      }
    }
    return true;
  }

  private void cutAtChanges(Piece span) {
    int[] cuts = activity.cuts();
    int from = span.start();
    while (nextCut < cuts.length && cuts[nextCut] < span.end()) {
      int cut = cuts[nextCut++];
      if (cut > from) {
        cutEvenly(from, cut);
        from = cut;
      }
    }
    cutEvenly(from, span.end());
  }

  private void cutEvenly(int from, int to) {
    int frames = to - from;
    if (frames * FrameGrid.SECONDS < SHORTEST) {
      return;
    }
    if (frames <= SIZE * STRETCH) {
      pieces.add(new Piece(from, to));
      return;
    }
    int spare = frames - SIZE;
    int steps = (spare + HOP - 1) / HOP;
    for (int i = 0; i <= steps; i++) {
      int start = from + (int) Math.rint((double) i * spare / steps);
      pieces.add(new Piece(start, start + SIZE));
    }
  }
}
