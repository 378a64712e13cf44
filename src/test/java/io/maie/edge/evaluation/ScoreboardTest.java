package io.maie.edge.evaluation;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ScoreboardTest {

  /** Counts by an independent program, which traces the alignment back from the end. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "six spoons of fresh snow peas | six spoons of fresh snow peas | 0 | 0 | 0 | 6",
        "Please call Stella, and ask her. | please tell stella ask her now | 1 | 1 | 1 | 6",
        "It was the best of times | was the the best time | 3 | 1 | 0 | 6",
        "one two three four | '' | 0 | 4 | 0 | 4",
        "'' | thank you | 0 | 0 | 2 | 0",
        "Mr. Smith's well-known dog | mister smith well known dogs | 2 | 0 | 0 | 5",
        "a b c d e | e d c b a | 4 | 0 | 0 | 5",
        "the old house stands on a hill | the the old house the stands on hill hill | 1 | 0 | 2 | 7"
      })
  void errorsOfPlantedPairsAreThoseOfAnIndependentProgram(
      String reference, String heard, long substitutions, long deletions, long insertions, long n) {
    EditCounts counts =
        EditCounts.between(
            NormalisedText.words(reference, "en"), NormalisedText.words(heard, "en"));

    assertThat(counts).isEqualTo(new EditCounts(substitutions, deletions, insertions, n));
  }

  @Test
  void recordingsAddUpByConditionAndByOrigin() {
    Scoreboard board = new Scoreboard();

    board.add(clip("read", "one two three four", false), "one two four", 2, 0.5);
    board.add(clip("read", "five six", false), "five six", 2, 0.5);
    board.add(clip("telephone", "seven", true), "eleven", 1, 1);

    assertThat(board.rows().keySet())
        .containsExactly(Scoreboard.ALL_DERIVED, Scoreboard.ALL_REAL, "read", "telephone");
    Score read = requireNonNull(board.rows().get("read"));
    assertThat(read).isEqualTo(board.rows().get(Scoreboard.ALL_REAL));
    assertThat(read.clips()).isEqualTo(2);
    assertThat(read.words()).isEqualTo(new EditCounts(0, 1, 0, 6));
    assertThat(read.words().rate()).isCloseTo(1 / 6.0, within(1e-12));
    assertThat(read.characters()).isEqualTo(new EditCounts(0, 6, 0, 26));
    assertThat(read.realTimeFactor()).isEqualTo(0.25);
    assertThat(requireNonNull(board.rows().get(Scoreboard.ALL_DERIVED)).words().rate())
        .isEqualTo(1);
  }

  private static ReferenceClip clip(String condition, String reference, boolean isDerived) {
    return new ReferenceClip("a.wav", "en", condition, reference, true, isDerived);
  }
}
