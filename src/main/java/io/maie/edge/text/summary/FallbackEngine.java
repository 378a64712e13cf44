package io.maie.edge.text.summary;

import static java.util.Objects.requireNonNull;

import io.maie.edge.progress.StageContext;
import io.maie.edge.progress.TaskStoppedException;
import io.maie.edge.text.model.ModelException;
import java.util.ArrayList;
import java.util.List;

/** Sums up with a language model, and by rules where that is of no help. */
public final class FallbackEngine implements SummaryEngine {
  private final SummaryEngine first;
  private final SummaryEngine rules;

  public FallbackEngine(SummaryEngine first, SummaryEngine rules) {
    this.first = requireNonNull(first, "first is null");
    this.rules = requireNonNull(rules, "rules is null");
  }

  @Override
  public Summarized summarize(SummaryInput input, StageContext context)
      throws IncompleteSummaryException, ModelException, TaskStoppedException {
    try {
      return first.summarize(input, context);
    } catch (ModelException e) {
      Summarized made = rules.summarize(input, context);
      List<String> remarks = new ArrayList<>(made.remarks());
      remarks.add("Rules made the summary: " + e.getMessage());
      return new Summarized(made.summary(), remarks);
    }
  }
}
