package io.maie.edge.audio.decode;

/**
 * Takes from all channels of a recording what cheap sound cards and broken inputs add to every
 * sample: it is no sound, but leaves a faint voice no room to be raised. An offset may drift within
 * seconds. Samples of a recording without one stay as they are.
 */
final class ConstantOffset {
  /** Smaller offsets are left. */
  private static final float HARMLESS = 0.01f;

  /** Means beyond come from damaged data. */
  private static final float LARGEST = 1;

  /** Share of the newest block in the estimate, which follows a change within 1 to 2 s. */
  private static final float NEWEST = 0.1f;

  private final float[] estimates;
  private final float[] removed;
  private boolean isBegun;

  ConstantOffset(int channels) {
    this.estimates = new float[channels];
    this.removed = new float[channels];
  }

  /**
   * Changes the first {@code count} samples of each channel of the next block, where they need it.
   *
   * @return whether any did
   */
  boolean remove(float[][] block, int count) {
    boolean isChanged = false;
    for (int c = 0; c < estimates.length; c++) {
      float mean = mean(block[c], count);
      if (Math.abs(mean) <= LARGEST) {
        estimates[c] += (mean - estimates[c]) * (isBegun ? NEWEST : 1);
      }
      float target = target(estimates[c]);
      float before = isBegun ? removed[c] : target;
      if (target != 0 || before != 0) {
        glide(block[c], count, before, target);
        isChanged = true;
      }
      removed[c] = target;
    }
    isBegun = true;
    return isChanged;
  }

  /** Nothing of a harmless offset, all of twice as much, and no step between. */
  private static float target(float offset) {
    float size = Math.abs(offset);
    return Math.copySign(Math.max(0, Math.min(size, 2 * (size - HARMLESS))), offset);
  }

  /** Sums side by side, since no addition waits for the one before then. */
  private static float mean(float[] samples, int count) {
    float one = 0;
    float two = 0;
    float three = 0;
    float four = 0;
    int at = 0;
    for (; at + 4 <= count; at += 4) {
      one += samples[at];
      two += samples[at + 1];
      three += samples[at + 2];
      four += samples[at + 3];
    }
    for (; at < count; at++) {
      one += samples[at];
    }
    return (one + two + three + four) / count;
  }

  /** Subtracts a line from one offset to the next. */
  private static void glide(float[] samples, int count, float from, float to) {
    float step = (to - from) / count;
    for (int i = 0; i < count; i++) {
      samples[i] -= from + step * i;
    }
  }
}
