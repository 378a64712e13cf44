package io.maie.edge.vad.silero;

/** The options of models as they are published. */
final class PublishedSilero {
  private PublishedSilero() {}

  static SileroOptions options(String name, String variant, String checkpointHash) {
    return new SileroOptions(
        name,
        variant,
        checkpointHash,
        "fp32",
        SileroOptions.WINDOW_SAMPLES,
        SileroOptions.CONTEXT_SAMPLES);
  }
}
