package io.maie.edge.task;

import io.maie.edge.durable.Sha256;
import io.maie.edge.failure.FailureCode;
import io.maie.edge.failure.ProcessingException;
import io.maie.edge.task.Attempt.End;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Counts the crashes of a task that speak against its recording. A crash further on than the one
 * before shows that the earlier place can be passed, so the count begins again. A crash while the
 * program itself did not work on the content of the recording says as little as a power cut.
 *
 * @param atSamePlace crashes of the program in a row, in one step of a stage and behind one
 *     checkpoint
 * @param atWork the number of these in which the program worked on the content of the recording
 * @param withoutProgress crashes of the program and of the machine in a row, behind one checkpoint
 * @param forMemory the number of these that the system ended because memory ran out
 * @param stage label of the stage of the last one; {@code start} before the first
 * @param step of the stage, if the engine had named one
 */
record CrashCount(
    int atSamePlace,
    int atWork,
    int withoutProgress,
    int forMemory,
    String stage,
    Optional<String> step) {
  private static final String START = "start";

  static CrashCount of(TaskFacts task) {
    List<Attempt.Ended> crashes = new ArrayList<>();
    for (Attempt.Ended attempt : task.endedAttempts()) {
      if (attempt.how().isCrash() || attempt.how() == End.POWER_LOST) {
        crashes.add(0, attempt);
      }
    }
    if (crashes.isEmpty()) {
      return new CrashCount(0, 0, 0, 0, START, Optional.empty());
    }
    Attempt.Ended last = crashes.get(0);
    int same = 0;
    int atWork = 0;
    int stuck = 0;
    int memory = 0;
    boolean isSameStep = true;
    for (Attempt.Ended crash : crashes) {
      if (crash.checkpointBytes() != last.checkpointBytes()) {
        break;
      }
      stuck++;
      isSameStep &= crash.isInStepOf(last);
      boolean isSame = isSameStep && crash.how().isCrash();
      same += isSame ? 1 : 0;
      atWork += isSame && crash.isOfContent() ? 1 : 0;
      memory += crash.how() == End.OUT_OF_MEMORY ? 1 : 0;
    }
    return new CrashCount(same, atWork, stuck, memory, last.stage().orElse(START), last.step());
  }

  /** The failure if the recording must not be tried again. */
  Optional<TaskFailure> failure(Path recording, TaskLimits limits) throws IOException {
    if (atWork < limits.crashes() && withoutProgress < limits.powerCuts()) {
      return Optional.empty();
    }
    String message =
        "The program or the machine went down "
            + withoutProgress
            + " times in a row without progress, at last "
            + atSamePlace
            + " times in stage '"
            + stage
            + "'"
            + step.map(named -> ", at '" + named + "'").orElse("");
    ProcessingException failure =
        forMemory == 0
            ? new ProcessingException(FailureCode.POISON_FILE, message)
            : new ProcessingException(
                FailureCode.POISON_FILE,
                message + "; the system ended it " + forMemory + " times because memory ran out",
                "Give the program more memory, a smaller model (asr.model) or the profile"
                    + " edge_small, and try the recording again");
    return Optional.of(
        TaskFailure.of(failure.withDetail("sha256", Sha256.ofRegular(recording)), stage));
  }
}
