package io.maie.edge.onnx.graph;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Declaration of one of a graph's inputs or outputs. The numbers of fields are those of onnx.proto.
 *
 * @param axes empty if not even their number is declared
 */
record DeclaredTensor(String name, Optional<List<Axis>> axes) {
  static final int NAME = 1;
  private static final int TYPE = 2;
  private static final int TENSOR = 1;
  private static final int SHAPE = 2;
  private static final int DIMENSION = 1;

  DeclaredTensor {
    axes = axes.map(List::copyOf);
  }

  static DeclaredTensor read(WireFile file, WireField field) throws IOException {
    String name = "";
    Optional<List<Axis>> axes = Optional.empty();
    for (WireField part : file.fields(field)) {
      if (part.number() == NAME) {
        name = file.text(part);
      } else if (part.number() == TYPE) {
        axes = axes(file, part);
      }
    }
    return new DeclaredTensor(name, axes);
  }

  private static Optional<List<Axis>> axes(WireFile file, WireField type) throws IOException {
    for (WireField tensor : file.fields(type)) {
      if (tensor.number() == TENSOR) {
        for (WireField shape : file.fields(tensor)) {
          if (shape.number() == SHAPE) {
            return Optional.of(axesOf(file, shape));
          }
        }
      }
    }
    return Optional.empty();
  }

  private static List<Axis> axesOf(WireFile file, WireField shape) throws IOException {
    List<Axis> axes = new ArrayList<>();
    for (WireField dimension : file.fields(shape)) {
      if (dimension.number() == DIMENSION) {
        axes.add(Axis.read(file, dimension));
      }
    }
    return axes;
  }

  /**
   * An axis.
   *
   * @param size 0 if only a run knows
   * @param name axes of one name are of one size; empty if it has none
   */
  record Axis(long size, String name) {
    private static final int VALUE = 1;
    private static final int PARAMETER = 2;

    private static Axis read(WireFile file, WireField field) throws IOException {
      long size = 0;
      String name = "";
      for (WireField part : file.fields(field)) {
        if (part.number() == VALUE) {
          size = part.value();
        } else if (part.number() == PARAMETER) {
          name = file.text(part);
        }
      }
      return new Axis(size, name);
    }
  }
}
