package io.maie.edge.testing;

import io.maie.edge.failure.ProcessingException;
import io.maie.edge.progress.StageContext;
import io.maie.edge.progress.TaskStoppedException;
import java.io.IOException;

/** Action of a scripted engine before it answers: fail, wait at a gate, report progress. */
@FunctionalInterface
public interface StageHook {

  void run(StageContext context) throws ProcessingException, TaskStoppedException, IOException;

  /** Nothing. */
  static StageHook none() {
    return context -> {};
  }
}
