package io.maie.edge.onnx;

import ai.onnxruntime.OnnxJavaType;

/** Type of the numbers in a tensor. */
public enum ElementType {
  FLOAT32,
  /** Read as 32-bit floats. */
  FLOAT16,
  INT64,
  INT32,
  /** Any other type; not read here. */
  OTHER;

  /** Bytes of one float. */
  int bytes() {
    return this == FLOAT16 ? Short.BYTES : Float.BYTES;
  }

  /** ONNX Runtime's word for a type of floats. */
  OnnxJavaType nativeType() {
    return this == FLOAT16 ? OnnxJavaType.FLOAT16 : OnnxJavaType.FLOAT;
  }

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
