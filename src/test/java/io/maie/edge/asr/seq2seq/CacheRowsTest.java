package io.maie.edge.asr.seq2seq;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class CacheRowsTest {
  private static final int CHUNKS = 3;
  private static final int BEAMS = 5;

  @Test
  void copyingToThePlacesGivesEachRowWhatItContinues() {
    for (long seed = 0; seed < 300; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      int[] places = CacheRows.inOrder(CHUNKS * BEAMS);
      // what the caches hold, place by place, and what they should hold, row by row
      int[] held = places.clone();
      int[] expected = places.clone();
      for (int step = 0; step < 20; step++) {
        int[] origins = origins(random);
        int[] next = CacheRows.after(places, origins);
        int[] wanted = Arrays.stream(origins).map(row -> expected[row]).toArray();
        for (int row = 0; row < origins.length; row++) {
          held[next[row]] = held[places[origins[row]]];
        }
        System.arraycopy(wanted, 0, expected, 0, wanted.length);
        places = next;
        for (int row = 0; row < places.length; row++) {
          assertThat(held[places[row]]).as("seed %d, row %d", seed, row).isEqualTo(expected[row]);
          assertThat(places[row] / BEAMS).as("chunk of row %d", row).isEqualTo(row / BEAMS);
        }
      }
    }
  }

  @Test
  void rowsWithoutSharedOriginKeepTheirPlace() {
    int[] places = {0, 1, 2, 3, 4};
    assertThat(CacheRows.after(places, new int[] {4, 3, 2, 1, 0})).containsExactly(4, 3, 2, 1, 0);
    assertThat(CacheRows.after(places, new int[] {2, 2, 0, 3, 4})).containsExactly(2, 1, 0, 3, 4);
  }

  /** A row of the same chunk for each row. */
  private static int[] origins(SplittableRandom random) {
    int[] origins = new int[CHUNKS * BEAMS];
    Arrays.setAll(origins, row -> row / BEAMS * BEAMS + random.nextInt(BEAMS));
    return origins;
  }
}
