package io.maie.edge.http;

import static java.util.Objects.requireNonNull;

import io.maie.edge.task.ApiTasks;
import io.maie.edge.task.KeptRecordings;
import io.maie.edge.task.Retries;
import io.maie.edge.task.StoredResult;
import io.maie.edge.task.StoredResults;
import io.maie.edge.task.Task;
import io.maie.edge.time.Ticker;
import java.io.IOException;
import java.util.Optional;

/**
 * Parts that the API works with.
 *
 * @param tasks those that were sent to the API and have not ended
 * @param stored what became of tasks, whichever way their recordings came
 */
public record ApiParts(
    ApiTasks tasks,
    StoredResults stored,
    KeptRecordings recordings,
    Retries retries,
    Processing processing,
    Catalogue catalogue,
    Ticker ticker) {
  public ApiParts {
    requireNonNull(tasks, "tasks is null");
    requireNonNull(stored, "stored is null");
    requireNonNull(recordings, "recordings is null");
    requireNonNull(retries, "retries is null");
    requireNonNull(processing, "processing is null");
    requireNonNull(catalogue, "catalogue is null");
    requireNonNull(ticker, "ticker is null");
  }

  /**
   * A task, whether it has ended or not.
   *
   * @throws ProblemException 404 if it is not known
   */
  Task task(String id) throws ProblemException, IOException {
    Optional<Task> open = tasks.find(id);
    Optional<Task> task = open.isPresent() ? open : stored.find(id).map(StoredResult::task);
    return task.orElseThrow(() -> ProblemException.unknownTask(id));
  }
}
