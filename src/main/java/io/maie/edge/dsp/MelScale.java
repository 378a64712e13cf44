package io.maie.edge.dsp;

/** Scales of pitch. */
public enum MelScale {
  /** Linear to 1000 Hz, logarithmic above (Slaney's Auditory Toolbox). */
  SLANEY {
    @Override
    public double fromHertz(double hertz) {
      return hertz < BREAK_HZ
          ? hertz / HZ_PER_MEL
          : BREAK_MEL + Math.log(hertz / BREAK_HZ) / LOG_STEP;
    }

    @Override
    public double toHertz(double mel) {
      return mel < BREAK_MEL ? mel * HZ_PER_MEL : BREAK_HZ * Math.exp((mel - BREAK_MEL) * LOG_STEP);
    }
  },
  /** 1127 ln(1 + f / 700), in HTK and Kaldi. */
  HTK {
    @Override
    public double fromHertz(double hertz) {
      return HTK_FACTOR * Math.log1p(hertz / HTK_CORNER_HZ);
    }

    @Override
    public double toHertz(double mel) {
      return HTK_CORNER_HZ * Math.expm1(mel / HTK_FACTOR);
    }
  };

  private static final double HZ_PER_MEL = 200.0 / 3;
  private static final double BREAK_HZ = 1000;
  private static final double BREAK_MEL = BREAK_HZ / HZ_PER_MEL;

  /** 27 steps from 1000 Hz to 6400 Hz. */
  private static final double LOG_STEP = Math.log(6.4) / 27;

  /** 2595 / ln 10 is 1126.99; Kaldi rounds it so. */
  private static final double HTK_FACTOR = 1127;

  private static final double HTK_CORNER_HZ = 700;

  public abstract double fromHertz(double hertz);

  public abstract double toHertz(double mel);
}
