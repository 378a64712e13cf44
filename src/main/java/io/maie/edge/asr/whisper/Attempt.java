package io.maie.edge.asr.whisper;

/**
 * Settings of one search of a chunk.
 *
 * @param temperature index of the temperature
 * @param hypotheses followed side by side at temperature 0, drawn at others; 1 or more
 */
record Attempt(int temperature, int hypotheses) {

  /** The attempt that every chunk begins with. */
  static Attempt first(WhisperOptions options) {
    boolean isDrawn = options.temperatures().get(0) > 0;
    return new Attempt(0, isDrawn ? options.bestOf() : options.beamSize());
  }
}
