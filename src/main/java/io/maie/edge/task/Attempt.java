package io.maie.edge.task;

import static java.util.Objects.requireNonNull;

import io.maie.edge.failure.FailureCode;
import java.time.Instant;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * One try to process a recording. Written down before the engines start, so that a crash of the
 * whole process leaves it open.
 *
 * @param bootId which start of the machine it belongs to
 * @param pid which process it belonged to
 * @param endedAt null while it is open
 * @param end how it ended; null while it is open
 * @param stage label of the stage it ended in, if that is known
 * @param checkpointBytes how much its engines had remembered when it crashed; grows with progress
 * @param memoryKills how many processes the system had ended for want of memory when it began; null
 *     if it does not say
 */
public record Attempt(
    Instant startedAt,
    String bootId,
    long pid,
    @Nullable Instant endedAt,
    @Nullable End end,
    @Nullable String stage,
    long checkpointBytes,
    @Nullable Long memoryKills) {

  /** How an attempt ended. */
  public enum End {
    SUCCEEDED,
    /** A failure that may go away; counts. */
    FAILED,
    /** The same because a model found no memory; counts with the former. */
    FAILED_FOR_MEMORY,
    /** Stopped from outside; does not count. */
    INTERRUPTED,
    /** A program that worked for it was ended from outside; counts apart. */
    KILLED,
    /** The same while the system ended processes for want of memory; counts with the former. */
    KILLED_FOR_MEMORY,
    /** The process vanished while it ran; counts. */
    CRASHED,
    /**
     * The process vanished while the system ended processes for want of memory; counts as a crash.
     */
    OUT_OF_MEMORY,
    /** The machine itself restarted while it ran; counts less than a crash. */
    POWER_LOST
  }

  public Attempt {
    requireNonNull(startedAt, "startedAt is null");
    requireNonNull(bootId, "bootId is null");
  }

  static Attempt begin(Instant now, ProcessIdentity process) {
    OptionalLong kills = MemoryKills.count();
    return new Attempt(
        now,
        process.bootId(),
        process.pid(),
        null,
        null,
        null,
        0,
        kills.isPresent() ? Long.valueOf(kills.getAsLong()) : null);
  }

  boolean isOpen() {
    return end == null;
  }

  Attempt ended(Instant now, End how, @Nullable String inStage) {
    return new Attempt(startedAt, bootId, pid, now, how, inStage, checkpointBytes, memoryKills);
  }

  /** Returns whether it took the process down. */
  boolean isCrash() {
    return end == End.CRASHED || end == End.OUT_OF_MEMORY;
  }

  /** How it ends with a failure of this code. */
  End endWith(FailureCode code) {
    if (code.retry() == FailureCode.Retry.AFTER_INTERRUPTION) {
      return MemoryKills.happenedSince(this) ? End.KILLED_FOR_MEMORY : End.KILLED;
    }
    return code == FailureCode.MODEL_MEMORY_ERROR ? End.FAILED_FOR_MEMORY : End.FAILED;
  }

  /** Returns whether it shows that the next one should take less memory. */
  boolean lackedMemory() {
    return end == End.OUT_OF_MEMORY || end == End.KILLED_FOR_MEMORY || end == End.FAILED_FOR_MEMORY;
  }

  Attempt behind(long bytes) {
    return new Attempt(startedAt, bootId, pid, endedAt, end, stage, bytes, memoryKills);
  }
}
