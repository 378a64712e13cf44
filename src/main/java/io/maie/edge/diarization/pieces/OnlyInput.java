package io.maie.edge.diarization.pieces;

import static java.util.stream.Collectors.joining;

import io.maie.edge.failure.FailureCode;
import io.maie.edge.failure.ProcessingException;
import io.maie.edge.onnx.OnnxModel;
import io.maie.edge.onnx.TensorShape;
import java.util.List;

/**
 * The one input of a model that tells speakers apart.
 *
 * @param means the model and its input in words
 * @param sizes those that each dimension may have, unless the graph leaves it open
 */
record OnlyInput(String means, List<Sizes> sizes) {

  /** Sizes of a dimension, both ends included. */
  record Sizes(long least, long most) {
    static Sizes exactly(long size) {
      return new Sizes(size, size);
    }

    static Sizes from(long least) {
      return new Sizes(least, Long.MAX_VALUE);
    }

    boolean hold(long size) {
      return least <= size && size <= most;
    }
  }

  OnlyInput {
    sizes = List.copyOf(sizes);
  }

  /**
   * Compares what the graph declares.
   *
   * @throws ProcessingException {@code MODEL_LOAD_ERROR} if it takes something else
   */
  void require(OnnxModel model) throws ProcessingException {
    List<TensorShape> found = model.inputs();
    if (found.size() != 1 || !fits(found.get(0).shape())) {
      String shapes =
          found.stream().map(one -> one.name() + " " + one.shape()).collect(joining(", "));
      throw new ProcessingException(
          FailureCode.MODEL_LOAD_ERROR,
          "Expected " + means + ", found the input " + shapes,
          "Take a model that was exported for this purpose");
    }
  }

  private boolean fits(List<Long> declared) {
    if (declared.size() != sizes.size()) {
      return false;
    }
    for (int i = 0; i < sizes.size(); i++) {
      boolean isOpen = declared.get(i) < 1;
      if (!isOpen && !sizes.get(i).hold(declared.get(i))) {
        return false;
      }
    }
    return true;
  }
}
