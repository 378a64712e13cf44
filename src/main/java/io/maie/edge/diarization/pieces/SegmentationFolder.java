package io.maie.edge.diarization.pieces;

import io.maie.edge.failure.ProcessingException;
import io.maie.edge.modelfile.ManifestSection;
import io.maie.edge.modelfile.ModelFolder;
import io.maie.edge.onnx.OnnxRuntime;
import io.maie.edge.result.ModelIdentity;
import java.nio.file.Path;
import java.util.Optional;

/** A segmentation model as its folder describes it. */
final class SegmentationFolder {
  private static final String MODEL_KEY = "model";
  private static final String SPEAKERS_KEY = "local_speakers";
  private static final String TOGETHER_KEY = "simultaneous_speakers";

  private final ModelIdentity identity;
  private final Path file;
  private final Optional<Powerset> powerset;

  SegmentationFolder(ModelFolder folder) throws ProcessingException {
    ManifestSection settings = folder.manifest().settings();
    settings.requireOnly(MODEL_KEY, ModelFolder.COMPUTE_TYPE_KEY, SPEAKERS_KEY, TOGETHER_KEY);
    file = folder.file(settings, MODEL_KEY);
    powerset = powerset(settings);
    identity = folder.identity(settings, MODEL_KEY);
  }

  /** Classes in the manifest, if it names them. */
  private static Optional<Powerset> powerset(ManifestSection settings) throws ProcessingException {
    if (!settings.has(SPEAKERS_KEY) && !settings.has(TOGETHER_KEY)) {
      return Optional.empty();
    }
    int speakers = settings.integer(SPEAKERS_KEY);
    int together = settings.integer(TOGETHER_KEY);
    if (speakers < 1 || speakers > Powerset.MOST_SPEAKERS) {
      throw settings.invalid(SPEAKERS_KEY, "1 to " + Powerset.MOST_SPEAKERS);
    }
    if (together < 1 || together > speakers) {
      throw settings.invalid(TOGETHER_KEY, "1 to " + speakers);
    }
    return Optional.of(new Powerset(speakers, together));
  }

  ModelIdentity identity() {
    return identity;
  }

  SegmentationModel model(OnnxRuntime runtime) {
    return new SegmentationModel(runtime, identity.name(), file, powerset);
  }
}
