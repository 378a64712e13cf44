package io.maie.edge.onnx;

import static java.util.Objects.requireNonNull;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.platform.Fp16Conversions;
import io.maie.edge.failure.ProcessingException;
import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.nio.LongBuffer;
import java.nio.ShortBuffer;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An array of numbers in native memory, row-major, which models read and write. The owner, who
 * makes or detaches a tensor, closes it. Not thread-safe.
 *
 * <p>Arrays given to the factories are copied once. The buffers of a tensor that was made here are
 * its memory itself: what is written there is what the next run reads, and what a run wrote into
 * the tensor is found there.
 */
public final class Tensor implements AutoCloseable {
  private final OnnxTensor value;

  /** The memory itself; null for a tensor that a model made. */
  private final @Nullable Buffer memory;

  Tensor(OnnxTensor value) {
    this(value, null);
  }

  private Tensor(OnnxTensor value, @Nullable Buffer memory) {
    this.value = value;
    this.memory = memory;
  }

  /** 32-bit floats, all zero. */
  public static Tensor zeros(long... shape) throws ProcessingException {
    FloatBuffer memory = direct(shape, Float.BYTES).asFloatBuffer();
    return make(memory, shape, environment -> OnnxTensor.createTensor(environment, memory, shape));
  }

  /** 32-bit floats; the product of {@code shape} is the length of {@code values}. */
  public static Tensor of(float[] values, long... shape) throws ProcessingException {
    requireLength(values.length, shape);
    Tensor tensor = zeros(shape);
    tensor.floats().put(values);
    return tensor;
  }

  /** 64-bit integers; the product of {@code shape} is the length of {@code values}. */
  public static Tensor of(long[] values, long... shape) throws ProcessingException {
    requireLength(values.length, shape);
    LongBuffer memory = direct(shape, Long.BYTES).asLongBuffer();
    memory.put(values).rewind();
    return make(memory, shape, environment -> OnnxTensor.createTensor(environment, memory, shape));
  }

  /** 32-bit integers; the product of {@code shape} is the length of {@code values}. */
  public static Tensor of(int[] values, long... shape) throws ProcessingException {
    requireLength(values.length, shape);
    IntBuffer memory = direct(shape, Integer.BYTES).asIntBuffer();
    memory.put(values).rewind();
    return make(memory, shape, environment -> OnnxTensor.createTensor(environment, memory, shape));
  }

  /** One 64-bit integer without axes. */
  public static Tensor scalar(long value) throws ProcessingException {
    return of(new long[] {value});
  }

  /** One flag, shape (1). */
  public static Tensor flag(boolean value) throws ProcessingException {
    boolean[] values = {value};
    return make(null, new long[] {1}, environment -> OnnxTensor.createTensor(environment, values));
  }

  /** A view on memory that somebody else keeps. */
  static Tensor over(ByteBuffer memory, ElementType type, long... shape)
      throws ProcessingException {
    Buffer floats = type == ElementType.FLOAT32 ? memory.asFloatBuffer() : null;
    return make(
        floats,
        shape,
        environment -> OnnxTensor.createTensor(environment, memory, shape, type.nativeType()));
  }

  /** Sizes of the axes, outermost first; empty = scalar. */
  public List<Long> shape() {
    return TensorShape.boxed(value.getInfo().getShape());
  }

  public ElementType type() {
    return ElementType.of(value.getInfo().type);
  }

  /**
   * The floats of this tensor, row-major, from the beginning: its memory if it was made here, else
   * a copy. Half-precision values are widened.
   */
  public FloatBuffer floats() {
    if (memory instanceof FloatBuffer floats) {
      return floats.duplicate();
    }
    return required(value.getFloatBuffer(), "32-bit floats");
  }

  /** The 64-bit integers of this tensor, row-major: its memory if it was made here, else a copy. */
  public LongBuffer longs() {
    if (memory instanceof LongBuffer longs) {
      return longs.duplicate();
    }
    return required(value.getLongBuffer(), "64-bit integers");
  }

  /** The 32-bit integers of this tensor, row-major: its memory if it was made here, else a copy. */
  public IntBuffer ints() {
    if (memory instanceof IntBuffer integers) {
      return integers.duplicate();
    }
    return required(value.getIntBuffer(), "32-bit integers");
  }

  /** The same numbers as 16-bit floats; the caller closes both. */
  public Tensor toHalf() throws ProcessingException {
    ShortBuffer halves = Fp16Conversions.convertFloatBufferToFp16Buffer(floats());
    long[] shape = value.getInfo().getShape();
    return make(
        null,
        shape,
        environment -> OnnxTensor.createTensor(environment, halves, shape, OnnxJavaType.FLOAT16));
  }

  /** A copy of the floats, row-major. */
  public float[] toFloats() {
    FloatBuffer from = floats();
    float[] copy = new float[from.remaining()];
    from.get(copy);
    return copy;
  }

  /** A copy of the 64-bit integers, row-major. */
  public long[] toLongs() {
    LongBuffer from = longs();
    long[] copy = new long[from.remaining()];
    from.get(copy);
    return copy;
  }

  /** Gives the native memory back; further calls do nothing. */
  @Override
  public void close() {
    if (!value.isClosed()) {
      value.close();
    }
  }

  OnnxTensor value() {
    return value;
  }

  /** Type and shape, such as {@code FLOAT32[1, 80, 200]}. */
  @Override
  public String toString() {
    return type() + shape().toString();
  }

  private <B extends Buffer> B required(@Nullable B buffer, String expected) {
    if (buffer == null) {
      throw new IllegalStateException("expected " + expected + ", found " + this);
    }
    return buffer;
  }

  private static ByteBuffer direct(long[] shape, int bytesPerElement) {
    return ByteBuffer.allocateDirect(Math.toIntExact(elements(shape) * bytesPerElement))
        .order(ByteOrder.nativeOrder());
  }

  private static void requireLength(int length, long[] shape) {
    requireNonNull(shape, "shape is null");
    if (elements(shape) != length) {
      throw new IllegalArgumentException(
          "expected "
              + elements(shape)
              + " values for shape "
              + Arrays.toString(shape)
              + ", found "
              + length);
    }
  }

  private static long elements(long[] shape) {
    long elements = 1;
    for (long size : shape) {
      if (size < 0) {
        throw new IllegalArgumentException(
            "expected sizes of 0 or more, found " + Arrays.toString(shape));
      }
      elements = Math.multiplyExact(elements, size);
    }
    return elements;
  }

  private static Tensor make(@Nullable Buffer memory, long[] shape, Maker maker)
      throws ProcessingException {
    try {
      return new Tensor(maker.make(NativeLibrary.environment()), memory);
    } catch (OrtException e) {
      throw new IllegalArgumentException(
          "no tensor of shape " + Arrays.toString(shape) + " can be made", e);
    }
  }

  /** Wraps memory as a native value. */
  @FunctionalInterface
  private interface Maker {
    OnnxTensor make(ai.onnxruntime.OrtEnvironment environment) throws OrtException;
  }
}
