package io.maie.edge.diarization;

/**
 * How many speakers a recording has, as far as somebody knows.
 *
 * @param min 1 or more
 * @param max at least {@code min}, at most {@value #MOST}
 */
public record SpeakerCount(int min, int max) {

  /** More speakers than this are never told apart. */
  public static final int MOST = 20;

  /** Nobody knows. */
  public static final SpeakerCount ANY = new SpeakerCount(1, MOST);

  public SpeakerCount {
    if (min < 1 || max < min || max > MOST) {
      throw new IllegalArgumentException(
          "expected 1 <= min <= max <= %d, found %d and %d".formatted(MOST, min, max));
    }
  }
}
