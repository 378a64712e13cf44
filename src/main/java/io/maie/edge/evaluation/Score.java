package io.maie.edge.evaluation;

/**
 * Score of the hypotheses for some recordings.
 *
 * @param audioSeconds their length
 * @param processingSeconds the time that the whole program took for them
 */
public record Score(
    int clips,
    EditCounts words,
    EditCounts characters,
    double audioSeconds,
    double processingSeconds) {

  /** These recordings and those of {@code other}. */
  Score plus(Score other) {
    return new Score(
        clips + other.clips,
        words.plus(other.words),
        characters.plus(other.characters),
        audioSeconds + other.audioSeconds,
        processingSeconds + other.processingSeconds);
  }

  /** Processing time divided by audio duration; 0 without audio. */
  public double realTimeFactor() {
    return audioSeconds == 0 ? 0 : processingSeconds / audioSeconds;
  }
}
