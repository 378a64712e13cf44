package io.maie.edge.diarization.pieces;

import io.maie.edge.dsp.WindowFunction;
import io.maie.edge.failure.ProcessingException;
import io.maie.edge.modelfile.ManifestSection;
import io.maie.edge.modelfile.ModelFolder;
import io.maie.edge.onnx.OnnxRuntime;
import io.maie.edge.result.ModelIdentity;
import java.nio.file.Path;

/** A speaker embedding model as its folder describes it. */
final class EmbeddingFolder {
  private static final String MODEL_KEY = "model";
  private static final String WINDOW_KEY = "window";
  private static final String SCALE_KEY = "sample_scale";
  private static final String CLUSTER_KEY = "same_cluster_cosine";
  private static final String SPEAKER_KEY = "same_speaker_cosine";
  private static final String STRANGER_KEY = "stranger_cosine";

  private final ModelIdentity identity;
  private final Path file;
  private final EmbeddingOptions options;

  EmbeddingFolder(ModelFolder folder) throws ProcessingException {
    ManifestSection settings = folder.manifest().settings();
    settings.requireOnly(
        MODEL_KEY,
        ModelFolder.COMPUTE_TYPE_KEY,
        WINDOW_KEY,
        SCALE_KEY,
        CLUSTER_KEY,
        SPEAKER_KEY,
        STRANGER_KEY);
    file = folder.file(settings, MODEL_KEY);
    options = options(settings);
    identity = folder.identity(settings, MODEL_KEY);
  }

  private static EmbeddingOptions options(ManifestSection settings) throws ProcessingException {
    WindowFunction window =
        settings.choiceOr(WINDOW_KEY, EmbeddingOptions.CAMPPLUS.filterBank().window());
    double scale = settings.numberOr(SCALE_KEY, EmbeddingOptions.CAMPPLUS.filterBank().scale());
    if (!(scale > 0)) {
      throw settings.invalid(SCALE_KEY, "a number above 0");
    }
    return new EmbeddingOptions(
        EmbeddingOptions.filterBank(window, scale),
        cosine(settings, CLUSTER_KEY, EmbeddingOptions.CAMPPLUS.sameCluster()),
        cosine(settings, SPEAKER_KEY, EmbeddingOptions.CAMPPLUS.sameSpeaker()),
        cosine(settings, STRANGER_KEY, EmbeddingOptions.CAMPPLUS.stranger()));
  }

  private static double cosine(ManifestSection settings, String key, double fallback)
      throws ProcessingException {
    double cosine = settings.numberOr(key, fallback);
    if (!(cosine > -1 && cosine < 1)) {
      throw settings.invalid(key, "a number between -1 and 1");
    }
    return cosine;
  }

  ModelIdentity identity() {
    return identity;
  }

  EmbeddingOptions options() {
    return options;
  }

  EmbeddingModel model(OnnxRuntime runtime) {
    return new EmbeddingModel(runtime, identity.name(), file, options);
  }
}
