package io.maie.edge.task;

import io.maie.edge.failure.ProcessingException;
import io.maie.edge.request.ParameterLayer;
import io.maie.edge.request.ParameterReader;
import io.maie.edge.request.RecordingParameters;
import io.maie.edge.request.ValidatedParameters;
import io.maie.edge.spool.Sidecars;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Parameters of a task: the defaults, the folder profile and the sidecar, laid over each other. */
final class TaskParameters {
  private TaskParameters() {}

  /**
   * The parameters of {@code task}.
   *
   * @throws ProcessingException {@code INVALID_PARAMETERS}, naming every problem
   */
  static RecordingParameters resolve(Task task, TaskFolder folder, RecordingParameters defaults)
      throws ProcessingException, IOException {
    List<ParameterLayer> layers = new ArrayList<>();
    task.facts()
        .folderProfile()
        .map(profile -> profile.getBytes(StandardCharsets.UTF_8))
        .map(bytes -> ParameterReader.readFolderProfile(Sidecars.FOLDER_PROFILE, bytes))
        .ifPresent(layers::add);
    Optional<byte[]> sidecar = ParameterFiles.read(folder.sidecar());
    if (sidecar.isPresent()) {
      layers.add(
          ParameterReader.readSidecar(task.source().name() + Sidecars.SUFFIX, sidecar.get()));
    }
    return ValidatedParameters.merge(defaults, layers).orThrow();
  }
}
