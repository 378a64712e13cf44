package io.maie.edge.asr.frames;

/**
 * Rates words by the words before them. Words are numbers of a {@link WordTable}; a state stands
 * for the words before, as far as they matter. Log-probabilities are natural. Immutable.
 */
interface LanguageModel {

  /** The state at the beginning of a sentence. */
  int start();

  /**
   * The log-probability of {@code word} after {@code state}, and the state after it: to be taken
   * apart by {@link #logProbability} and {@link #state}. One number, so that decoding makes no
   * garbage.
   */
  long score(int state, int word);

  /** The log-probability that the sentence ends after {@code state}. */
  float end(int state);

  static long scored(float logProbability, int state) {
    return ((long) state << Integer.SIZE)
        | (Float.floatToRawIntBits(logProbability) & 0xFFFF_FFFFL);
  }

  static float logProbability(long scored) {
    return Float.intBitsToFloat((int) scored);
  }

  static int state(long scored) {
    return (int) (scored >>> Integer.SIZE);
  }

  /** Finds every word equally good. */
  static LanguageModel none() {
    return new LanguageModel() {
      @Override
      public int start() {
        return 0;
      }

      @Override
      public long score(int state, int word) {
        return 0;
      }

      @Override
      public float end(int state) {
        return 0;
      }
    };
  }
}
