package io.maie.edge.modelfile;

import java.util.List;

/**
 * Chooses the precision for encoders of transducers and of ChunkFormer. Exporters round their dense
 * layers only, column by column, and that changes the output by little (ChunkFormer of random
 * weights: cosine of encoded frames 0.9997).
 */
final class EightBitEncoders {
  private EightBitEncoders() {}

  /** From best to worst. */
  static List<Precision> order(Hardware hardware) {
    return switch (hardware) {
      case CPU -> List.of(Precision.INT8, Precision.FP32, Precision.FP16);
      case CPU_WITHOUT_VNNI -> List.of(Precision.FP32, Precision.INT8, Precision.FP16);
      case GPU -> List.of(Precision.FP16, Precision.FP32, Precision.INT8);
    };
  }

  /** The encoder's file and the reason for taking it, for people. */
  static String description(String file, Hardware hardware, Precision precision) {
    return file + ": " + reason(hardware, precision);
  }

  private static String reason(Hardware hardware, Precision precision) {
    if (precision != order(hardware).get(0)) {
      return "the best precision that is there";
    }
    return switch (hardware) {
      case CPU -> "8 bits take a third of the memory and less time, and lose little here";
      case CPU_WITHOUT_VNNI -> "sums of signed 8 bits overflow on this processor";
      case GPU -> "a graphics processor is made for 16-bit floats";
    };
  }
}
