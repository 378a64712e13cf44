package io.maie.edge.asr.seq2seq;

import java.util.Arrays;

/**
 * Tells when each token was said, from its attention to each frame. The attention, standardised
 * over the tokens and smoothed if the model needs that, is averaged over heads; the result is the
 * cheapest monotonic path through it.
 */
public final class TimeWarp {
  /*
   * As openai/whisper's timing.py; the path is dynamic time warping, H. Sakoe and S. Chiba, IEEE
   * Transactions on Acoustics, Speech, and Signal Processing 26 (1978). Costs are kept in
   * single precision, as there.
   */
  private static final int MEDIAN_WIDTH = 7;

  private final int heads;

  /** The salience of each row at each frame, shape (rows, frames). */
  private final double[][] salience;

  /** For the attention of {@code heads} heads, each of shape (rows, frames); at least one each. */
  public TimeWarp(int heads, int rows, int frames) {
    this.heads = heads;
    salience = new double[rows][frames];
  }

  /** Adds the attention of one head, unchanged. Does not keep the array. */
  void addRaw(float[][] head) {
    for (int row = 0; row < salience.length; row++) {
      for (int frame = 0; frame < head[row].length; frame++) {
        salience[row][frame] += (double) head[row][frame] / heads;
      }
    }
  }

  /** Adds the attention of one head, standardised and smoothed. Does not keep the array. */
  public void add(float[][] head) {
    double[][] normal = normalized(head);
    for (int row = 0; row < salience.length; row++) {
      double[] smooth = smoothed(normal[row]);
      for (int frame = 0; frame < smooth.length; frame++) {
        salience[row][frame] += smooth[frame] / heads;
      }
    }
  }

  /**
   * For some rows the frames at which the path through them enters them, when all heads were added.
   *
   * @param from the first row of the path
   * @param to one past the last
   * @return shape (to - from), ascending
   */
  public int[] entries(int from, int to) {
    return path(Arrays.copyOfRange(salience, from, to));
  }

  /** Zero mean and unit deviation over the rows, at each frame. */
  private static double[][] normalized(float[][] head) {
    int frames = head[0].length;
    double[] means = new double[frames];
    for (float[] row : head) {
      for (int frame = 0; frame < frames; frame++) {
        means[frame] += row[frame] / head.length;
      }
    }
    double[] variances = new double[frames];
    for (float[] row : head) {
      for (int frame = 0; frame < frames; frame++) {
        double difference = row[frame] - means[frame];
        variances[frame] += difference * difference / head.length;
      }
    }
    double[] deviations = Arrays.stream(variances).map(Math::sqrt).toArray();
    double[][] normal = new double[head.length][frames];
    for (int row = 0; row < head.length; row++) {
      for (int frame = 0; frame < frames; frame++) {
        double difference = head[row][frame] - means[frame];
        normal[row][frame] = deviations[frame] == 0 ? 0 : difference / deviations[frame];
      }
    }
    return normal;
  }

  /**
   * Running median, mirrored at the ends; leaves values unchanged that are no longer than half the
   * width.
   */
  static double[] smoothed(double[] values) {
    int reach = MEDIAN_WIDTH / 2;
    if (values.length <= reach) {
      return values;
    }
    double[] window = new double[MEDIAN_WIDTH];
    Arrays.setAll(window, k -> mirrored(values, k - reach));
    Arrays.sort(window);
    double[] smooth = new double[values.length];
    smooth[0] = window[reach];
    for (int i = 1; i < values.length; i++) {
      replace(window, mirrored(values, i - 1 - reach), mirrored(values, i + reach));
      smooth[i] = window[reach];
    }
    return smooth;
  }

  private static double mirrored(double[] values, int at) {
    int last = values.length - 1;
    int inside = Math.abs(at);
    return values[inside > last ? 2 * last - inside : inside];
  }

  /** Puts a value in the place of another among sorted ones. */
  private static void replace(double[] sorted, double old, double value) {
    int last = sorted.length - 1;
    int at = 0;
    while (at < last && sorted[at] != old) {
      at++;
    }
    while (at > 0 && sorted[at - 1] > value) {
      sorted[at] = sorted[at - 1];
      at--;
    }
    while (at < last && sorted[at + 1] < value) {
      sorted[at] = sorted[at + 1];
      at++;
    }
    sorted[at] = value;
  }

  /** The frame at which the path of the greatest salience enters each row. */
  public static int[] path(double[][] salience) {
    int rows = salience.length;
    int frames = salience[0].length;
    Move[][] moves = moves(salience);
    int[] entries = new int[rows];
    int row = rows;
    int frame = frames;
    while (row > 0) {
      entries[row - 1] = Math.max(0, frame - 1);
      Move move = frame == 0 ? Move.ROW : moves[row][frame];
      row -= move == Move.FRAME ? 0 : 1;
      frame -= move == Move.ROW ? 0 : 1;
    }
    return entries;
  }

  private static Move[][] moves(double[][] salience) {
    int rows = salience.length;
    int frames = salience[0].length;
    Move[][] moves = new Move[rows + 1][frames + 1];
    float[] before = new float[frames + 1];
    Arrays.fill(before, Float.POSITIVE_INFINITY);
    before[0] = 0;
    for (int row = 1; row <= rows; row++) {
      float[] costs = new float[frames + 1];
      costs[0] = Float.POSITIVE_INFINITY;
      for (int frame = 1; frame <= frames; frame++) {
        float both = before[frame - 1];
        float down = before[frame];
        float along = costs[frame - 1];
        Move move =
            both < down && both < along
                ? Move.BOTH
                : down < both && down < along ? Move.ROW : Move.FRAME;
        float cheapest = move == Move.BOTH ? both : move == Move.ROW ? down : along;
        costs[frame] = (float) (cheapest - salience[row - 1][frame - 1]);
        moves[row][frame] = move;
      }
      before = costs;
    }
    return moves;
  }

  /** A step of the path. */
  private enum Move {
    BOTH,
    ROW,
    FRAME
  }
}
