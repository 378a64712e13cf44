package io.maie.edge.asr.seq2seq;

import java.util.SplittableRandom;

/**
 * Draws tokens by their probabilities, flattened by a temperature. The same seed draws the same
 * tokens.
 */
public final class Sampling implements TokenPicker {
  private final double temperature;
  private final SplittableRandom random;

  /**
   * A source of choices.
   *
   * @param temperature above 0; 1 = the model's probabilities
   */
  public Sampling(double temperature, long seed) {
    this.temperature = temperature;
    random = new SplittableRandom(seed);
  }

  @Override
  public int of(TokenScores scores, float highest) {
    double max = highest;
    double total = 0;
    for (int token = 0; token < scores.size(); token++) {
      total += weight(scores.get(token), max);
    }
    double rest = random.nextDouble() * total;
    for (int token = 0; token < scores.size(); token++) {
      rest -= weight(scores.get(token), max);
      if (rest < 0) {
        return token;
      }
    }
    return TokenPicker.best(scores, highest);
  }

  private double weight(double score, double max) {
    return Math.exp((score - max) / temperature);
  }
}
