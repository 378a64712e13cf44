package io.maie.edge.asr.transducer;

import static java.util.Objects.requireNonNull;

import io.maie.edge.failure.FailureCode;
import io.maie.edge.failure.ProcessingException;

/**
 * Output of a joiner: logits or log-probabilities of the tokens, which a softmax does not tell
 * apart, followed by those of durations.
 */
final class TokenScores {
  /** Shape (rows, outputs). */
  private final float[] values;

  private final int outputs;
  private final SearchRules rules;

  /**
   * Takes ownership of {@code values}.
   *
   * @throws ProcessingException {@code MODEL_LOAD_ERROR} if the model has another number of tokens
   */
  TokenScores(float[] values, int rows, SearchRules rules) throws ProcessingException {
    this.values = requireNonNull(values, "values is null");
    this.rules = requireNonNull(rules, "rules is null");
    outputs = values.length / rows;
    if (outputs != rules.vocabulary() + rules.durations()) {
      throw new ProcessingException(
          FailureCode.MODEL_LOAD_ERROR,
          "Expected scores of %d tokens and %d durations as the model's description has it, found %d"
              .formatted(rules.vocabulary(), rules.durations(), outputs),
          "Copy the model's files again: its token table belongs to another model");
    }
    if (rules.blankPenalty() > 0) {
      for (int row = 0; row < rows; row++) {
        values[row * outputs + rules.blank()] -= (float) rules.blankPenalty();
      }
    }
  }

  /** The most probable token of a row; the first of equals. */
  int best(int row) {
    return highest(row * outputs, rules.vocabulary());
  }

  /** The number of frames to advance by; 0 if the model does not tell. */
  int skip(int row) {
    return rules.durations() == 0
        ? 0
        : highest(row * outputs + rules.vocabulary(), rules.durations());
  }

  private int highest(int from, int count) {
    int best = 0;
    for (int i = 1; i < count; i++) {
      if (values[from + i] > values[from + best]) {
        best = i;
      }
    }
    return best;
  }

  /**
   * Natural logarithms of the probabilities of durations, from 0 frames on; a single certain one if
   * the model does not tell.
   */
  double[] durations(int row) {
    if (rules.durations() == 0) {
      return new double[1];
    }
    int from = row * outputs + rules.vocabulary();
    double sum = logSum(from, rules.durations());
    double[] durations = new double[rules.durations()];
    for (int i = 0; i < durations.length; i++) {
      durations[i] = values[from + i] - sum;
    }
    return durations;
  }

  /** Natural logarithm of the probability of {@code token} among the tokens. */
  double logProbability(int row, int token) {
    return values[row * outputs + token] - logSum(row);
  }

  /** Subtrahend that makes a score a log-probability. */
  double logSum(int row) {
    return logSum(row * outputs, rules.vocabulary());
  }

  private double logSum(int from, int count) {
    double most = values[from + highest(from, count)];
    double sum = 0;
    for (int i = from; i < from + count; i++) {
      sum += Math.exp(values[i] - most);
    }
    return most + Math.log(sum);
  }

  float at(int row, int token) {
    return values[row * outputs + token];
  }
}
