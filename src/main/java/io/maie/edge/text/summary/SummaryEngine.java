package io.maie.edge.text.summary;

import io.maie.edge.progress.StageContext;
import io.maie.edge.progress.TaskStoppedException;
import io.maie.edge.text.model.ModelException;

/** Sums up transcripts. */
public interface SummaryEngine {

  /**
   * A summary that is valid against the schema of its template.
   *
   * @throws IncompleteSummaryException if the transcript does not hold what the schema asks for
   * @throws ModelException if a language model was needed and of no help
   */
  Summarized summarize(SummaryInput input, StageContext context)
      throws IncompleteSummaryException, ModelException, TaskStoppedException;
}
