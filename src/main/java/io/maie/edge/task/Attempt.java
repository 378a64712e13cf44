package io.maie.edge.task;

import static java.util.Objects.requireNonNull;

import io.maie.edge.failure.FailureCode;
import io.maie.edge.progress.Stage;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * One try to process a recording. It is written down before the engines start, so that a crash of
 * the whole process leaves it open.
 */
public sealed interface Attempt {

  Start start();

  /**
   * The facts that an attempt has from its beginning.
   *
   * @param bootId the start of the machine that it belongs to
   * @param pid the process that it belongs to
   * @param memoryKills number of processes that the system had ended by then because memory ran
   *     out; empty if the system does not say
   */
  record Start(Instant at, String bootId, long pid, OptionalLong memoryKills) {
    public Start {
      requireNonNull(at, "at is null");
      requireNonNull(bootId, "bootId is null");
      requireNonNull(memoryKills, "memoryKills is null");
    }
  }

  /** An attempt that goes on, or whose process vanished. */
  record Open(Start start) implements Attempt {
    public Open {
      requireNonNull(start, "start is null");
    }

    static Open begin(Instant now, ProcessIdentity process) {
      return new Open(new Start(now, process.bootId(), process.pid(), MemoryKills.count()));
    }

    Ended end(Instant now, End how) {
      return new Ended(start, now, how, Optional.empty(), Optional.empty(), 0);
    }

    /** Chooses the end that a failure with {@code code} gives this attempt. */
    End endWith(FailureCode code) {
      if (code.retry() == FailureCode.Retry.AFTER_INTERRUPTION) {
        return MemoryKills.happenedSince(start) ? End.KILLED_FOR_MEMORY : End.KILLED;
      }
      return code == FailureCode.MODEL_MEMORY_ERROR ? End.FAILED_FOR_MEMORY : End.FAILED;
    }
  }

  /**
   * An attempt that is over.
   *
   * @param stage label of the stage that it ended in, if that is known
   * @param step of the stage in which it crashed, if the engine had named one
   * @param checkpointBytes size of the engines' checkpoints after a crash, which grows with
   *     progress; 0 after any other end
   */
  record Ended(
      Start start,
      Instant at,
      End how,
      Optional<String> stage,
      Optional<String> step,
      long checkpointBytes)
      implements Attempt {
    public Ended {
      requireNonNull(start, "start is null");
      requireNonNull(at, "at is null");
      requireNonNull(how, "how is null");
      requireNonNull(stage, "stage is null");
      requireNonNull(step, "step is null");
    }

    /** This attempt with the stage that it ended in. */
    Ended inStage(String label) {
      return new Ended(start, at, how, Optional.of(label), step, checkpointBytes);
    }

    /** This attempt with the step in which it crashed, behind checkpoints of {@code bytes}. */
    Ended crashedIn(Optional<String> namedStep, long bytes) {
      return new Ended(start, at, how, stage, namedStep, bytes);
    }

    /**
     * Returns whether it crashed while this program worked on the content of the recording: not
     * before the first stage, not in a stage that other programs do, and not while an engine that
     * names what it hears had named nothing, since it opens its model then. Memory that is used up
     * counts everywhere, since the recording decides how much is needed.
     */
    boolean isOfContent() {
      return how == End.OUT_OF_MEMORY
          || (how == End.CRASHED && stage.filter(this::worksOnContent).isPresent());
    }

    private boolean worksOnContent(String label) {
      boolean namesSteps = label.equals(Stage.VAD.label()) || label.equals(Stage.ASR.label());
      return namesSteps ? step.isPresent() : !label.equals(Stage.DECODE.label());
    }

    /** Returns whether it ended in the same step of the same stage as {@code other}. */
    boolean isInStepOf(Ended other) {
      return stage.equals(other.stage) && step.equals(other.step);
    }
  }

  /** Ways in which an attempt ends. */
  enum End {
    SUCCEEDED,
    /** A failure that may go away; counts. */
    FAILED,
    /** A model found no memory; counts like {@link #FAILED}. */
    FAILED_FOR_MEMORY,
    /** Stopped from outside; does not count. */
    INTERRUPTED,
    /** A program that worked for the attempt was ended from outside; counts apart. */
    KILLED,
    /**
     * Like {@link #KILLED}, while the system ended processes because memory ran out; counts like
     * it.
     */
    KILLED_FOR_MEMORY,
    /** The process vanished; counts. */
    CRASHED,
    /**
     * The process vanished while the system ended processes because memory ran out; counts as a
     * crash.
     */
    OUT_OF_MEMORY,
    /** The machine itself restarted; counts less than a crash. */
    POWER_LOST;

    /** Returns whether the process of the program went down, but not the machine. */
    boolean isCrash() {
      return this == CRASHED || this == OUT_OF_MEMORY;
    }

    /** Returns whether the next attempt should take less memory. */
    boolean lackedMemory() {
      return this == OUT_OF_MEMORY || this == KILLED_FOR_MEMORY || this == FAILED_FOR_MEMORY;
    }
  }
}
