package io.maie.edge.task;

import static java.util.Objects.requireNonNull;

import io.maie.edge.task.Attempt.End;
import io.maie.edge.task.Attempt.Ended;
import io.maie.edge.task.Attempt.Open;
import io.maie.edge.task.Attempt.Start;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * An attempt in {@code task.json}: the keys of both states, null where the state has none.
 *
 * @param endedAt of {@link Ended}
 * @param end of {@link Ended}
 * @param stage of {@link Ended}, if it is known
 * @param step of {@link Ended}, if there was one
 * @param checkpointBytes of {@link Ended}; 0 otherwise. Null in files of an earlier program, which
 *     did not count them
 * @param memoryKills null if the system does not say
 */
record AttemptEntry(
    Instant startedAt,
    String bootId,
    long pid,
    @Nullable Instant endedAt,
    @Nullable End end,
    @Nullable String stage,
    @Nullable String step,
    @Nullable Long checkpointBytes,
    @Nullable Long memoryKills) {

  AttemptEntry {
    requireNonNull(startedAt, "startedAt is null");
    requireNonNull(bootId, "bootId is null");
  }

  static AttemptEntry of(Attempt attempt) {
    Start start = attempt.start();
    Optional<Ended> ended = attempt instanceof Ended over ? Optional.of(over) : Optional.empty();
    return new AttemptEntry(
        start.at(),
        start.bootId(),
        start.pid(),
        ended.map(Ended::at).orElse(null),
        ended.map(Ended::how).orElse(null),
        ended.flatMap(Ended::stage).orElse(null),
        ended.flatMap(Ended::step).orElse(null),
        ended.map(Ended::checkpointBytes).orElse(0L),
        start.memoryKills().isPresent() ? Long.valueOf(start.memoryKills().getAsLong()) : null);
  }

  Attempt toAttempt() throws IOException {
    OptionalLong kills = memoryKills == null ? OptionalLong.empty() : OptionalLong.of(memoryKills);
    Start start = new Start(startedAt, bootId, pid, kills);
    if (end == null) {
      return new Open(start);
    }
    if (endedAt == null) {
      throw new IOException("Expected the time at which an attempt ended, found none");
    }
    return new Ended(
        start,
        endedAt,
        end,
        Optional.ofNullable(stage),
        Optional.ofNullable(step),
        checkpointBytes == null ? 0 : checkpointBytes);
  }
}
