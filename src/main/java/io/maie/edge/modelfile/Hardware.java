package io.maie.edge.modelfile;

import java.util.ArrayList;
import java.util.List;

/** Processor of models, as far as it decides which precision suits best. */
public enum Hardware {
  /** A processor that adds up products of bytes in 32 bits: arm64, and x86-64 with VNNI. */
  CPU(List.of(Precision.INT8, Precision.QUANTIZED, Precision.UINT8)),

  /**
   * An x86-64 processor without VNNI. ONNX Runtime then adds pairs of products of unsigned
   * activations and signed weights in 16 bits, which overflow; unsigned weights take a way that is
   * exact (onnxruntime.ai, "Quantize ONNX models", when to use reduce_range).
   */
  CPU_WITHOUT_VNNI(List.of(Precision.UINT8, Precision.QUANTIZED, Precision.INT8)),

  /** A graphics processor. */
  GPU(List.of(Precision.INT8, Precision.QUANTIZED, Precision.UINT8));

  /** Published graphs of 8 bits, from best to worst. */
  @SuppressWarnings("ImmutableEnumChecker") // made by List.of
  private final List<Precision> bytes;

  Hardware(List<Precision> bytes) {
    this.bytes = bytes;
  }

  /** The reason for the order of the precisions, for people. */
  String reason(boolean littleMemory) {
    if (this == GPU) {
      return "a graphics processor is made for 16-bit floats";
    }
    return littleMemory
        ? "this device has little memory, and 8 bits need least"
        : "8 bits in blocks lose almost nothing, 32-bit floats nothing, published 8 bits words";
  }

  /**
   * From best to worst.
   *
   * @param littleMemory whether 32-bit floats might not fit beside everything else
   */
  List<Precision> precisions(boolean littleMemory) {
    List<Precision> order = new ArrayList<>();
    if (this == GPU) {
      order.addAll(
          List.of(Precision.FP16, Precision.FP32, Precision.Q4F16, Precision.Q4, Precision.BNB4));
      order.addAll(bytes);
      return List.copyOf(order);
    }
    order.add(Precision.Q8);
    order.addAll(bytes);
    order.add(littleMemory ? order.size() : 1, Precision.FP32);
    order.addAll(List.of(Precision.Q4, Precision.BNB4, Precision.Q4F16, Precision.FP16));
    return List.copyOf(order);
  }
}
