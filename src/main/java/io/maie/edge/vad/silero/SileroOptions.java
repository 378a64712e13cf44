package io.maie.edge.vad.silero;

import static java.util.Objects.requireNonNull;

import io.maie.edge.failure.ProcessingException;
import io.maie.edge.modelfile.Manifest;
import io.maie.edge.modelfile.ManifestSection;
import io.maie.edge.modelfile.ModelFolder;

/**
 * The model of the family to use.
 *
 * @param name the folder under {@code models/}
 * @param variant the version its publisher gives it; may be empty
 * @param checkpointHash {@code sha256:} and 64 hexadecimal digits of the model's file
 * @param computeType {@code fp32}, {@code int8} and the like
 * @param windowSamples new samples that each step takes in
 * @param contextSamples samples of the step before that each step sees again; only with the
 *     interface of version 5, which wants them in front of the new ones
 */
public record SileroOptions(
    String name,
    String variant,
    String checkpointHash,
    String computeType,
    int windowSamples,
    int contextSamples) {

  /** At 16 kHz, all published models of the family. */
  public static final int WINDOW_SAMPLES = 512;

  /** At 16 kHz, version 5 and later. */
  public static final int CONTEXT_SAMPLES = 64;

  /** Names the model's file. */
  static final String MODEL_KEY = "model";

  /** For readers of the manifest; the graph's own inputs decide. */
  private static final String INTERFACE_KEY = "interface";

  private static final String WINDOW_KEY = "window_samples";
  private static final String CONTEXT_KEY = "context_samples";

  public SileroOptions {
    requireNonNull(name, "name is null");
    requireNonNull(variant, "variant is null");
    requireNonNull(checkpointHash, "checkpointHash is null");
    requireNonNull(computeType, "computeType is null");
    if (windowSamples < 1 || contextSamples < 0 || contextSamples > windowSamples) {
      throw new IllegalArgumentException(
          "expected 1 or more window samples and at most as many of context, found "
              + windowSamples
              + " and "
              + contextSamples);
    }
  }

  /** A model as its manifest describes it. */
  static SileroOptions of(ModelFolder folder) throws ProcessingException {
    Manifest manifest = folder.manifest();
    ManifestSection settings = manifest.settings();
    settings.requireOnly(
        MODEL_KEY,
        INTERFACE_KEY,
        WINDOW_KEY,
        CONTEXT_KEY,
        "threshold",
        "negative_threshold",
        "compute_type");
    String speaks = settings.textOr(INTERFACE_KEY, "v5");
    if (!speaks.equals("v5") && !speaks.equals("v4")) {
      throw settings.invalid(INTERFACE_KEY, "'v5' or 'v4'");
    }
    try {
      return new SileroOptions(
          folder.name(),
          manifest.version(),
          folder.checkpointHash(settings, MODEL_KEY),
          settings.textOr("compute_type", "fp32"),
          settings.integerOr(WINDOW_KEY, WINDOW_SAMPLES),
          settings.integerOr(CONTEXT_KEY, CONTEXT_SAMPLES));
    } catch (IllegalArgumentException e) {
      throw settings.invalid(WINDOW_KEY, "1 or more, and not less than " + CONTEXT_KEY, e);
    }
  }
}
