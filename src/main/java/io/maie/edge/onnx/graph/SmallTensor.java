package io.maie.edge.onnx.graph;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/**
 * A constant of a graph: a shape, a factor; of weights only their shape is known. The numbers of
 * fields are those of onnx.proto.
 *
 * @param shape the sizes of its axes
 * @param type the type of its elements in onnx.proto
 * @param values 64-bit integers, 8-bit integers without sign or 32-bit floats, row-major; empty for
 *     other types, for weights, and for tensors that lie in another file
 */
record SmallTensor(String name, List<Long> shape, long type, List<Double> values) {
  static final int DIMENSION = 1;
  static final int TYPE = 2;
  static final int FLOATS = 4;
  static final int SHORT_INTEGERS = 5;
  static final int INTEGERS = 7;
  static final int NAME = 8;
  static final int RAW = 9;
  static final int EXTERNAL = 13;
  static final int LOCATION = 14;

  static final long TYPE_FLOAT = 1;
  static final long TYPE_UINT8 = 2;
  static final long TYPE_INT64 = 7;

  /** More is nothing that tells how a graph works. */
  private static final int MAX_BYTES = 64;

  SmallTensor {
    shape = List.copyOf(shape);
    values = List.copyOf(values);
  }

  static SmallTensor read(WireFile file, WireField field) throws IOException {
    String name = "";
    long type = 0;
    List<Long> shape = new ArrayList<>();
    List<WireField> contents = new ArrayList<>();
    for (WireField part : file.fields(field)) {
      switch (part.number()) {
        case NAME -> name = file.text(part);
        case TYPE -> type = part.value();
        case DIMENSION -> shape.addAll(file.integers(part));
        case FLOATS, SHORT_INTEGERS, INTEGERS, RAW -> contents.add(part);
        default -> {}
      }
    }
    List<Double> values = new ArrayList<>();
    for (WireField content : contents) {
      if (content.length() <= MAX_BYTES) {
        boolean isList = content.number() == INTEGERS || content.number() == SHORT_INTEGERS;
        values.addAll(isList ? integers(file, content) : values(file.content(content), type));
      }
    }
    return new SmallTensor(name, shape, type, values);
  }

  /** Returns whether it holds 64-bit integers. */
  boolean integers() {
    return type == TYPE_INT64;
  }

  /** The one value of a tensor of this type; empty for others. */
  OptionalDouble scalar(long expected) {
    return type == expected && values.size() == 1
        ? OptionalDouble.of(values.get(0))
        : OptionalDouble.empty();
  }

  /** The same under another name. */
  SmallTensor named(String other) {
    return new SmallTensor(other, shape, type, values);
  }

  private static List<Double> integers(WireFile file, WireField content) throws IOException {
    return file.integers(content).stream().map(Long::doubleValue).toList();
  }

  /** The elements that lie in a row, little-endian. */
  private static List<Double> values(ByteBuffer bytes, long type) {
    List<Double> values = new ArrayList<>();
    if (type == TYPE_FLOAT) {
      while (bytes.remaining() >= Float.BYTES) {
        values.add((double) bytes.getFloat());
      }
    } else if (type == TYPE_INT64) {
      while (bytes.remaining() >= Long.BYTES) {
        values.add((double) bytes.getLong());
      }
    } else if (type == TYPE_UINT8) {
      while (bytes.hasRemaining()) {
        values.add((double) Byte.toUnsignedInt(bytes.get()));
      }
    }
    return values;
  }
}
