package io.maie.edge.result;

import static java.util.Objects.requireNonNull;

import io.maie.edge.request.RecordingParameters;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Account of a result whose stages were repeated.
 *
 * @param taskId of the revised result
 * @param startedAt the start of the work
 * @param completedAt its end
 * @param parameters as used
 * @param results all of them, new and old
 * @param enhancement null if no clean transcript was made
 * @param stages that ran again
 * @param speakerModels that told speakers apart, empty if channels alone did; null if the speakers
 *     are those of before
 * @param warnings of the stages that ran again
 */
public record Revision(
    String taskId,
    Instant startedAt,
    Instant completedAt,
    RecordingParameters parameters,
    Results results,
    @Nullable Enhancement enhancement,
    List<StageReport> stages,
    @Nullable List<ModelIdentity> speakerModels,
    List<Warning> warnings) {

  public Revision {
    requireNonNull(taskId, "taskId is null");
    requireNonNull(startedAt, "startedAt is null");
    requireNonNull(completedAt, "completedAt is null");
    requireNonNull(parameters, "parameters is null");
    requireNonNull(results, "results is null");
    stages = List.copyOf(stages);
    speakerModels = speakerModels == null ? null : List.copyOf(speakerModels);
    warnings = List.copyOf(warnings);
  }
}
