package io.maie.edge.audio;

/**
 * How loud a recording is, and what was done about it.
 *
 * @param loudness of what is not pause, in LUFS (ITU-R BS.1770-4, one channel, with an absolute
 *     gate at -110), before the gain; very low for silence
 * @param gainDecibels that the whole recording got
 * @param clippedShare share of the samples at full scale, 0 to 1
 */
public record SoundLevel(double loudness, double gainDecibels, double clippedShare) {
  /** Below lies digital silence and its dither, in LUFS. */
  private static final double SILENT = -100;

  /** Whether there is anything but digital silence. */
  public boolean isAudible() {
    return loudness > SILENT;
  }
}
