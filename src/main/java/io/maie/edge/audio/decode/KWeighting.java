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

  private float s1;
  private float s2;
  private float p1;
  private float p2;

  /** Weights {@code count} samples of {@code in} into {@code out}; goes on where it stopped. */
  void weight(float[] in, float[] out, int count) {
    // the compiler keeps locals in registers, and neither fields nor elements of arrays
    float b0 = SHELF[0];
    float b1 = SHELF[1];
    float b2 = SHELF[2];
    float a1 = SHELF[3];
    float a2 = SHELF[4];
    float c1 = PASS[0];
    float c2 = PASS[1];
    float shelf1 = s1;
    float shelf2 = s2;
    float pass1 = p1;
    float pass2 = p2;
    for (int i = 0; i < count; i++) {
      float x = in[i];
      float y = b0 * x + shelf1;
      shelf1 = b1 * x - a1 * y + shelf2;
      shelf2 = b2 * x - a2 * y;
      float z = y + pass1;
      pass1 = -2 * y - c1 * z + pass2;
      pass2 = y - c2 * z;
      out[i] = z;
    }
    // digital silence behind sound decays into numbers that are slow to compute with
    float rest = Math.abs(shelf1) + Math.abs(shelf2) + Math.abs(pass1) + Math.abs(pass2);
    boolean isOver = rest < 1e-20f;
    s1 = isOver ? 0 : shelf1;
    s2 = isOver ? 0 : shelf2;
    p1 = isOver ? 0 : pass1;
    p2 = isOver ? 0 : pass2;
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
