package io.maie.edge.onnx;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Result of one run of a model, by output name. Owns its tensors until they are detached, and stays
 * valid when the model is unloaded. Not thread-safe.
 */
public final class Outputs implements AutoCloseable {
  private final Map<String, Tensor> tensors;

  Outputs(Map<String, Tensor> tensors) {
    this.tensors = new LinkedHashMap<>(tensors);
  }

  /** The tensor itself, valid until this is closed; to be closed by nobody else. */
  public Tensor tensor(String name) {
    Tensor tensor = tensors.get(name);
    if (tensor == null) {
      throw new IllegalArgumentException(
          "expected one of the outputs " + tensors.keySet() + ", found '" + name + "'");
    }
    return tensor;
  }

  /** Sizes of the axes, outermost first. */
  public List<Long> shape(String name) {
    return tensor(name).shape();
  }

  /** A copy, row-major. */
  public float[] floats(String name) {
    return tensor(name).toFloats();
  }

  /** A copy, row-major. */
  public long[] longs(String name) {
    return tensor(name).toLongs();
  }

  /**
   * Hands the tensor over to the caller, who closes it. It can be an input of a later run without
   * passing through the Java heap.
   */
  public Tensor detach(String name) {
    Tensor tensor = tensor(name);
    tensors.remove(name);
    return tensor;
  }

  /** Closes what was not detached; further calls do nothing. */
  @Override
  public void close() {
    tensors.values().forEach(Tensor::close);
    tensors.clear();
  }
}
