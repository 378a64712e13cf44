package io.maie.edge.asr.ctc;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.joining;

import io.maie.edge.asr.frames.Features;
import io.maie.edge.asr.frames.Posteriors;
import io.maie.edge.failure.FailureCode;
import io.maie.edge.failure.ProcessingException;
import io.maie.edge.onnx.ElementType;
import io.maie.edge.onnx.OnnxModel;
import io.maie.edge.onnx.Outputs;
import io.maie.edge.onnx.Tensor;
import io.maie.edge.onnx.TensorShape;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Samples to posteriors: the front end and the model's graph. Used by one thread at a time. */
final class AcousticModel {
  private final OnnxModel model;
  private final CtcSettings settings;
  private boolean checked;
  private ElementType lengthType = ElementType.INT64;

  AcousticModel(OnnxModel model, CtcSettings settings) {
    this.model = requireNonNull(model, "model is null");
    this.settings = requireNonNull(settings, "settings is null");
  }

  /**
   * Listens to a window.
   *
   * @param samples shape (samples), in [-1, 1]
   * @param language the language for a model that takes one; null = the model detects it
   */
  Posteriors listen(float[] samples, @Nullable String language) throws ProcessingException {
    checkGraph();
    Features features = settings.frontEnd().compute(samples);
    CtcSettings.Graph graph = settings.graph();
    Map<String, Tensor> inputs = new HashMap<>();
    try {
      inputs.put(graph.features(), Tensor.of(features.values(), features.shape()));
      if (graph.length() != null) {
        inputs.put(graph.length(), length(features.length()));
      }
      if (settings.tags().isPresent()) {
        TagSettings tags = settings.tags().get();
        inputs.put(tags.languageInput(), Tensor.of(new int[] {tags.language(language)}, 1));
        inputs.put(tags.formInput(), Tensor.of(new int[] {tags.form()}, 1));
      }
      try (Outputs outputs = model.run(inputs, Set.of(graph.output()))) {
        return posteriors(outputs);
      }
    } finally {
      inputs.values().forEach(Tensor::close);
    }
  }

  private Tensor length(long length) throws ProcessingException {
    return lengthType == ElementType.INT32
        ? Tensor.of(new int[] {Math.toIntExact(length)}, 1)
        : Tensor.of(new long[] {length}, 1);
  }

  private Posteriors posteriors(Outputs outputs) throws ProcessingException {
    String name = settings.graph().output();
    List<Long> shape = outputs.shape(name);
    int tokens = settings.decoder().tokens().size();
    if (shape.size() != 3 || shape.get(0) != 1 || shape.get(2) != tokens) {
      throw wrong(
          "Expected shape (1, frames, %d) as the token table has it, found %s: output '%s' of '%s'"
              .formatted(tokens, shape, name, model.file()));
    }
    int frames = Math.toIntExact(shape.get(1));
    float[] values = outputs.floats(name);
    return settings.graph().isLogits()
        ? Posteriors.ofLogits(values, frames, tokens)
        : Posteriors.ofLogProbabilities(values, frames, tokens);
  }

  /** Compares the manifest's names with the graph's, before ONNX Runtime complains less clearly. */
  private void checkGraph() throws ProcessingException {
    if (checked) {
      return;
    }
    CtcSettings.Graph graph = settings.graph();
    require(model.inputs(), graph.features(), "inputs");
    require(model.outputs(), graph.output(), "outputs");
    if (graph.length() != null) {
      lengthType = require(model.inputs(), graph.length(), "inputs").type();
    }
    checked = true;
  }

  private TensorShape require(List<TensorShape> present, String name, String kind)
      throws ProcessingException {
    Optional<TensorShape> found =
        present.stream().filter(tensor -> tensor.name().equals(name)).findFirst();
    if (found.isEmpty()) {
      throw wrong(
          "Expected one of the %s %s, found '%s' in the manifest of '%s'"
              .formatted(
                  kind,
                  present.stream().map(TensorShape::name).collect(joining(", ")),
                  name,
                  model.file()));
    }
    return found.get();
  }

  private static ProcessingException wrong(String message) {
    return new ProcessingException(
        FailureCode.MODEL_LOAD_ERROR, message, "Correct the manifest to match the model");
  }
}
