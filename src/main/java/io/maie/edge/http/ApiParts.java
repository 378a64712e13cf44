package io.maie.edge.http;

import static java.util.Objects.requireNonNull;

import io.maie.edge.task.ApiTasks;
import io.maie.edge.task.StoredResults;
import io.maie.edge.time.Ticker;

/**
 * What the API works with.
 *
 * @param tasks those that were sent to the API and have not ended
 * @param stored what became of tasks, whichever way their recordings came
 */
public record ApiParts(ApiTasks tasks, StoredResults stored, Processing processing, Ticker ticker) {
  public ApiParts {
    requireNonNull(tasks, "tasks is null");
    requireNonNull(stored, "stored is null");
    requireNonNull(processing, "processing is null");
    requireNonNull(ticker, "ticker is null");
  }
}
