package io.maie.edge.asr.frames;

import static java.util.Objects.requireNonNull;

import java.util.Arrays;

/**
 * Scores of the acoustic model for each frame: natural-log probabilities of the tokens, shape
 * (frames, tokens), row-major, 0 or less.
 */
public final class Posteriors {
  private final float[] values;
  private final int frames;
  private final int tokens;

  private Posteriors(float[] values, int frames, int tokens) {
    this.values = requireNonNull(values, "values is null");
    this.frames = frames;
    this.tokens = tokens;
    if (tokens < 1 || values.length < (long) frames * tokens) {
      throw new IllegalArgumentException(
          "expected at least %d x %d values, found %d".formatted(frames, tokens, values.length));
    }
  }

  /**
   * Takes ownership of {@code values}, shape (at least frames, tokens), log-probabilities already.
   */
  public static Posteriors ofLogProbabilities(float[] values, int frames, int tokens) {
    return new Posteriors(values, frames, tokens);
  }

  /** Takes ownership of {@code values} and turns logits into log-probabilities in place. */
  public static Posteriors ofLogits(float[] values, int frames, int tokens) {
    Posteriors posteriors = new Posteriors(values, frames, tokens);
    for (int frame = 0; frame < frames; frame++) {
      posteriors.logSoftmax(frame * tokens);
    }
    return posteriors;
  }

  /** The same with one token less likely by {@code penalty}, a natural logarithm, 0 or more. */
  Posteriors penalized(int token, double penalty) {
    float[] penalized = Arrays.copyOf(values, frames * tokens);
    for (int frame = 0; frame < frames; frame++) {
      penalized[frame * tokens + token] -= (float) penalty;
    }
    return new Posteriors(penalized, frames, tokens);
  }

  /** The same without the first frames. */
  public Posteriors after(int first) {
    int from = Math.min(first, frames);
    return new Posteriors(
        Arrays.copyOfRange(values, from * tokens, frames * tokens), frames - from, tokens);
  }

  public int frames() {
    return frames;
  }

  public int tokens() {
    return tokens;
  }

  public float at(int frame, int token) {
    return values[frame * tokens + token];
  }

  /** The most probable token of a frame; the first of equals. */
  public int best(int frame) {
    int from = frame * tokens;
    int best = 0;
    for (int token = 1; token < tokens; token++) {
      if (values[from + token] > values[from + best]) {
        best = token;
      }
    }
    return best;
  }

  private void logSoftmax(int from) {
    float max = Float.NEGATIVE_INFINITY;
    for (int i = from; i < from + tokens; i++) {
      max = Math.max(max, values[i]);
    }
    double sum = 0;
    for (int i = from; i < from + tokens; i++) {
      sum += Math.exp(values[i] - max);
    }
    float norm = (float) (max + Math.log(sum));
    for (int i = from; i < from + tokens; i++) {
      values[i] -= norm;
    }
  }
}
