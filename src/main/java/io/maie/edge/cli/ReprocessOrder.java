package io.maie.edge.cli;

import static java.util.Objects.requireNonNull;

import io.maie.edge.request.ParameterLayer;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Order to repeat stages.
 *
 * @param target the name or path of a recording, or a task id
 * @param parameters the typed parameters, laid over the parameters of the earlier result
 * @param speakerNames names by the ids of speakers, added to those of the earlier result
 * @param recording the path of the recording; null = in the archive
 */
public record ReprocessOrder(
    String target,
    ParameterLayer parameters,
    Map<String, String> speakerNames,
    @Nullable Path recording) {

  public ReprocessOrder {
    requireNonNull(target, "target is null");
    requireNonNull(parameters, "parameters is null");
    speakerNames = Map.copyOf(speakerNames);
  }
}
