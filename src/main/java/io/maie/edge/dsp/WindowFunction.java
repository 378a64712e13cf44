package io.maie.edge.dsp;

/** Shapes by which a frame is weighted before its transform. */
public enum WindowFunction {
  RECTANGULAR {
    @Override
    double at(int i, int length) {
      return 1;
    }
  },
  /** Zero at both ends; what filter design books draw. */
  HANN_SYMMETRIC {
    @Override
    double at(int i, int length) {
      return 0.5 - 0.5 * cosine(i, length - 1);
    }
  },
  /** One period of a cosine; the first sample of the next window would be zero. */
  HANN_PERIODIC {
    @Override
    double at(int i, int length) {
      return 0.5 - 0.5 * cosine(i, length);
    }
  },
  HAMMING_SYMMETRIC {
    @Override
    double at(int i, int length) {
      return 0.54 - 0.46 * cosine(i, length - 1);
    }
  },
  /** Kaldi's default: a symmetric Hann window to the power of 0.85. */
  POVEY {
    @Override
    double at(int i, int length) {
      return Math.pow(HANN_SYMMETRIC.at(i, length), 0.85);
    }
  };

  /**
   * The weights, shape (length), in [0, 1].
   *
   * @param length 2 or more
   */
  public double[] weights(int length) {
    if (length < 2) {
      throw new IllegalArgumentException("expected a window of 2 samples or more, found " + length);
    }
    double[] weights = new double[length];
    for (int i = 0; i < length; i++) {
      weights[i] = at(i, length);
    }
    return weights;
  }

  abstract double at(int i, int length);

  private static double cosine(int i, int period) {
    return Math.cos(2 * Math.PI * i / period);
  }
}
