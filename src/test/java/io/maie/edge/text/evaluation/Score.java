package io.maie.edge.text.evaluation;

import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Function;

/**
 * Figures of one summary, or means over several. All but {@code words} are 0 to 1; empty where the
 * references have nothing of the kind.
 */
record Score(
    double rougeL,
    OptionalDouble decisions,
    OptionalDouble actionItems,
    OptionalDouble completeActionItems,
    OptionalDouble dates,
    OptionalDouble decisionPrecision,
    OptionalDouble actionPrecision,
    int words) {

  static Score of(Summary summary, EvaluationText text) {
    Coverage coverage = new Coverage(summary, text.references());
    return new Score(
        RougeL.bestF1(summary.sentences(), text.references()),
        coverage.decisions(),
        coverage.actionItems(),
        coverage.completeActionItems(),
        coverage.dates(),
        coverage.decisionPrecision(),
        coverage.actionPrecision(),
        summary.words());
  }

  /** The mean of each figure over the scores that have it. */
  static Score mean(List<Score> scores) {
    return new Score(
        scores.stream().mapToDouble(Score::rougeL).average().orElseThrow(),
        mean(scores, Score::decisions),
        mean(scores, Score::actionItems),
        mean(scores, Score::completeActionItems),
        mean(scores, Score::dates),
        mean(scores, Score::decisionPrecision),
        mean(scores, Score::actionPrecision),
        (int) Math.round(scores.stream().mapToInt(Score::words).average().orElseThrow()));
  }

  private static OptionalDouble mean(List<Score> scores, Function<Score, OptionalDouble> figure) {
    return scores.stream().map(figure).flatMapToDouble(OptionalDouble::stream).average();
  }
}
