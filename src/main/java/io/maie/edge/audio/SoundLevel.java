package io.maie.edge.audio;

/**
 * Loudness of a recording, and the gain that it got.
 *
 * @param loudness of what is not pause, in LUFS (ITU-R BS.1770-4, one channel, with an absolute
 *     gate at -110), before the gain; very low for silence
 * @param curve by which the whole recording was raised or lowered
 * @param clippedShare share of the samples at full scale, 0 to 1
 */
public record SoundLevel(double loudness, LevelCurve curve, double clippedShare) {
  /** Below lies digital silence and its dither, in LUFS. */
  private static final double SILENT = -100;

  /** The gain that the whole recording got, but for stretches of very different level. */
  public double gainDecibels() {
    return curve.gainDecibels();
  }

  /** Returns whether there is anything but digital silence. */
  public boolean isAudible() {
    return loudness > SILENT;
  }
}
