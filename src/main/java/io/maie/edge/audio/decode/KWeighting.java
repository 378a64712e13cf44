package io.maie.edge.audio.decode;

import io.maie.edge.audio.Waveform;

/**
 * The frequency weighting of loudness (ITU-R BS.1770-4, annex 1) at 16 kHz: a shelf above 1.7 kHz
 * and a high pass at 38 Hz, designed anew for this rate from their analogue prototypes by the
 * bilinear transform. Goes on with each block where it stopped.
 */
final class KWeighting {
  private static final double SHELF_HERTZ = 1_681.974450955533;
  private static final double SHELF_DECIBELS = 3.999843853973347;
  private static final double SHELF_QUALITY = 0.7071752369554196;
  private static final double PASS_HERTZ = 38.13547087602444;
  private static final double PASS_QUALITY = 0.5003270373238773;
  private static final int RATE = Waveform.SAMPLE_RATE;

  private static final SegmentedSignal.Filter SHELF = shelf();
  private static final SegmentedSignal.Filter PASS = pass();

  private final SegmentedSignal input = new SegmentedSignal();
  private final SegmentedSignal shelved = new SegmentedSignal();
  private final SegmentedSignal weighted = new SegmentedSignal();

  /**
   * Weights the first {@code count} of {@code samples}; less than a block ends the recording.
   *
   * @return the sum of the squares of the weighted samples
   */
  double weight(float[] samples, int count) {
    input.fill(samples, count);
    shelved.filter(input, SHELF);
    weighted.filter(shelved, PASS);
    weighted.clearFrom(count);
    return weighted.product(weighted);
  }

  /** The sum of the products of the weighted samples of the last block with those of another. */
  double product(KWeighting other) {
    return weighted.product(other.weighted);
  }

  private static SegmentedSignal.Filter shelf() {
    double k = Math.tan(Math.PI * SHELF_HERTZ / RATE);
    double high = Math.pow(10, SHELF_DECIBELS / 20);
    double band = Math.pow(high, 0.4996667741545416);
    double a0 = 1 + k / SHELF_QUALITY + k * k;
    return new SegmentedSignal.Filter(
        new double[] {
          (high + band * k / SHELF_QUALITY + k * k) / a0,
          2 * (k * k - high) / a0,
          (high - band * k / SHELF_QUALITY + k * k) / a0
        },
        new double[] {2 * (k * k - 1) / a0, (1 - k / SHELF_QUALITY + k * k) / a0});
  }

  private static SegmentedSignal.Filter pass() {
    double k = Math.tan(Math.PI * PASS_HERTZ / RATE);
    double a0 = 1 + k / PASS_QUALITY + k * k;
    return new SegmentedSignal.Filter(
        new double[] {1, -2, 1},
        new double[] {2 * (k * k - 1) / a0, (1 - k / PASS_QUALITY + k * k) / a0});
  }
}
