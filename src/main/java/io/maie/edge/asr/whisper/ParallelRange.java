package io.maie.edge.asr.whisper;

import java.util.function.IntConsumer;
import java.util.stream.IntStream;

/**
 * Shares work between graph runs among as many threads as the graphs may use: while no graph runs,
 * theirs sleep. Any thread may do any part, so parts share nothing that they write.
 */
final class ParallelRange {
  private final int size;

  /**
   * A crew.
   *
   * @param size threads at most, the caller's included, 1 or more
   */
  ParallelRange(int size) {
    if (size < 1) {
      throw new IllegalArgumentException("expected a size of 1 or more, found " + size);
    }
    this.size = size;
  }

  /** Into how many parts work is best divided. */
  int size() {
    return size;
  }

  /** Does {@code count} parts, in any order; returns when all are done. */
  void each(int count, IntConsumer part) {
    int shares = Math.min(size, count);
    if (shares <= 1) {
      IntStream.range(0, count).forEach(part);
      return;
    }
    IntStream.range(0, shares)
        .parallel()
        .forEach(
            share -> {
              for (int i = share; i < count; i += shares) {
                part.accept(i);
              }
            });
  }
}
