package io.maie.edge.text.evaluation;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Compares a summariser with the baselines.
 *
 * <p>The summary itself has as many sentences as an average reference. As sentences differ in
 * length, ROUGE-L is also told of baselines whose summary has about as many words.
 *
 * <p>Decisions, action items and dates are compared at equal length: a baseline may offer as many
 * words as the whole output of the summariser has, so that a summariser gains nothing by listing
 * everything. They are measured in three ways, which answer different questions:
 *
 * <ul>
 *   <li>"told": does a statement of the output tell this, wherever it stands? All summarisers are
 *       read in the same way. A statement is what the summariser gives as one: a baseline gives
 *       sentences, others may join what belongs together.
 *   <li>"read": do neighbouring statements tell this together ({@link Passages})? This takes away
 *       the advantage of joining, and finds things by chance where many sentences stand beside each
 *       other.
 *   <li>"list": does it stand under its heading? Only the listed decisions of a summariser count as
 *       decisions, while each sentence of a baseline, which has no headings, counts as a decision,
 *       as a task and as a date. So this compares unlike things, to the summariser's disadvantage.
 *       The precision beside it says how much of what stands under a heading belongs there.
 * </ul>
 */
final class Evaluation {
  private static final String ROW =
      "%-20s %-15s %7s %8s | %7s %7s %7s %7s | %7s %7s %7s %7s | %7s %7s %7s %7s | %8s %8s | %5s%n";
  private static final Length WITHOUT_SUMMARIZER = new Length(300, 100);

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
    Length length = WITHOUT_SUMMARIZER;
    if (summarizer != null) {
      Summary summary =
          summarizer.summarize(text.language(), text.utterances(), text.summarySentences());
      length = Length.of(summary);
      scores.put(summarizer.name(), Score.of(summary, text));
    }
    for (Baseline baseline : Baseline.values()) {
      scores.put(baseline.title(), Score.of(baseline, length, text));
    }
    return scores;
  }

  private static String header() {
    List<String> shares = List.of("deci", "acti", "comp", "date");
    List<String> cells = new ArrayList<>(List.of("text", "summariser", "ROUGE-L", "at words"));
    for (String way : List.of("told", "read", "list")) {
      shares.forEach(share -> cells.add(share + "." + way.substring(0, 2)));
    }
    cells.addAll(List.of("dec.prec", "act.prec", "words"));
    return String.format(Locale.ROOT, ROW, cells.toArray());
  }

  private static String row(String text, String name, Score score) {
    List<String> cells = new ArrayList<>(List.of(text, name));
    Stream.of(
            Stream.of(score.rougeL(), score.rougeLAtWords()).map(OptionalDouble::of),
            score.told().inOrder().stream(),
            score.passages().inOrder().stream(),
            score.listed().inOrder().stream(),
            Stream.of(score.decisionPrecision(), score.actionPrecision()))
        .flatMap(figures -> figures)
        .map(Evaluation::percent)
        .forEach(cells::add);
    cells.add(String.valueOf(score.words()));
    return String.format(Locale.ROOT, ROW, cells.toArray());
  }

  private static String percent(OptionalDouble share) {
    return share.isPresent() ? String.format(Locale.ROOT, "%.1f", 100 * share.getAsDouble()) : "-";
  }
}
