package io.maie.edge.asr.whisper;

/**
 * Settings of one search of a chunk.
 *
 * @param temperature index of the temperature
 * @param hypotheses followed side by side at temperature 0, drawn at others; 1 or more
 * @param mostSteps of the decoder, after which it is given up
 */
record Attempt(int temperature, int hypotheses, int mostSteps) {

  /** An attempt that goes on as long as the sound allows. */
  Attempt(int temperature, int hypotheses) {
    this(temperature, hypotheses, Integer.MAX_VALUE);
  }

  /** The attempt that every chunk begins with. */
  static Attempt first(WhisperOptions options) {
    boolean isDrawn = options.temperatures().get(0) > 0;
    return new Attempt(0, isDrawn ? options.bestOf() : options.beamSize());
  }

  /** The cost of steps: hypotheses share the reading of the weights, which is most of one. */
  long cost(long steps) {
    return (steps * (3 + hypotheses) + 3) / 4;
  }

  /** The same attempt, given up before it costs more. */
  Attempt within(int cost) {
    return new Attempt(temperature, hypotheses, (int) (4L * cost / (3 + hypotheses)));
  }
}
