package io.maie.edge.diarization;

import org.jspecify.annotations.Nullable;

/**
 * Number of speakers of a recording, as far as somebody knows.
 *
 * @param min 1 or more
 * @param max at least {@code min}, at most {@value #MOST}
 */
public record SpeakerCount(int min, int max) {

  /** More speakers than this are never told apart. */
  public static final int MOST = 20;

  /** Nobody knows. */
  public static final SpeakerCount ANY = new SpeakerCount(1, MOST);

  /**
   * Range that a sender gives; a number above {@value #MOST} counts as {@value #MOST}.
   *
   * @param exact null = not known; else the others do not count
   * @param least null = 1
   * @param most null = any number
   */
  public static SpeakerCount of(
      @Nullable Integer exact, @Nullable Integer least, @Nullable Integer most) {
    if (exact != null) {
      int count = Math.min(exact, MOST);
      return new SpeakerCount(count, count);
    }
    return new SpeakerCount(
        least == null ? 1 : Math.min(least, MOST), most == null ? MOST : Math.min(most, MOST));
  }

  public SpeakerCount {
    if (min < 1 || max < min || max > MOST) {
      throw new IllegalArgumentException(
          "expected 1 <= min <= max <= %d, found %d and %d".formatted(MOST, min, max));
    }
  }
}
