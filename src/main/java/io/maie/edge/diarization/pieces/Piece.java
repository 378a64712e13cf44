package io.maie.edge.diarization.pieces;

import java.util.List;

/**
 * A short stretch in which one person talks.
 *
 * @param start its first frame
 * @param end one past its last frame
 */
record Piece(int start, int end) {

  /** Pieces at least this long, in seconds, found clusters. */
  private static final double GOOD = 0.8;

  Piece {
    if (start < 0 || end <= start) {
      throw new IllegalArgumentException(
          "expected 0 <= start < end, found %d and %d".formatted(start, end));
    }
  }

  int frames() {
    return end - start;
  }

  double seconds() {
    return frames() * FrameGrid.SECONDS;
  }

  /** Seconds from the end of this piece to the start of {@code next}; negative if they overlap. */
  double secondsUntil(Piece next) {
    return (next.start - end) * FrameGrid.SECONDS;
  }

  /**
   * Indices of the {@code pieces} that are long enough to found clusters; the longest always is.
   */
  static int[] good(List<Piece> pieces) {
    double longest = pieces.stream().mapToDouble(Piece::seconds).max().orElse(0);
    double least = Math.min(GOOD, longest);
    return java.util.stream.IntStream.range(0, pieces.size())
        .filter(i -> pieces.get(i).seconds() >= least)
        .toArray();
  }

  /** The number of the stretch of each piece; pieces that overlap belong to one stretch. */
  static int[] stretches(List<Piece> pieces) {
    int[] stretches = new int[pieces.size()];
    for (int i = 1; i < stretches.length; i++) {
      boolean overlaps = pieces.get(i).start < pieces.get(i - 1).end;
      stretches[i] = stretches[i - 1] + (overlaps ? 0 : 1);
    }
    return stretches;
  }

  /**
   * Seconds of each piece up to the start of the next, so that they add up to the speech covered.
   */
  static double[] ownSeconds(List<Piece> pieces) {
    double[] own = new double[pieces.size()];
    for (int i = 0; i < own.length; i++) {
      Piece piece = pieces.get(i);
      int until = i + 1 < own.length ? Math.min(piece.end, pieces.get(i + 1).start) : piece.end;
      own[i] = (until - piece.start) * FrameGrid.SECONDS;
    }
    return own;
  }
}
