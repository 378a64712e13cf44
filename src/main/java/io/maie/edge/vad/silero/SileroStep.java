package io.maie.edge.vad.silero;

import io.maie.edge.audio.Waveform;
import io.maie.edge.failure.ProcessingException;
import io.maie.edge.onnx.OnnxModel;
import io.maie.edge.onnx.Tensor;
import io.maie.edge.onnx.TensorShape;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The model on its way through one recording: what it carries from window to window. All memory is
 * taken at the beginning; two sets of state tensors take turns as input and output.
 */
final class SileroStep implements AutoCloseable {
  private final OnnxModel model;
  private final int windowSamples;
  private final int contextSamples;

  /** Everything to close. */
  private final List<Tensor> tensors;

  /** Shape (1, context + window). */
  private final FloatBuffer input;

  /** Shape (1, 1). */
  private final FloatBuffer probability;

  private Map<String, Tensor> inputs = new HashMap<>();
  private Map<String, Tensor> outputs = new HashMap<>();
  private Map<String, Tensor> nextInputs = new HashMap<>();
  private Map<String, Tensor> nextOutputs = new HashMap<>();

  private SileroStep(
      OnnxModel model, SileroOptions options, SileroInterface version, List<Tensor> tensors)
      throws ProcessingException {
    this.model = model;
    this.tensors = tensors;
    this.windowSamples = options.windowSamples();
    this.contextSamples = version == SileroInterface.V5 ? options.contextSamples() : 0;
    this.input = shared(SileroInterface.INPUT, Tensor.zeros(1, contextSamples + windowSamples));
    String outputName = model.outputs().get(0).name();
    Tensor output = owned(Tensor.zeros(1, 1));
    outputs.put(outputName, output);
    nextOutputs.put(outputName, output);
    this.probability = output.floats();
    addSampleRate();
    addStates(version);
  }

  static SileroStep open(OnnxModel model, SileroOptions options) throws ProcessingException {
    List<Tensor> tensors = new ArrayList<>();
    try {
      return new SileroStep(model, options, SileroInterface.of(model), tensors);
    } catch (ProcessingException | RuntimeException e) {
      // what was made before cannot be closed by anybody else
      tensors.forEach(Tensor::close);
      throw e;
    }
  }

  /** Some exports for one rate only have no such input; others want a shape of their own for it. */
  private void addSampleRate() throws ProcessingException {
    for (TensorShape candidate : model.inputs()) {
      if (candidate.name().equals(SileroInterface.SAMPLE_RATE)) {
        long[] shape = candidate.shape().stream().mapToLong(size -> 1).toArray();
        Tensor rate = Tensor.of(new long[] {Waveform.SAMPLE_RATE}, shape);
        owned(rate);
        inputs.put(candidate.name(), rate);
        nextInputs.put(candidate.name(), rate);
      }
    }
  }

  private void addStates(SileroInterface version) throws ProcessingException {
    for (int i = 0; i < version.stateNames().size(); i++) {
      String inputName = version.stateNames().get(i);
      String outputName = model.outputs().get(1 + i).name();
      Tensor one = owned(Tensor.zeros(version.stateShape()));
      Tensor other = owned(Tensor.zeros(version.stateShape()));
      inputs.put(inputName, one);
      outputs.put(outputName, other);
      nextInputs.put(inputName, other);
      nextOutputs.put(outputName, one);
    }
  }

  private FloatBuffer shared(String name, Tensor tensor) {
    owned(tensor);
    inputs.put(name, tensor);
    nextInputs.put(name, tensor);
    return tensor.floats();
  }

  private Tensor owned(Tensor tensor) {
    tensors.add(tensor);
    return tensor;
  }

  /**
   * Takes in the next window.
   *
   * @param samples shape (samples), in [-1, 1]
   * @param offset where the window begins; where it reaches beyond the end, zeros follow
   * @return the probability that there is speech in it
   */
  double probability(float[] samples, int offset) throws ProcessingException {
    int present = Math.min(windowSamples, samples.length - offset);
    for (int i = 0; i < contextSamples; i++) {
      input.put(i, input.get(windowSamples + i));
    }
    input.put(contextSamples, samples, offset, present);
    for (int i = contextSamples + present; i < contextSamples + windowSamples; i++) {
      input.put(i, 0);
    }
    model.runInto(inputs, outputs);
    swap();
    return probability.get(0);
  }

  private void swap() {
    Map<String, Tensor> usedInputs = inputs;
    Map<String, Tensor> usedOutputs = outputs;
    inputs = nextInputs;
    outputs = nextOutputs;
    nextInputs = usedInputs;
    nextOutputs = usedOutputs;
  }

  @Override
  public void close() {
    tensors.forEach(Tensor::close);
  }
}
