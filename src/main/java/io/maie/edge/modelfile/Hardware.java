package io.maie.edge.modelfile;

import java.util.List;

/** What models compute on, as far as it decides which precision suits best. */
public enum Hardware {
  /** A processor that adds up products of bytes in 32 bits: arm64, and x86-64 with VNNI. */
  CPU("a processor multiplies bytes fastest, and has to widen 16-bit floats first"),

  /**
   * An x86-64 processor without VNNI. ONNX Runtime then adds pairs of products of unsigned
   * activations and signed weights in 16 bits, which overflow; unsigned weights take a way that is
   * exact (onnxruntime.ai, "Quantize ONNX models", when to use reduce_range).
   */
  CPU_WITHOUT_VNNI(
      "a processor multiplies bytes fastest, and without VNNI sums of signed ones overflow"),

  /** A graphics processor. */
  GPU("a graphics processor is made for 16-bit floats");

  private final String reason;

  Hardware(String reason) {
    this.reason = reason;
  }

  /** Why its precisions are in this order, for people. */
  String reason() {
    return reason;
  }

  /** From best to worst. */
  List<Precision> precisions() {
    return switch (this) {
      case CPU ->
          List.of(
              Precision.INT8,
              Precision.QUANTIZED,
              Precision.UINT8,
              Precision.FP32,
              Precision.Q4,
              Precision.BNB4,
              Precision.Q4F16,
              Precision.FP16);
      case CPU_WITHOUT_VNNI ->
          List.of(
              Precision.UINT8,
              Precision.QUANTIZED,
              Precision.INT8,
              Precision.FP32,
              Precision.Q4,
              Precision.BNB4,
              Precision.Q4F16,
              Precision.FP16);
      case GPU ->
          List.of(
              Precision.FP16,
              Precision.FP32,
              Precision.Q4F16,
              Precision.Q4,
              Precision.BNB4,
              Precision.INT8,
              Precision.QUANTIZED,
              Precision.UINT8);
    };
  }
}
