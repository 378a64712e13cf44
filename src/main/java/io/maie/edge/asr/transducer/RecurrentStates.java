package io.maie.edge.asr.transducer;

import io.maie.edge.failure.ProcessingException;
import io.maie.edge.onnx.ElementType;
import io.maie.edge.onnx.Outputs;
import io.maie.edge.onnx.Tensor;
import io.maie.edge.onnx.TensorShape;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * The two states of a recurrent predictor, as NeMo exports it. Immutable.
 *
 * @param hidden shape (layers, 1, size)
 * @param cell shape (layers, 1, size)
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record RecurrentStates(float[] hidden, float[] cell) {

  /** The states before anything was said. */
  static RecurrentStates zeros(TensorShape hidden, TensorShape cell) {
    return new RecurrentStates(new float[elements(hidden)], new float[elements(cell)]);
  }

  private static int elements(TensorShape input) {
    long elements = 1;
    for (long size : input.shape()) {
      elements *= Math.max(1, size);
    }
    return Math.toIntExact(elements);
  }

  static RecurrentStates of(Outputs outputs, String hidden, String cell) {
    return new RecurrentStates(outputs.floats(hidden), outputs.floats(cell));
  }

  /** A tensor of one of the states. */
  static Tensor tensor(float[] values, TensorShape input) throws ProcessingException {
    long[] shape = input.shape().stream().mapToLong(size -> Math.max(1, size)).toArray();
    return Tensor.of(values, shape);
  }

  /** A token, or a number of tokens, as the graph takes it. */
  static Tensor integer(int value, TensorShape input) throws ProcessingException {
    long[] shape = new long[input.shape().size()];
    Arrays.fill(shape, 1);
    return input.type() == ElementType.INT64
        ? Tensor.of(new long[] {value}, shape)
        : Tensor.of(new int[] {value}, shape);
  }

  /**
   * The inputs of a predictor by their place: the token, the number of tokens, the states.
   *
   * @param first place of the token
   */
  Inputs inputs(int token, List<TensorShape> declared, int first) throws ProcessingException {
    return new Inputs(
        Map.of(
            declared.get(first).name(), integer(token, declared.get(first)),
            declared.get(first + 1).name(), integer(1, declared.get(first + 1)),
            declared.get(first + 2).name(), tensor(hidden, declared.get(first + 2)),
            declared.get(first + 3).name(), tensor(cell, declared.get(first + 3))));
  }

  /** Tensors that are closed together. */
  record Inputs(Map<String, Tensor> tensors) implements AutoCloseable {

    @Override
    public void close() {
      tensors.values().forEach(Tensor::close);
    }
  }
}
