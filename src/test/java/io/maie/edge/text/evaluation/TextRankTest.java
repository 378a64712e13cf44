package io.maie.edge.text.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

final class TextRankTest {

  /** Expected values: the linear equations of the paper's formula, solved with NumPy. */
  @Test
  void scoresSolveTheEquationsOfThePaper() {
    double[] scores =
        TextRank.scores(
            List.of(
                Words.of("the roof of the library leaks"),
                Words.of("the library roof will be repaired"),
                Words.of("the roof leaks"),
                Words.of("lunch was good"),
                Words.of("the library")));

    assertThat(scores)
        .containsExactly(new double[] {1.11709, 0.98792, 0.96928, 0.15, 0.92571}, within(0.001));
  }

  @Test
  void sentencesOfOneWordShareNoEdge() {
    assertThat(TextRank.scores(List.of(List.of("yes"), List.of("yes"))))
        .containsExactly(new double[] {0.15, 0.15}, within(0.001));
  }

  @Test
  void noSentencesHaveNoScores() {
    assertThat(TextRank.scores(List.of())).isEmpty();
  }
}
