package io.maie.edge.onnx;

import static java.util.Objects.requireNonNull;

import ai.onnxruntime.platform.Fp16Conversions;
import io.maie.edge.failure.ProcessingException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;

/**
 * A block of native memory over which tensors of changing shapes are laid, so that what one run
 * wrote is what the next one reads, without allocation and without a way through the Java heap. The
 * tensors are views: their maker closes them, and the memory outlives them. It goes back to the
 * system when the garbage collector finds nobody who uses it. Not thread-safe.
 */
public final class TensorMemory {
  /** Bytes that are moved at a time. */
  private static final int MOVED = 1 << 16;

  private final ElementType type;
  private final long elements;
  private final ByteBuffer bytes;

  private TensorMemory(ElementType type, long elements) {
    this.type = requireNonNull(type, "type is null");
    this.elements = elements;
    bytes =
        ByteBuffer.allocateDirect(Math.toIntExact(elements * type.bytes()))
            .order(ByteOrder.nativeOrder());
  }

  /**
   * Zeros.
   *
   * @param type 32- or 16-bit floats, or 64-bit integers
   * @param elements 0 or more; at most 2 GiB in bytes
   */
  public static TensorMemory allocate(ElementType type, long elements) {
    return new TensorMemory(type, elements);
  }

  /** Number of elements that there is room for. */
  public long elements() {
    return elements;
  }

  /** A tensor over the first elements. */
  public Tensor tensor(long... shape) throws ProcessingException {
    return tensorAt(0, shape);
  }

  /** A tensor over the elements from {@code offset} on. */
  public Tensor tensorAt(long offset, long... shape) throws ProcessingException {
    long count = 1;
    for (long size : shape) {
      count *= size;
    }
    return Tensor.over(slice(offset, count), type, shape);
  }

  /** Copies elements; the two stretches may overlap. */
  public void copy(long from, TensorMemory target, long to, long count) {
    if (target != this || from != to) {
      target.slice(to, count).put(slice(from, count));
    }
  }

  /** Exchanges two stretches, which do not overlap. */
  public void exchange(long one, long other, long count) {
    ByteBuffer first = slice(one, count);
    ByteBuffer second = slice(other, count);
    byte[] moved = new byte[Math.min(first.remaining(), MOVED)];
    for (int at = 0; at < first.capacity(); at += moved.length) {
      int length = Math.min(moved.length, first.capacity() - at);
      first.get(at, moved, 0, length);
      first.put(at, second, at, length);
      second.put(at, moved, 0, length);
    }
  }

  /**
   * Copies floats, those of 16 bits widened.
   *
   * @param offset the first element
   * @param target filled from there on
   */
  public void read(long offset, float[] target) {
    ByteBuffer from = slice(offset, target.length);
    FloatBuffer floats =
        type == ElementType.FLOAT16
            ? Fp16Conversions.convertFp16BufferToFloatBuffer(from.asShortBuffer())
            : from.asFloatBuffer();
    floats.get(0, target);
  }

  /** Sets all elements, which are 64-bit integers. */
  public void fill(long value) {
    LongBuffer integers = slice(0, elements).asLongBuffer();
    while (integers.hasRemaining()) {
      integers.put(value);
    }
  }

  /**
   * Gives the pages of this memory back to the system until somebody writes to it again. What it
   * held is lost.
   */
  public void discard() {
    NativePages.discard(bytes);
  }

  private ByteBuffer slice(long offset, long count) {
    int size = type.bytes();
    return bytes
        .slice(Math.toIntExact(offset * size), Math.toIntExact(count * size))
        .order(ByteOrder.nativeOrder());
  }
}
