package io.maie.edge.asr.hallucination;

import io.maie.edge.audio.Waveform;
import io.maie.edge.transcript.Segment;
import io.maie.edge.transcript.Word;

/**
 * Tells text that nobody had the time to say. A model that invents a sentence looks nowhere while
 * it writes, so that its words get no stretch of the sound each. Function words of real speech have
 * no time now and then, but hardly ever side by side. stable-ts removes segments by the same share
 * of words ({@code max_instant_words}).
 */
final class InstantWords {
  /** The shortest time that word times tell, one frame of a model: 20 ms. */
  private static final long NO_TIME = Waveform.SAMPLE_RATE / 50;

  private static final double LEAST_SHARE = 0.5;
  private static final int LEAST_ROW = 4;

  private InstantWords() {}

  /**
   * Returns whether half of the words take no time, and four in a row. Says so only of models that
   * score what they write: others write what they hear, and mark words by single frames.
   */
  static boolean areMostOf(Segment segment) {
    if (segment.scores() == null) {
      return false;
    }
    int instant = 0;
    int row = 0;
    int longestRow = 0;
    for (Word word : segment.words()) {
      boolean isInstant = !word.estimated() && word.span().length() <= NO_TIME;
      row = isInstant ? row + 1 : 0;
      instant += isInstant ? 1 : 0;
      longestRow = Math.max(longestRow, row);
    }
    return longestRow >= LEAST_ROW && instant >= LEAST_SHARE * segment.words().size();
  }
}
