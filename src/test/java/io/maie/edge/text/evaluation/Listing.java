package io.maie.edge.text.evaluation;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Decisions and action items of summaries, to be read by eye beside the references. */
final class Listing {
  private final Summarizer summarizer;

  Listing(Summarizer summarizer) {
    this.summarizer = summarizer;
  }

  /** A line for each statement found, and one for each of the references that is not covered. */
  String of(List<EvaluationText> texts) {
    List<String> lines = new ArrayList<>();
    for (EvaluationText text : texts) {
      Summary summary =
          summarizer.summarize(text.language(), text.utterances(), text.summarySentences());
      lines.add("== " + text.id());
      lines.add("decisions");
      for (String found : summary.decisions()) {
        boolean isRight = Coverage.isAny(found, text.references(), Reference::decisions);
        lines.add((isRight ? "  + " : "  - ") + found);
      }
      text.references().stream()
          .flatMap(reference -> reference.decisions().stream())
          .filter(wanted -> summary.decisions().stream().noneMatch(f -> Coverage.says(f, wanted)))
          .forEach(wanted -> lines.add("  missed: " + wanted));
      lines.add("action items");
      for (ActionItem found : summary.actionItems()) {
        boolean isRight = Coverage.isAny(found.task(), text.references(), Coverage::tasks);
        lines.add((isRight ? "  + " : "  - ") + found);
      }
      Function<ActionItem, Boolean> isFound =
          wanted -> summary.actionItems().stream().anyMatch(f -> Coverage.isComplete(f, wanted));
      text.references().stream()
          .flatMap(reference -> reference.actionItems().stream())
          .filter(wanted -> !isFound.apply(wanted))
          .forEach(
              wanted -> {
                boolean isTask =
                    summary.actionItems().stream()
                        .anyMatch(f -> Coverage.says(f.task(), wanted.task()));
                lines.add((isTask ? "  incomplete: " : "  missed: ") + wanted);
              });
      lines.add("dates " + summary.dates());
      text.references().stream()
          .flatMap(reference -> reference.dates().stream())
          .filter(wanted -> summary.dates().stream().noneMatch(f -> Coverage.hasOneOf(f, wanted)))
          .forEach(wanted -> lines.add("  missed: " + wanted));
    }
    return String.join("\n", lines) + "\n";
  }
}
