package io.maie.edge.result;

import static java.util.Objects.requireNonNull;

import io.maie.edge.request.RecordingParameters;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Part that every document has, whether the task succeeded or not.
 *
 * @param receivedAt the time of the claim
 * @param startedAt the start of the attempt that ended the task; null if none did
 * @param completedAt the end of the task
 * @param attempts the number of counted attempts, the last one included
 * @param parameters as used; null if they were not valid
 */
public record Envelope(
    String taskId,
    Source source,
    Instant receivedAt,
    @Nullable Instant startedAt,
    Instant completedAt,
    int attempts,
    @Nullable RecordingParameters parameters,
    List<Warning> warnings) {

  public Envelope {
    requireNonNull(taskId, "taskId is null");
    requireNonNull(source, "source is null");
    requireNonNull(receivedAt, "receivedAt is null");
    requireNonNull(completedAt, "completedAt is null");
    warnings = List.copyOf(warnings);
  }
}
