package io.maie.edge.asr.whisper;

/**
 * Sizes of a model.
 *
 * @param melBands 80 or 128
 * @param chunkSamples samples that the encoder hears at once; shorter ones are filled with silence
 * @param encoderFrames positions of the encoder's output for one chunk
 * @param width size of a hidden state
 * @param decoderLayers layers of the decoder
 * @param decoderHeads attention heads in each of them
 * @param maxTokens positions of the decoder, prompt included
 * @param maxLength tokens of the longest hypothesis, prompt included; at most {@code maxTokens}
 */
record WhisperShape(
    int melBands,
    int chunkSamples,
    int encoderFrames,
    int width,
    int decoderLayers,
    int decoderHeads,
    int maxTokens,
    int maxLength) {

  /** Samples between two frames of the spectrogram. */
  static final int HOP = 160;

  /** Frames of the spectrogram of a chunk. */
  int melFrames() {
    return chunkSamples / HOP;
  }

  /** Samples between two positions of the encoder's output, and between two timestamps. */
  int stepSamples() {
    return chunkSamples / encoderFrames;
  }

  /** Tokens of a prompt that may be of what was said before; the other half is for what is now. */
  int previousTokens() {
    return maxLength / 2 - 1;
  }

  int headSize() {
    return width / decoderHeads;
  }
}
