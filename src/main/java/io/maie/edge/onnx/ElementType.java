package io.maie.edge.onnx;

import ai.onnxruntime.OnnxJavaType;

/** What the numbers of a tensor are. */
public enum ElementType {
  FLOAT32,
  /** Read as 32-bit floats; cannot be made. */
  FLOAT16,
  INT64,
  INT32,
  /** Any other type; neither made nor read here. */
  OTHER;

  static ElementType of(OnnxJavaType type) {
    if (type == OnnxJavaType.FLOAT) {
      return FLOAT32;
    }
    if (type == OnnxJavaType.FLOAT16) {
      return FLOAT16;
    }
    if (type == OnnxJavaType.INT64) {
      return INT64;
    }
    return type == OnnxJavaType.INT32 ? INT32 : OTHER;
  }
}
