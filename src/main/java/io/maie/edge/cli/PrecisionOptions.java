package io.maie.edge.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options of the commands after which a model is prepared for this machine. */
final class PrecisionOptions {
  @Option(
      names = "--precision",
      paramLabel = "PRECISION",
      defaultValue = "auto",
      description =
          "The decoder of a Whisper model: auto, fp32, q8 (8 bits in blocks, made here of fp32) or"
              + " int8 (as published). auto makes q8 where this processor is fast with it"
              + " (default: auto).")
  private DecoderPrecision precision = DecoderPrecision.AUTO;

  @Option(
      names = "--keep-original",
      description = "Keep the decoder of 32-bit floats beside the one of 8 bits.")
  private boolean keepsOriginal;

  PreparationOrder order(String name) {
    return new PreparationOrder(name, precision, keepsOriginal);
  }

  /** The published graphs that this is made of; null = the best for the device. */
  @Nullable String variant() {
    return switch (precision) {
      case AUTO -> null;
      case FP32, Q8 -> "fp32";
      case INT8 -> "int8";
    };
  }
}
