package io.maie.edge.asr.transducer;

import io.maie.edge.failure.ProcessingException;
import io.maie.edge.onnx.ElementType;
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

  /**
   * The states before anything was said.
   *
   * @param inputs of the predictor: the token, the number of tokens, the states
   */
  static RecurrentStates zeros(List<TensorShape> inputs) {
    return new RecurrentStates(
        new float[elements(inputs.get(2))], new float[elements(inputs.get(3))]);
  }

  /** Shape of an input in a batch of one. */
  private static long[] shape(TensorShape input) {
    return input.shape().stream().mapToLong(size -> Math.max(1, size)).toArray();
  }

  private static int elements(TensorShape input) {
    return Math.toIntExact(Arrays.stream(shape(input)).reduce(1, Math::multiplyExact));
  }

  /** Tensors of all inputs of a predictor; the number of tokens is 1. */
  static Map<String, Tensor> tensors(List<TensorShape> inputs) throws ProcessingException {
    return Map.of(
        inputs.get(0).name(), one(inputs.get(0)),
        inputs.get(1).name(), one(inputs.get(1)),
        inputs.get(2).name(), Tensor.zeros(shape(inputs.get(2))),
        inputs.get(3).name(), Tensor.zeros(shape(inputs.get(3))));
  }

  private static Tensor one(TensorShape input) throws ProcessingException {
    long[] shape = new long[input.shape().size()];
    Arrays.fill(shape, 1);
    return input.type() == ElementType.INT64
        ? Tensor.of(new long[] {1}, shape)
        : Tensor.of(new int[] {1}, shape);
  }

  /** Sets the inputs of a run. */
  void put(RepeatedRun run, List<TensorShape> inputs, int token) {
    run.with(inputs.get(0).name(), token)
        .with(inputs.get(2).name(), hidden)
        .with(inputs.get(3).name(), cell);
  }

  /**
   * The states that a run returned.
   *
   * @param outputs of the predictor: the prediction, the number of tokens, the states
   */
  static RecurrentStates of(RepeatedRun run, List<TensorShape> outputs) {
    return new RecurrentStates(
        run.output(outputs.get(2).name()), run.output(outputs.get(3).name()));
  }
}
