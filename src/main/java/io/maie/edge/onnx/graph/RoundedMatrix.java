package io.maie.edge.onnx.graph;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;

/**
 * A matrix of 32-bit floats in a file, rounded to 8 bits block by block: each block of {@link
 * #BLOCK} weights of one output has a scale, by which the largest of them becomes 127. A weight is
 * its byte, less 128, times the scale; a block of zeros has scale 0. These are the tensors that
 * ONNX Runtime's {@code MatMulNBits} takes without zero points.
 */
final class RoundedMatrix {
  /** Weights of a block. */
  static final int BLOCK = 64;

  /** The byte for zero. */
  static final int ZERO = 128;

  private static final float LARGEST = 127;

  /** Rows of outputs read at once. */
  private static final int ROWS = 256;

  private final WireFile file;
  private final WireField floats;
  private final String name;
  private final int inputs;
  private final int outputs;
  private final boolean rowsAreOutputs;
  private final float[] scales;
  private boolean written;

  /**
   * A matrix to be rounded.
   *
   * @param floats its values, row-major, little-endian
   * @param name of the tensor
   * @param shape of the tensor
   * @param rowsAreOutputs whether it has a row for each output, and not one for each input
   */
  RoundedMatrix(WireFile file, WireField floats, String name, Shape shape, boolean rowsAreOutputs) {
    this.file = file;
    this.floats = floats;
    this.name = name;
    this.rowsAreOutputs = rowsAreOutputs;
    inputs = rowsAreOutputs ? shape.columns() : shape.rows();
    outputs = rowsAreOutputs ? shape.rows() : shape.columns();
    scales = new float[Math.multiplyExact(outputs, inputs / BLOCK)];
  }

  /** The tensor of bytes, shape (outputs, blocks, {@link #BLOCK}). */
  String bytesName() {
    return name + "/bytes";
  }

  /** The tensor of scales, shape (outputs, blocks). */
  String scalesName() {
    return name + "/scales";
  }

  int inputs() {
    return inputs;
  }

  int outputs() {
    return outputs;
  }

  /** Adds both tensors to a graph. */
  void addTo(LongMessage graph) {
    graph.message(
        GraphIndex.INITIALIZER,
        tensor(bytesName(), SmallTensor.TYPE_UINT8, outputs, inputs / BLOCK, BLOCK)
            .content(SmallTensor.RAW, part((long) outputs * inputs, this::writeBytes)));
    graph.message(
        GraphIndex.INITIALIZER,
        tensor(scalesName(), SmallTensor.TYPE_FLOAT, outputs, inputs / BLOCK)
            .content(SmallTensor.RAW, part((long) scales.length * Float.BYTES, this::writeScales)));
  }

  private static LongMessage tensor(String name, long type, long... shape) {
    WireMessage tensor = new WireMessage();
    for (long size : shape) {
      tensor.integer(SmallTensor.DIMENSION, size);
    }
    return new LongMessage()
        .fields(tensor.integer(SmallTensor.TYPE, type).text(SmallTensor.NAME, name));
  }

  /** Stands before {@link #writeScales} in the graph, and computes what that writes. */
  private void writeBytes(OutputStream target) throws IOException {
    if (rowsAreOutputs) {
      for (int row = 0; row < outputs; row += ROWS) {
        int count = Math.min(ROWS, outputs - row);
        byte[] rounded = new byte[count * inputs];
        FloatBuffer values = read((long) row * inputs, count * inputs);
        for (int output = 0; output < count; output++) {
          round(values, output * inputs, 1, row + output, rounded, output * inputs);
        }
        target.write(rounded);
      }
    } else {
      FloatBuffer values = read(0, inputs * outputs);
      byte[] rounded = new byte[inputs];
      for (int output = 0; output < outputs; output++) {
        round(values, output, outputs, output, rounded, 0);
        target.write(rounded);
      }
    }
    written = true;
  }

  /** Rounds the weights of one output, which stand {@code step} apart. */
  private void round(
      FloatBuffer values, int first, int step, int output, byte[] rounded, int target) {
    int blocks = inputs / BLOCK;
    for (int block = 0; block < blocks; block++) {
      int from = first + block * BLOCK * step;
      float largest = 0;
      for (int i = 0; i < BLOCK; i++) {
        largest = Math.max(largest, Math.abs(values.get(from + i * step)));
      }
      float scale = largest / LARGEST;
      scales[output * blocks + block] = scale;
      for (int i = 0; i < BLOCK; i++) {
        long steps = scale == 0 ? 0 : (long) Math.rint(values.get(from + i * step) / scale);
        rounded[target + block * BLOCK + i] = (byte) (steps + ZERO);
      }
    }
  }

  private FloatBuffer read(long first, int count) throws IOException {
    ByteBuffer bytes =
        ByteBuffer.allocate(Math.multiplyExact(count, Float.BYTES)).order(ByteOrder.LITTLE_ENDIAN);
    file.read(floats, first * Float.BYTES, bytes);
    return bytes.flip().asFloatBuffer();
  }

  private void writeScales(OutputStream target) throws IOException {
    if (!written) {
      throw new IllegalStateException("expected the bytes of '" + name + "' before its scales");
    }
    ByteBuffer bytes =
        ByteBuffer.allocate(scales.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(scales);
    target.write(bytes.array());
  }

  private static LongMessage.Part part(long length, Writer writer) {
    return new LongMessage.Part() {
      @Override
      public long length() {
        return length;
      }

      @Override
      public void writeTo(OutputStream target) throws IOException {
        writer.writeTo(target);
      }
    };
  }

  /** The sizes of a tensor. */
  record Shape(int rows, int columns) {}

  @FunctionalInterface
  private interface Writer {
    void writeTo(OutputStream target) throws IOException;
  }
}
