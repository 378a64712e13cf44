package io.maie.edge.audio;

/**
 * How the level of a recording was changed, sample by sample: one gain and, where the recording
 * exceeds full scale with it, a logarithm above a knee, which rounds peaks off without cutting
 * them. Both can be undone, as closely as 16-bit samples allow.
 */
public final class LevelCurve {
  /** Nothing was changed. */
  public static final LevelCurve UNCHANGED = new LevelCurve(0, 1);

  /** Amplitudes above are rounded off where a recording exceeds full scale. */
  private static final float KNEE = 0.9f;

  private final double gainDecibels;
  private final float gain;

  /** The peak's distance from the knee as a logarithm; 0 = no sample exceeds full scale. */
  private final double range;

  /**
   * A curve.
   *
   * @param gainDecibels for every sample
   * @param peak largest amplitude before the gain
   */
  public LevelCurve(double gainDecibels, float peak) {
    this.gainDecibels = gainDecibels;
    this.gain = (float) Math.pow(10, gainDecibels / 20);
    float raised = peak * gain;
    this.range = raised > 1 ? Math.log1p((raised - KNEE) / (1 - KNEE)) : 0;
  }

  /** The gain. */
  public double gainDecibels() {
    return gainDecibels;
  }

  /** The changed sample; within [-1, 1] up to the peak. */
  public float apply(float sample) {
    float raised = sample * gain;
    float amplitude = Math.abs(raised);
    if (range == 0 || amplitude <= KNEE) {
      return raised;
    }
    double over = Math.log1p((amplitude - KNEE) / (1 - KNEE)) / range;
    return Math.copySign(KNEE + (1 - KNEE) * (float) over, raised);
  }

  /** The sample that {@link #apply} made {@code sample} of. */
  public float undo(float sample) {
    float amplitude = Math.abs(sample);
    if (range == 0 || amplitude <= KNEE) {
      return sample / gain;
    }
    double over = Math.expm1((amplitude - KNEE) / (1 - KNEE) * range);
    return Math.copySign(KNEE + (1 - KNEE) * (float) over, sample) / gain;
  }

  /** Returns whether samples pass as they are. */
  boolean isUnchanged() {
    return gainDecibels == 0 && range == 0;
  }
}
