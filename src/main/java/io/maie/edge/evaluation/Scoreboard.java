package io.maie.edge.evaluation;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Adds up scores by condition, and over all real and all derived recordings. Single-threaded. */
public final class Scoreboard {
  /** The row of all recordings that are not derived. */
  public static final String ALL_REAL = "ALL REAL";

  /** The row of all derived recordings. */
  public static final String ALL_DERIVED = "ALL DERIVED";

  private final SortedMap<String, Score> rows = new TreeMap<>();

  /**
   * Adds what was heard of {@code clip}.
   *
   * @param heard the transcript
   */
  public void add(ReferenceClip clip, String heard, double audioSeconds, double processingSeconds) {
    List<String> said = NormalisedText.words(clip.reference(), clip.language());
    List<String> found = NormalisedText.words(heard, clip.language());
    Score score =
        new Score(
            1,
            EditCounts.between(said, found),
            EditCounts.between(NormalisedText.characters(said), NormalisedText.characters(found)),
            audioSeconds,
            processingSeconds);
    rows.merge(clip.condition(), score, Score::plus);
    rows.merge(clip.isDerived() ? ALL_DERIVED : ALL_REAL, score, Score::plus);
  }

  /** The scores by condition, in order of name. */
  public SortedMap<String, Score> rows() {
    return Collections.unmodifiableSortedMap(rows);
  }
}
