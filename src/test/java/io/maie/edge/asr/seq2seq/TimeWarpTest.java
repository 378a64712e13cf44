package io.maie.edge.asr.seq2seq;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A path is planted into attention, and must be found again. */
final class TimeWarpTest {
  private static final int SEEDS = 50;
  private static final int ROWS = 12;
  private static final int FRAMES = 90;
  private static final int HEADS = 3;

  @Test
  void aClearPathIsFoundExactly() {
    for (int seed = 0; seed < SEEDS; seed++) {
      int[] planted = path(new Random(seed), ROWS, FRAMES);

      assertThat(TimeWarp.path(salience(planted, FRAMES))).as("seed %d", seed).isEqualTo(planted);
    }
  }

  @Test
  void aPathUnderNoiseIsFoundWithinFourFrames() {
    for (int seed = 0; seed < SEEDS; seed++) {
      Random random = new Random(seed);
      int[] planted = path(random, ROWS, FRAMES);
      TimeWarp warp = new TimeWarp(HEADS, ROWS, FRAMES);
      for (int head = 0; head < HEADS; head++) {
        warp.add(attention(planted, random, 0.3));
      }

      int[] found = warp.entries(0, ROWS);

      assertThat(found).as("seed %d", seed).isSorted();
      for (int row = 1; row < ROWS; row++) {
        assertThat(Math.abs(found[row] - planted[row]))
            .as("seed %d, row %d", seed, row)
            .isLessThanOrEqualTo(4);
      }
    }
  }

  @Test
  void rawAttentionIsAveragedOverHeads() {
    int[] planted = {0, 2, 5};
    TimeWarp warp = new TimeWarp(2, 3, 8);
    warp.addRaw(attention(planted, 8));
    warp.addRaw(new float[3][8]);

    assertThat(warp.entries(0, 3)).isEqualTo(planted);
  }

  @Test
  void aPartOfTheRowsHasItsOwnPath() {
    int[] planted = {0, 3, 6, 7};
    TimeWarp warp = new TimeWarp(1, 4, 10);
    warp.addRaw(attention(planted, 10));

    assertThat(warp.entries(1, 3)).isEqualTo(new int[] {0, 6});
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 7, 8})
  void fewFramesStillGiveAnAscendingPath(int frames) {
    TimeWarp warp = new TimeWarp(1, 5, frames);
    warp.add(attention(path(new Random(frames), 5, frames), new Random(1), 0.1, frames));

    assertThat(warp.entries(0, 5)).isSorted().startsWith(0);
  }

  @Test
  void equalAttentionEverywhereGivesAnAscendingPath() {
    TimeWarp warp = new TimeWarp(1, 4, 6);
    warp.add(new float[4][6]);

    assertThat(warp.entries(0, 4)).isSorted().startsWith(0);
  }

  @ParameterizedTest
  @ValueSource(ints = {4, 5, 6, 7, 8, 50})
  void theRunningMedianIsTheMiddleOfEachSortedWindow(int frames) {
    Random random = new Random(frames);
    double[] values = random.doubles(frames).map(each -> Math.rint(each * 9)).toArray();
    double[] expected = new double[frames];
    for (int i = 0; i < frames; i++) {
      double[] window = new double[7];
      for (int k = 0; k < 7; k++) {
        int at = Math.abs(i + k - 3);
        window[k] = values[at < frames ? at : 2 * (frames - 1) - at];
      }
      Arrays.sort(window);
      expected[i] = window[3];
    }

    assertThat(TimeWarp.smoothed(values)).isEqualTo(expected);
  }

  /** Random first frames of rows, ascending from 0, at least three frames apart where they fit. */
  private static int[] path(Random random, int rows, int frames) {
    int[] entries = new int[rows];
    int room = Math.max(1, frames / rows);
    for (int row = 1; row < rows; row++) {
      int step = room <= 3 ? 1 : 3 + random.nextInt(room - 2);
      entries[row] = Math.min(frames - 1, entries[row - 1] + step);
    }
    return entries;
  }

  /** One where a row is on the path, less than zero elsewhere; shape (rows, frames). */
  private static double[][] salience(int[] entries, int frames) {
    double[][] salience = new double[entries.length][frames];
    for (int row = 0; row < entries.length; row++) {
      Arrays.fill(salience[row], -0.5);
      int end = row + 1 < entries.length ? entries[row + 1] : frames;
      for (int frame = entries[row]; frame < end; frame++) {
        salience[row][frame] = 1;
      }
    }
    return salience;
  }

  private static float[][] attention(int[] entries, int frames) {
    double[][] salience = salience(entries, frames);
    float[][] attention = new float[entries.length][frames];
    for (int row = 0; row < entries.length; row++) {
      for (int frame = 0; frame < frames; frame++) {
        attention[row][frame] = (float) salience[row][frame];
      }
    }
    return attention;
  }

  private static float[][] attention(int[] entries, Random random, double noise) {
    return attention(entries, random, noise, FRAMES);
  }

  private static float[][] attention(int[] entries, Random random, double noise, int frames) {
    float[][] attention = attention(entries, frames);
    for (float[] row : attention) {
      for (int frame = 0; frame < frames; frame++) {
        row[frame] += (float) (noise * random.nextGaussian());
      }
    }
    return attention;
  }
}
