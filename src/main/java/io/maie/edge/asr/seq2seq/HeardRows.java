package io.maie.edge.asr.seq2seq;

import java.util.OptionalInt;
import java.util.stream.IntStream;

/** The chunks whose keys and values lie in the rows of a cache. Not thread-safe. */
final class HeardRows {
  private final EncodedChunks chunks;

  /** By the row, the chunk in it. */
  private final int[] chunkIn;

  /** One row per chunk, in order. */
  HeardRows(EncodedChunks chunks) {
    this.chunks = chunks;
    chunkIn = IntStream.range(0, chunks.chunks()).toArray();
  }

  /** The row of a chunk that stands alone; empty if it is in none. */
  OptionalInt rowOf(EncodedChunks one) {
    OptionalInt place = one.chunks() == 1 ? chunks.placeOf(one) : OptionalInt.empty();
    return place.isEmpty()
        ? OptionalInt.empty()
        : IntStream.range(0, chunkIn.length)
            .filter(row -> chunkIn[row] == place.getAsInt())
            .findFirst();
  }

  void exchanged(int one, int other) {
    int moved = chunkIn[one];
    chunkIn[one] = chunkIn[other];
    chunkIn[other] = moved;
  }
}
