package io.maie.edge.audio.decode;

import io.maie.edge.audio.Waveform;

/**
 * The frequency weighting of loudness (ITU-R BS.1770-4, annex 1) at 16 kHz: a shelf above 1.7 kHz
 * and a high pass at 38 Hz, designed anew for this rate from their analogue prototypes by the
 * bilinear transform.
 */
final class KWeighting {
  private static final double SHELF_HERTZ = 1_681.974450955533;
  private static final double SHELF_DECIBELS = 3.999843853973347;
  private static final double SHELF_QUALITY = 0.7071752369554196;
  private static final double PASS_HERTZ = 38.13547087602444;
  private static final double PASS_QUALITY = 0.5003270373238773;
  private static final int RATE = Waveform.SAMPLE_RATE;

  private static final float[] SHELF = shelf();
  private static final float[] PASS = pass();

  /** The last two samples: before weighting, behind the shelf, and weighted. */
  private float x1;

  private float x2;
  private float y1;
  private float y2;
  private float z1;
  private float z2;

  /**
   * Weights {@code count} samples of {@code in} into {@code out}; goes on where it stopped.
   *
   * @return the sum of the squares of the weighted samples
   */
  double weight(float[] in, float[] out, int count) {
    // the compiler keeps locals in registers, and neither fields nor elements of arrays
    float b0 = SHELF[0];
    float b1 = SHELF[1];
    float b2 = SHELF[2];
    float a1 = SHELF[3];
    float a2 = SHELF[4];
    float c1 = PASS[0];
    float c2 = PASS[1];
    float in1 = x1;
    float in2 = x2;
    float shelf1 = y1;
    float shelf2 = y2;
    float out1 = z1;
    float out2 = z2;
    double squares = 0;
    for (int i = 0; i < count; i++) {
      float x = in[i];
      // the sample before comes last in each sum: the processor has to wait for it
      float y = b0 * x + b1 * in1 + b2 * in2 - a2 * shelf2 - a1 * shelf1;
      float z = y - 2 * shelf1 + shelf2 - c2 * out2 - c1 * out1;
      out[i] = z;
      squares += (double) z * z;
      in2 = in1;
      in1 = x;
      shelf2 = shelf1;
      shelf1 = y;
      out2 = out1;
      out1 = z;
    }
    x1 = in1;
    x2 = in2;
    // digital silence behind sound decays into numbers that are slow to compute with
    boolean isOver = Math.abs(shelf1) + Math.abs(shelf2) + Math.abs(out1) + Math.abs(out2) < 1e-20f;
    y1 = isOver ? 0 : shelf1;
    y2 = isOver ? 0 : shelf2;
    z1 = isOver ? 0 : out1;
    z2 = isOver ? 0 : out2;
    return squares;
  }

  private static float[] shelf() {
    double k = Math.tan(Math.PI * SHELF_HERTZ / RATE);
    double high = Math.pow(10, SHELF_DECIBELS / 20);
    double band = Math.pow(high, 0.4996667741545416);
    double a0 = 1 + k / SHELF_QUALITY + k * k;
    return new float[] {
      (float) ((high + band * k / SHELF_QUALITY + k * k) / a0),
      (float) (2 * (k * k - high) / a0),
      (float) ((high - band * k / SHELF_QUALITY + k * k) / a0),
      (float) (2 * (k * k - 1) / a0),
      (float) ((1 - k / SHELF_QUALITY + k * k) / a0)
    };
  }

  private static float[] pass() {
    double k = Math.tan(Math.PI * PASS_HERTZ / RATE);
    double a0 = 1 + k / PASS_QUALITY + k * k;
    return new float[] {
      (float) (2 * (k * k - 1) / a0), (float) ((1 - k / PASS_QUALITY + k * k) / a0)
    };
  }
}
