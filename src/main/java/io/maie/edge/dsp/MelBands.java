package io.maie.edge.dsp;

/**
 * Number and range of mel bands.
 *
 * @param count 1 or more
 * @param lowHz lower edge of the first band
 * @param highHz upper edge of the last band; zero or less counts from the Nyquist frequency
 * @param sampleRate samples per second
 */
public record MelBands(int count, double lowHz, double highHz, int sampleRate) {

  public MelBands {
    if (count < 1 || sampleRate < 1) {
      throw new IllegalArgumentException(
          "expected at least one band and a sample rate, found " + count + " and " + sampleRate);
    }
    highHz = highHz > 0 ? highHz : highHz + sampleRate / 2.0;
    if (!(lowHz >= 0 && lowHz < highHz && highHz <= sampleRate / 2.0)) {
      throw new IllegalArgumentException(
          "expected 0 <= low < high <= %.1f Hz, found %.1f and %.1f"
              .formatted(sampleRate / 2.0, lowHz, highHz));
    }
  }
}
