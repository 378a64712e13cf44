package io.maie.edge.onnx;

import java.util.Arrays;
import java.util.List;

/**
 * An input or output of a model.
 *
 * @param shape sizes of the axes, outermost first; -1 where any size is accepted; empty = scalar
 */
public record TensorShape(String name, ElementType type, List<Long> shape) {

  public TensorShape {
    shape = List.copyOf(shape);
  }

  static List<Long> boxed(long[] shape) {
    return Arrays.stream(shape).boxed().toList();
  }
}
