package io.maie.edge.vad.silero;

import static java.util.Objects.requireNonNull;

/**
 * Which model of the family it is.
 *
 * @param name the folder under {@code models/}
 * @param variant the version its publisher gives it; may be empty
 * @param checkpointHash {@code sha256:} and 64 hexadecimal digits of the model's file
 * @param computeType {@code fp32}, {@code int8} and the like
 * @param starter whether it ships with the program
 * @param windowSamples new samples that each step takes in
 * @param contextSamples samples of the step before that each step sees again; only with the
 *     interface of version 5, which wants them in front of the new ones
 */
public record SileroOptions(
    String name,
    String variant,
    String checkpointHash,
    String computeType,
    boolean starter,
    int windowSamples,
    int contextSamples) {

  /** At 16 kHz, all published models of the family. */
  public static final int WINDOW_SAMPLES = 512;

  /** At 16 kHz, version 5 and later. */
  public static final int CONTEXT_SAMPLES = 64;

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

  /** A model as it is published. */
  public static SileroOptions published(String name, String variant, String checkpointHash) {
    return new SileroOptions(
        name, variant, checkpointHash, "fp32", false, WINDOW_SAMPLES, CONTEXT_SAMPLES);
  }
}
