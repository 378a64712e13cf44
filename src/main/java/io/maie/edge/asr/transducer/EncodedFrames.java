package io.maie.edge.asr.transducer;

import static java.util.Objects.requireNonNull;

import io.maie.edge.failure.ProcessingException;
import io.maie.edge.onnx.OnnxModel;
import io.maie.edge.onnx.TensorShape;
import java.util.Arrays;

/**
 * Output of an encoder for a stretch of speech.
 *
 * @param values shape (count, size), row-major; not changed after
 * @param count number of frames, 0 or more
 * @param size numbers per frame
 */
@SuppressWarnings("ArrayRecordComponent") // handed over once, never compared
public record EncodedFrames(float[] values, int count, int size) {

  public EncodedFrames {
    requireNonNull(values, "values is null");
    if (count < 0 || size < 1 || values.length < (long) count * size) {
      throw new IllegalArgumentException(
          "expected %d x %d values, found %d".formatted(count, size, values.length));
    }
  }

  /** The frames per call of a graph whose first input has shape (1, size, frames). */
  static int perCall(OnnxModel model) throws ProcessingException {
    TensorShape encoded = model.inputs().get(0);
    long frames = encoded.shape().size() == 3 ? encoded.shape().get(2) : 1;
    return frames < 1 ? Integer.MAX_VALUE : Math.toIntExact(frames);
  }

  /**
   * Frames that an encoder returned as columns.
   *
   * @param values shape (size, columns), row-major
   * @param count how many of the columns are frames, from the first
   */
  static EncodedFrames ofColumns(float[] values, int size, int columns, int count) {
    float[] rows = new float[count * size];
    for (int at = 0; at < size; at++) {
      for (int frame = 0; frame < count; frame++) {
        rows[frame * size + at] = values[at * columns + frame];
      }
    }
    return new EncodedFrames(rows, count, size);
  }

  /** Some of the frames, shape (number, size). */
  public float[] rows(int first, int number) {
    return Arrays.copyOfRange(values, first * size, (first + number) * size);
  }

  /** One frame several times, shape (times, size). */
  public float[] repeated(int frame, int times) {
    float[] rows = new float[times * size];
    for (int i = 0; i < times; i++) {
      System.arraycopy(values, frame * size, rows, i * size, size);
    }
    return rows;
  }

  /** Some of the frames, shape (size, number). */
  float[] columns(int first, int number) {
    float[] columns = new float[number * size];
    for (int frame = 0; frame < number; frame++) {
      for (int at = 0; at < size; at++) {
        columns[at * number + frame] = values[(first + frame) * size + at];
      }
    }
    return columns;
  }
}
