package io.maie.edge.text.evaluation;

import java.util.List;
import java.util.OptionalDouble;

/**
 * Figures of one summary, or means over several. All but {@code words} are 0 to 1.
 *
 * @param rougeL of as many sentences as an average reference has
 * @param rougeLAtWords of as many words as the sentences of the summariser have
 * @param told shares that any statement of the output tells: "does the report tell me this?"
 * @param passages shares that neighbouring statements of the output tell together
 * @param listed shares that stand in the right list: "is it under its heading?"
 * @param decisionPrecision share of the listed decisions that are right; empty if there are none
 * @param actionPrecision share of the listed action items that are right; empty if there are none
 * @param words of the whole output
 */
record Score(
    double rougeL,
    double rougeLAtWords,
    Shares told,
    Shares passages,
    Shares listed,
    OptionalDouble decisionPrecision,
    OptionalDouble actionPrecision,
    int words) {

  /** The figures of a summariser, whose sentences have as many words as they have. */
  static Score of(Summary summary, EvaluationText text) {
    return of(summary, summary.sentences(), text);
  }

  /** The figures of a baseline that says as much. */
  static Score of(Baseline baseline, Length length, EvaluationText text) {
    return of(
        baseline.summarize(text.utterances(), text.summarySentences(), length.words()),
        baseline.sentences(text.utterances(), length.summaryWords()),
        text);
  }

  private static Score of(Summary summary, List<String> sameWords, EvaluationText text) {
    Coverage listed = new Coverage(summary, text.references());
    return new Score(
        RougeL.bestF1(summary.sentences(), text.references()),
        RougeL.bestF1(sameWords, text.references()),
        Shares.of(new Coverage(Passages.single(summary), text.references())),
        Shares.of(new Coverage(Passages.joined(summary), text.references())),
        Shares.of(listed),
        listed.decisionPrecision(),
        listed.actionPrecision(),
        summary.words());
  }

  /** The mean of each figure over the scores that have it. */
  static Score mean(List<Score> scores) {
    return new Score(
        scores.stream().mapToDouble(Score::rougeL).average().orElseThrow(),
        scores.stream().mapToDouble(Score::rougeLAtWords).average().orElseThrow(),
        Shares.mean(scores.stream().map(Score::told).toList()),
        Shares.mean(scores.stream().map(Score::passages).toList()),
        Shares.mean(scores.stream().map(Score::listed).toList()),
        Shares.mean(scores, Score::decisionPrecision),
        Shares.mean(scores, Score::actionPrecision),
        (int) Math.round(scores.stream().mapToInt(Score::words).average().orElseThrow()));
  }
}
