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

  /** Bytes of one number of a type that is read here. */
  int bytes() {
    return switch (this) {
      case FLOAT16 -> Short.BYTES;
      case INT64 -> Long.BYTES;
      default -> Float.BYTES;
    };
  }

  /** ONNX Runtime's word for a type that is read here. */
  OnnxJavaType nativeType() {
    return switch (this) {
      case FLOAT16 -> OnnxJavaType.FLOAT16;
      case INT64 -> OnnxJavaType.INT64;
      case INT32 -> OnnxJavaType.INT32;
      default -> OnnxJavaType.FLOAT;
    };
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
