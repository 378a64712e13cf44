package io.maie.edge.audio;

/**
 * Change of the level of a recording, sample by sample: one gain, further gains of stretches whose
 * level is far from that of the others and, where the recording exceeds full scale with them, a
 * logarithm above a knee, which rounds peaks off without cutting them. All of it can be undone, as
 * closely as 16-bit samples allow.
 */
public final class LevelCurve {
  /** Nothing was changed. */
  public static final LevelCurve UNCHANGED = new LevelCurve(0, 1);

  /** Amplitudes above are rounded off where a recording exceeds full scale. */
  private static final float KNEE = 0.9f;

  private static final int BLOCK_SAMPLES = ChannelLevels.BLOCK_SAMPLES;

  /** Factors for gains of -128 to 127 dB. */
  private static final float[] FACTORS = factors();

  private final double gainDecibels;
  private final float gain;

  /** The peak's distance from the knee as a logarithm; 0 = no sample exceeds full scale. */
  private final double range;

  /** Further gain of each block, in dB; empty if there is none. */
  private final byte[] further;

  /**
   * A curve with one gain.
   *
   * @param gainDecibels for every sample
   * @param peak largest amplitude before the gain
   */
  public LevelCurve(double gainDecibels, float peak) {
    this(gainDecibels, peak, new byte[0]);
  }

  /**
   * A curve with further gains.
   *
   * @param gainDecibels for every sample
   * @param peak largest amplitude before the gain
   * @param further gain at the beginning of each block of {@link ChannelLevels#BLOCK_SAMPLES}
   *     samples, in dB; it glides to that of the next block, and there is none behind the last
   */
  public LevelCurve(double gainDecibels, float peak, byte[] further) {
    this.gainDecibels = gainDecibels;
    this.gain = (float) Math.pow(10, gainDecibels / 20);
    float raised = peak * gain;
    this.range = raised > 1 ? Math.log1p((raised - KNEE) / (1 - KNEE)) : 0;
    this.further = further.clone();
  }

  private static float[] factors() {
    float[] factors = new float[256];
    for (int i = 0; i < factors.length; i++) {
      factors[i] = (float) Math.pow(10, (i + Byte.MIN_VALUE) / 20.0);
    }
    return factors;
  }

  /** The gain of all stretches but those with further gains. */
  public double gainDecibels() {
    return gainDecibels;
  }

  /** The gain of the stretch that was raised least or lowered most. */
  public double leastGainDecibels() {
    int least = 0;
    for (byte each : further) {
      least = Math.min(least, each);
    }
    return gainDecibels + least;
  }

  /** The gain of the stretch that was raised most. */
  public double mostGainDecibels() {
    int most = 0;
    for (byte each : further) {
      most = Math.max(most, each);
    }
    return gainDecibels + most;
  }

  /** Returns whether all stretches got the same gain. */
  public boolean isSteady() {
    return further.length == 0;
  }

  /**
   * The changed sample; within [-1, 1] up to the peak.
   *
   * @param position of the sample in the recording
   */
  public float apply(float sample, long position) {
    float raised = sample * factor(position);
    float amplitude = Math.abs(raised);
    if (range == 0 || amplitude <= KNEE) {
      return raised;
    }
    double over = Math.log1p((amplitude - KNEE) / (1 - KNEE)) / range;
    return Math.copySign(KNEE + (1 - KNEE) * (float) over, raised);
  }

  /** The sample that {@link #apply} made {@code sample} of. */
  public float undo(float sample, long position) {
    float factor = factor(position);
    float amplitude = Math.abs(sample);
    if (range == 0 || amplitude <= KNEE) {
      return sample / factor;
    }
    double over = Math.expm1((amplitude - KNEE) / (1 - KNEE) * range);
    return Math.copySign(KNEE + (1 - KNEE) * (float) over, sample) / factor;
  }

  private float factor(long position) {
    if (further.length == 0) {
      return gain;
    }
    int block = (int) (position / BLOCK_SAMPLES);
    float here = factorOf(block);
    float share = (position % BLOCK_SAMPLES) / (float) BLOCK_SAMPLES;
    return gain * (here + (factorOf(block + 1) - here) * share);
  }

  private float factorOf(int block) {
    return block < further.length ? FACTORS[further[block] - Byte.MIN_VALUE] : 1;
  }

  /** Returns whether samples pass as they are. */
  public boolean isUnchanged() {
    return gainDecibels == 0 && range == 0 && further.length == 0;
  }
}
