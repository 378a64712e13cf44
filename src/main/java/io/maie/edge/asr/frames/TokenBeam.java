package io.maie.edge.asr.frames;

/** Picks the most probable tokens of a frame. Reused from frame to frame. */
final class TokenBeam {
  private final int size;
  private final boolean[] allowed;
  private final int[] tokens;
  private final float[] values;
  private int count;

  /**
   * A beam over a vocabulary.
   *
   * @param size tokens to keep, 1 or more
   */
  TokenBeam(int size, int vocabulary) {
    this.size = Math.min(size, vocabulary);
    allowed = new boolean[vocabulary];
    tokens = new int[this.size];
    values = new float[this.size];
  }

  /** Looks at a frame; of equal tokens the first ones are kept. */
  void look(Posteriors posteriors, int frame) {
    for (int i = 0; i < count; i++) {
      allowed[tokens[i]] = false;
    }
    count = 0;
    for (int token = 0; token < allowed.length; token++) {
      insert(token, posteriors.at(frame, token));
    }
    for (int i = 0; i < count; i++) {
      allowed[tokens[i]] = true;
    }
  }

  int count() {
    return count;
  }

  /** The tokens, most probable first. */
  int token(int rank) {
    return tokens[rank];
  }

  /** Insertion into a short sorted list; most tokens fail the first comparison. */
  private void insert(int token, float value) {
    if (count == size && value <= values[count - 1]) {
      return;
    }
    int at = count < size ? count++ : count - 1;
    while (at > 0 && values[at - 1] < value) {
      values[at] = values[at - 1];
      tokens[at] = tokens[at - 1];
      at--;
    }
    values[at] = value;
    tokens[at] = token;
  }
}
