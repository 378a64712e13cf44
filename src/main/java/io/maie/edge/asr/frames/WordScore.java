package io.maie.edge.asr.frames;

/** Probability of a word, made of those of its tokens. */
public enum WordScore {
  /** The mean probability of the word's tokens. */
  MEAN {
    @Override
    double term(double probability) {
      return probability;
    }

    @Override
    double of(double sum, int count) {
      return sum / count;
    }
  },
  /** The geometric mean: one doubtful token makes a word doubtful. */
  GEOMETRIC_MEAN {
    @Override
    double term(double probability) {
      return Math.log(Math.max(probability, Double.MIN_NORMAL));
    }

    @Override
    double of(double sum, int count) {
      return Math.min(1, Math.exp(sum / count));
    }
  };

  abstract double term(double probability);

  /** The score of a word of {@code count} tokens whose terms add up to {@code sum}. */
  abstract double of(double sum, int count);
}
