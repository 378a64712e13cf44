package io.maie.edge.result;

import io.maie.edge.audio.Waveform;
import java.math.BigDecimal;
import java.math.RoundingMode;

/** Times as documents write them. */
final class Seconds {
  private static final BigDecimal RATE = BigDecimal.valueOf(Waveform.SAMPLE_RATE);
  private static final int MILLIS_PER_SECOND = 1_000;

  private Seconds() {}

  /** Seconds with three decimals. */
  static BigDecimal ofSamples(long samples) {
    return BigDecimal.valueOf(samples).divide(RATE, 3, RoundingMode.HALF_UP);
  }

  /** The same time in milliseconds. */
  static long millis(long samples) {
    return Math.floorDiv(
        samples * MILLIS_PER_SECOND + Waveform.SAMPLE_RATE / 2, Waveform.SAMPLE_RATE);
  }
}
