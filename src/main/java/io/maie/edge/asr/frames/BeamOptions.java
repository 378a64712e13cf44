package io.maie.edge.asr.frames;

/**
 * Width of a beam search, and weights of its other scores than the acoustic ones.
 *
 * @param languageModelWeight factor of the language model's log-probabilities
 * @param wordScore added per word
 * @param beamSize hypotheses kept per frame
 * @param beamThreshold hypotheses that are worse than the best by more are dropped; natural log
 * @param tokenBeam tokens per frame that may extend a hypothesis, the most probable ones
 */
public record BeamOptions(
    double languageModelWeight,
    double wordScore,
    int beamSize,
    double beamThreshold,
    int tokenBeam) {

  public BeamOptions {
    if (beamSize < 1 || tokenBeam < 1 || !(beamThreshold > 0)) {
      throw new IllegalArgumentException(
          "expected beam_size and token_beam of 1 or more and a beam_threshold above 0, found "
              + beamSize
              + ", "
              + tokenBeam
              + " and "
              + beamThreshold);
    }
  }
}
