package io.maie.edge.asr.frames;

import java.util.Arrays;

/**
 * Token sequences after one frame with the log-probabilities that they end in a blank and that they
 * do not; paths to the same sequence add up. Reused from frame to frame.
 */
final class PrefixBeam {
  private int[] prefixes = new int[1 << 10];
  private double[] blanks = new double[1 << 10];
  private double[] tokens = new double[1 << 10];

  /** Positions plus one by number of the prefix; grows with the tree. 0 = not in the beam. */
  private int[] positions = new int[1 << 12];

  private int size;

  void clear() {
    for (int i = 0; i < size; i++) {
      positions[prefixes[i]] = 0;
    }
    size = 0;
  }

  int size() {
    return size;
  }

  int prefix(int i) {
    return prefixes[i];
  }

  /** Log-probability of all paths that end in a blank. */
  double blank(int i) {
    return blanks[i];
  }

  /** Log-probability of all paths that end in the sequence's last token. */
  double token(int i) {
    return tokens[i];
  }

  double total(int i) {
    return logAdd(blanks[i], tokens[i]);
  }

  void addBlank(int prefix, double logProbability) {
    int i = position(prefix);
    blanks[i] = logAdd(blanks[i], logProbability);
  }

  void addToken(int prefix, double logProbability) {
    int i = position(prefix);
    tokens[i] = logAdd(tokens[i], logProbability);
  }

  /** Keeps the best sequences, counting what their words score. */
  void prune(BeamOptions options, PrefixTree tree) {
    double best = Double.NEGATIVE_INFINITY;
    Ranked[] ranked = new Ranked[size];
    for (int i = 0; i < size; i++) {
      double score = total(i) + tree.wordScore(prefixes[i]);
      best = Math.max(best, score);
      ranked[i] = new Ranked(score, prefixes[i], blanks[i], tokens[i]);
    }
    Arrays.sort(ranked);
    clear();
    for (Ranked one : ranked) {
      if (size == options.beamSize() || one.score <= best - options.beamThreshold()) {
        return;
      }
      int i = position(one.prefix);
      blanks[i] = one.blank;
      tokens[i] = one.token;
    }
  }

  private int position(int prefix) {
    if (prefix >= positions.length) {
      positions = Arrays.copyOf(positions, Math.max(2 * positions.length, prefix + 1));
    }
    if (positions[prefix] == 0) {
      if (size == prefixes.length) {
        prefixes = Arrays.copyOf(prefixes, 2 * size);
        blanks = Arrays.copyOf(blanks, 2 * size);
        tokens = Arrays.copyOf(tokens, 2 * size);
      }
      prefixes[size] = prefix;
      blanks[size] = Double.NEGATIVE_INFINITY;
      tokens[size] = Double.NEGATIVE_INFINITY;
      positions[prefix] = ++size;
    }
    return positions[prefix] - 1;
  }

  static double logAdd(double a, double b) {
    double high = Math.max(a, b);
    double low = Math.min(a, b);
    return low == Double.NEGATIVE_INFINITY ? high : high + Math.log1p(Math.exp(low - high));
  }

  /** Best first; equal ones in the order in which they were met. */
  private record Ranked(double score, int prefix, double blank, double token)
      implements Comparable<Ranked> {

    @Override
    public int compareTo(Ranked other) {
      int byScore = Double.compare(other.score, score);
      return byScore != 0 ? byScore : Integer.compare(prefix, other.prefix);
    }
  }
}
