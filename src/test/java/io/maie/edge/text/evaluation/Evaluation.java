package io.maie.edge.text.evaluation;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * Compares a summariser with the baselines.
 *
 * <p>The summary itself has as many sentences as an average reference. Decisions, action items and
 * dates are compared at equal length: a baseline may offer as many words as the whole output of the
 * summariser has, so that a summariser gains nothing by listing everything.
 */
final class Evaluation {
  private static final String ROW = "%-22s %-16s %8s %10s %8s %9s %8s %8s %8s %6s%n";
  private static final int WORDS_WITHOUT_SUMMARIZER = 300;

  private final @Nullable Summarizer summarizer;

  /** Scores; of the baselines alone if {@code summarizer} is null. */
  Evaluation(@Nullable Summarizer summarizer) {
    this.summarizer = summarizer;
  }

  /** The table for a set: a row for each text and summariser, and the means. */
  String table(List<EvaluationText> texts) {
    Map<String, List<Score>> scores = new LinkedHashMap<>();
    StringBuilder table = new StringBuilder(header());
    for (EvaluationText text : texts) {
      scoresOf(text)
          .forEach(
              (name, score) -> {
                table.append(row(text.id(), name, score));
                scores.computeIfAbsent(name, key -> new ArrayList<>()).add(score);
              });
    }
    scores.forEach((name, all) -> table.append(row("mean", name, Score.mean(all))));
    return table.toString();
  }

  private Map<String, Score> scoresOf(EvaluationText text) {
    Map<String, Score> scores = new LinkedHashMap<>();
    int sentences = text.summarySentences();
    int words = WORDS_WITHOUT_SUMMARIZER;
    if (summarizer != null) {
      Summary summary = summarizer.summarize(text.language(), text.utterances(), sentences);
      words = summary.words();
      scores.put(summarizer.name(), Score.of(summary, text));
    }
    for (Baseline baseline : Baseline.values()) {
      Summary summary = baseline.summarize(text.utterances(), sentences, words);
      scores.put(baseline.title(), Score.of(summary, text));
    }
    return scores;
  }

  private static String header() {
    return String.format(
        Locale.ROOT,
        ROW,
        "text",
        "summariser",
        "ROUGE-L",
        "decisions",
        "actions",
        "complete",
        "dates",
        "prec.dec",
        "prec.act",
        "words");
  }

  private static String row(String text, String name, Score score) {
    return String.format(
        Locale.ROOT,
        ROW,
        text,
        name,
        percent(OptionalDouble.of(score.rougeL())),
        percent(score.decisions()),
        percent(score.actionItems()),
        percent(score.completeActionItems()),
        percent(score.dates()),
        percent(score.decisionPrecision()),
        percent(score.actionPrecision()),
        score.words());
  }

  private static String percent(OptionalDouble share) {
    return share.isPresent()
        ? String.format(Locale.ROOT, "%.1f %%", 100 * share.getAsDouble())
        : "-";
  }
}
