package io.maie.edge.app;

import static java.util.Objects.requireNonNull;

import io.maie.edge.progress.StageContext;
import io.maie.edge.progress.TaskStoppedException;
import io.maie.edge.text.model.ModelException;
import io.maie.edge.text.summary.IncompleteSummaryException;
import io.maie.edge.text.summary.ModelEngine;
import io.maie.edge.text.summary.Summarized;
import io.maie.edge.text.summary.SummaryEngine;
import io.maie.edge.text.summary.SummaryInput;

/** Sums up with the language model of this machine. */
final class LocalSummaries implements SummaryEngine {
  private final LocalLanguageModel local;

  LocalSummaries(LocalLanguageModel local) {
    this.local = requireNonNull(local, "local is null");
  }

  @Override
  public Summarized summarize(SummaryInput input, StageContext context)
      throws IncompleteSummaryException, ModelException, TaskStoppedException {
    return local.<Summarized, IncompleteSummaryException>use(
        model -> new ModelEngine(model).summarize(input, context));
  }
}
