package io.maie.edge.asr.transducer;

import static java.util.Objects.requireNonNull;

import io.maie.edge.failure.ProcessingException;
import io.maie.edge.onnx.ElementType;
import io.maie.edge.onnx.OnnxModel;
import io.maie.edge.onnx.Outputs;
import io.maie.edge.onnx.Tensor;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * A small graph that runs once a token or once a frame, with tensors of the same shapes: they are
 * made once, since making them takes about as long as a run. Owns native memory. Not thread-safe.
 */
public final class RepeatedRun implements AutoCloseable {
  private final OnnxModel model;
  private final Map<String, Tensor> inputs;
  private final Set<String> wanted;

  /** Made by the first run, which tells their shapes. */
  private final Map<String, Tensor> outputs = new LinkedHashMap<>();

  /**
   * Runs of a model.
   *
   * @param inputs all that the model takes, closed with this
   * @param wanted names of the outputs that are read, 32-bit floats
   */
  public RepeatedRun(OnnxModel model, Map<String, Tensor> inputs, Set<String> wanted) {
    this.model = requireNonNull(model, "model is null");
    this.inputs = new LinkedHashMap<>(inputs);
    this.wanted = Set.copyOf(wanted);
  }

  /** Sets an input for the runs that follow, row-major. */
  public RepeatedRun with(String input, float[] values) {
    input(input).floats().put(values);
    return this;
  }

  /** Sets an input of one whole number. */
  public RepeatedRun with(String input, int value) {
    Tensor tensor = input(input);
    if (tensor.type() == ElementType.INT64) {
      tensor.longs().put(value);
    } else {
      tensor.ints().put(value);
    }
    return this;
  }

  private Tensor input(String name) {
    return requireNonNull(inputs.get(name), name);
  }

  /** Runs the model on the inputs as they are. */
  public void run() throws ProcessingException {
    if (!outputs.isEmpty()) {
      model.runInto(inputs, outputs);
      return;
    }
    try (Outputs first = model.run(inputs, wanted)) {
      for (String name : wanted) {
        long[] shape = first.shape(name).stream().mapToLong(Long::longValue).toArray();
        outputs.put(name, Tensor.of(first.floats(name), shape));
      }
    }
  }

  /** A copy of what the last run returned, row-major. */
  public float[] output(String name) {
    return requireNonNull(outputs.get(name), name).toFloats();
  }

  @Override
  public void close() {
    inputs.values().forEach(Tensor::close);
    outputs.values().forEach(Tensor::close);
  }
}
