package io.maie.edge.diarization.pieces;

import io.maie.edge.failure.ProcessingException;
import io.maie.edge.modelfile.ManifestSection;
import io.maie.edge.modelfile.ModelFolder;
import io.maie.edge.onnx.OnnxRuntime;
import io.maie.edge.result.ModelIdentity;
import java.nio.file.Path;
import java.util.Map;

/** A segmentation model as its folder describes it. */
final class SegmentationFolder {
  private static final String MODEL_KEY = "model";
  private static final String COMPUTE_TYPE_KEY = "compute_type";

  private final ModelIdentity identity;
  private final Path file;

  SegmentationFolder(ModelFolder folder) throws ProcessingException {
    ManifestSection settings = folder.manifest().settings();
    settings.requireOnly(MODEL_KEY, COMPUTE_TYPE_KEY);
    file = folder.file(settings, MODEL_KEY);
    identity =
        new ModelIdentity(
            folder.name(),
            folder.manifest().version(),
            folder.checkpointHash(settings, MODEL_KEY),
            settings.textOr(COMPUTE_TYPE_KEY, "fp32"),
            Map.of());
  }

  ModelIdentity identity() {
    return identity;
  }

  SegmentationModel model(OnnxRuntime runtime) {
    return new SegmentationModel(runtime, identity.name(), file);
  }
}
