package io.maie.edge.audio.container;

/**
 * Codec, rate and channels of uncompressed sound.
 *
 * @param codec as ffmpeg names it, such as {@code pcm_s16le}
 * @param sampleRate in Hz; 0 if no header tells it
 * @param channels 0 if no header tells their number
 * @param isMisread whether decoders take the samples for others
 */
record PcmFormat(String codec, int sampleRate, int channels, boolean isMisread) {
  private static final int MOST_HERTZ = 768_000;

  /** The same sound, which decoders take for other sound. */
  PcmFormat misread() {
    return new PcmFormat(codec, sampleRate, channels, true);
  }

  MisreadHeader header(String container, ByteSpan samples) {
    return new MisreadHeader(
        container, codec, sampleRate, channels, samples.start(), samples.end());
  }

  boolean isSound() {
    return sampleRate >= 0 && sampleRate <= MOST_HERTZ && channels >= 0;
  }
}
