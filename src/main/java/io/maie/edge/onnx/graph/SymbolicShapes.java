package io.maie.edge.onnx.graph;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * Shapes of tensors before a run, and the numbers in tensors that hold shapes. The output of an
 * unknown operator has no known shape.
 *
 * <p>What is equal here is so in every run that comes to an end, as operators refuse other shapes,
 * provided that inputs keep to the names that the model gives to their axes. One row that stands
 * for many may come in their place as the second input of an operator that repeats it: what the
 * operator makes has the rows of the first.
 */
final class SymbolicShapes {
  /** No tensor in use has more axes. */
  private static final long MAX_RANK = 16;

  private final GraphIndex graph;
  private final Map<String, List<Dimension>> shapes = new HashMap<>();

  /** Contents of integer tensors with one axis or none. */
  private final Map<String, List<Dimension>> numbers = new HashMap<>();

  /** By the names that a model gives to sizes of its inputs. */
  private final Map<String, Dimension> named;

  private SymbolicShapes(GraphIndex graph, Map<String, Dimension> named) {
    this.graph = graph;
    this.named = named;
  }

  /** The tensors of a model's graph. */
  static SymbolicShapes of(GraphIndex graph) {
    SymbolicShapes shapes = new SymbolicShapes(graph, new HashMap<>());
    shapes.infer();
    return shapes;
  }

  /** The tensors of a graph inside this one, such as the branch of a choice. */
  SymbolicShapes inside(GraphIndex inner) {
    SymbolicShapes all = new SymbolicShapes(inner, named);
    all.shapes.putAll(shapes);
    all.numbers.putAll(numbers);
    all.infer();
    return all;
  }

  /** The graph whose tensors these are. */
  GraphIndex graph() {
    return graph;
  }

  /** The sizes of a tensor's axes; empty if not even their number is known. */
  Optional<List<Dimension>> shape(String tensor) {
    return Optional.ofNullable(shapes.get(tensor));
  }

  /** The whole numbers in a tensor of one axis or none; empty if shapes do not determine them. */
  Optional<List<Dimension>> numbers(String tensor) {
    return Optional.ofNullable(numbers.get(tensor));
  }

  private void infer() {
    graph.inputs().forEach(this::declare);
    graph.constants().forEach(this::take);
    for (GraphNode node : graph.nodes()) {
      for (int output = 0; output < node.outputs().size(); output++) {
        Optional<List<Dimension>> shape = output == 0 ? shape(node) : shapeOfOther(node);
        String tensor = node.outputs().get(output);
        shape.ifPresent(known -> shapes.put(tensor, known));
      }
      if (node.outputs().size() == 1 && hasAtMostOneAxis(node.output())) {
        numbers(node).ifPresent(values -> numbers.put(node.output(), values));
      }
    }
  }

  private void take(SmallTensor constant) {
    shapes.put(constant.name(), dimensions(constant.shape()));
    if (constant.integers() && hasAtMostOneAxis(constant.name())) {
      List<Long> values = constant.values().stream().map(Double::longValue).toList();
      numbers.put(constant.name(), dimensions(values));
    }
  }

  private boolean hasAtMostOneAxis(String tensor) {
    return shape(tensor).filter(shape -> shape.size() <= 1).isPresent();
  }

  private void declare(DeclaredTensor input) {
    input
        .axes()
        .ifPresent(axes -> shapes.put(input.name(), axes.stream().map(this::dimension).toList()));
  }

  private Dimension dimension(DeclaredTensor.Axis axis) {
    if (axis.name().isEmpty()) {
      return axis.size() > 0 ? Dimension.of(axis.size()) : Dimension.unknown();
    }
    return named.computeIfAbsent(axis.name(), name -> Dimension.unknown());
  }

  private static List<Dimension> dimensions(List<Long> values) {
    return values.stream().map(Dimension::of).toList();
  }

  /** The shape of a node's first output. */
  private Optional<List<Dimension>> shape(GraphNode node) {
    return switch (node.type()) {
      case "Add", "Sub", "Mul", "Div", "Pow" -> both(node).map(SymbolicShapes::broadcast);
      case "Cast", "Identity", "Sqrt", "Erf", "Softmax", "LayerNormalization" -> first(node);
      case "Sigmoid", "Tanh", "Neg", "Cos", "Sin" -> first(node);
      case "DequantizeLinear", "DynamicQuantizeLinear" -> first(node);
      case "MatMul", "MatMulInteger" -> both(node).flatMap(SymbolicShapes::product);
      case "com.microsoft.MatMulNBits" -> first(node).flatMap(shape -> product(node, shape));
      case "Shape" -> first(node).map(shape -> List.of(Dimension.of(shape.size())));
      case "Gather" -> both(node).flatMap(pair -> gathered(node, pair));
      case "Concat" -> inputs(node).flatMap(parts -> joined(node, parts));
      case "Transpose" -> first(node).flatMap(shape -> transposed(node, shape));
      case "Unsqueeze" -> first(node).flatMap(shape -> unsqueezed(node, shape));
      case "ReduceMean" -> first(node).flatMap(shape -> reduced(node, shape));
      case "Reshape" -> reshaped(node);
      case "Expand" -> first(node).flatMap(shape -> expanded(node, shape));
      case "Slice" -> first(node).map(shape -> sliced(node, shape));
      case "Tile" -> first(node).map(shape -> unknown(shape.size()));
      case "ConstantOfShape" -> numbers(input(node, 0));
      case "Range" -> Optional.of(unknown(1));
      default -> Optional.empty();
    };
  }

  /** The shape of a node's other outputs. */
  private static Optional<List<Dimension>> shapeOfOther(GraphNode node) {
    return node.type().equals("DynamicQuantizeLinear") ? Optional.of(List.of()) : Optional.empty();
  }

  private Optional<List<Dimension>> first(GraphNode node) {
    return shape(input(node, 0));
  }

  /** The shapes of a node's first two inputs. */
  private Optional<Pair> both(GraphNode node) {
    return first(node).flatMap(one -> shape(input(node, 1)).map(other -> new Pair(one, other)));
  }

  /** The name of an input; empty, like those that are left out, if there is none. */
  private static String input(GraphNode node, int index) {
    return index < node.inputs().size() ? node.input(index) : "";
  }

  private Optional<List<List<Dimension>>> inputs(GraphNode node) {
    List<List<Dimension>> known =
        node.inputs().stream().flatMap(input -> shape(input).stream()).toList();
    boolean all = !known.isEmpty() && known.size() == node.inputs().size();
    return all ? Optional.of(known) : Optional.empty();
  }

  private static List<Dimension> unknown(int rank) {
    return Stream.generate(Dimension::unknown).limit(rank).toList();
  }

  /** Matches axes from the last on, as NumPy does. */
  private static List<Dimension> broadcast(Pair pair) {
    List<Dimension> longer = pair.one.size() >= pair.other.size() ? pair.one : pair.other;
    List<Dimension> shorter = pair.one.size() >= pair.other.size() ? pair.other : pair.one;
    List<Dimension> shape = new ArrayList<>(longer);
    int skipped = longer.size() - shorter.size();
    for (int axis = skipped; axis < longer.size(); axis++) {
      shape.set(axis, Dimension.broadcast(longer.get(axis), shorter.get(axis - skipped)));
    }
    return List.copyOf(shape);
  }

  private static Optional<List<Dimension>> product(Pair pair) {
    int left = pair.one.size() - 2;
    int right = pair.other.size() - 2;
    if (left < 0 || right < 0) {
      return Optional.empty();
    }
    pair.one.get(left + 1).unite(pair.other.get(right));
    List<Dimension> shape =
        new ArrayList<>(
            broadcast(new Pair(pair.one.subList(0, left), pair.other.subList(0, right))));
    shape.add(pair.one.get(left));
    shape.add(pair.other.get(right + 1));
    return Optional.of(shape);
  }

  /** A product with weights whose own shape is that of blocks. */
  private static Optional<List<Dimension>> product(GraphNode node, List<Dimension> left) {
    List<Long> columns = node.integers("N");
    if (left.isEmpty() || columns.isEmpty()) {
      return Optional.empty();
    }
    List<Dimension> shape = new ArrayList<>(left);
    shape.set(left.size() - 1, Dimension.of(columns.get(0)));
    return Optional.of(shape);
  }

  private static Optional<List<Dimension>> gathered(GraphNode node, Pair pair) {
    return axis(node, pair.one.size())
        .map(
            axis -> {
              List<Dimension> shape = new ArrayList<>(pair.one.subList(0, axis));
              shape.addAll(pair.other);
              shape.addAll(pair.one.subList(axis + 1, pair.one.size()));
              return shape;
            });
  }

  private static Optional<List<Dimension>> joined(GraphNode node, List<List<Dimension>> parts) {
    List<Dimension> shape = new ArrayList<>(parts.get(0));
    Optional<Integer> along = axis(node, shape.size());
    if (along.isEmpty() || parts.stream().anyMatch(part -> part.size() != shape.size())) {
      return Optional.empty();
    }
    for (int axis = 0; axis < shape.size(); axis++) {
      if (axis == along.get()) {
        shape.set(axis, sum(parts, axis));
      } else {
        for (List<Dimension> part : parts) {
          shape.get(axis).unite(part.get(axis));
        }
      }
    }
    return Optional.of(shape);
  }

  private static Dimension sum(List<List<Dimension>> parts, int axis) {
    long sum = 0;
    for (List<Dimension> part : parts) {
      if (part.get(axis).value().isEmpty()) {
        return Dimension.unknown();
      }
      sum += part.get(axis).value().getAsLong();
    }
    return Dimension.of(sum);
  }

  private static Optional<List<Dimension>> transposed(GraphNode node, List<Dimension> shape) {
    List<Dimension> result = new ArrayList<>();
    for (long axis : node.integers("perm")) {
      fromFirst(axis, shape.size()).map(shape::get).ifPresent(result::add);
    }
    return result.size() == shape.size() ? Optional.of(result) : Optional.empty();
  }

  /** Part of a tensor of one axis between known places; of others only the number of axes. */
  private List<Dimension> sliced(GraphNode node, List<Dimension> shape) {
    List<Long> from = known(input(node, 1));
    List<Long> to = known(input(node, 2));
    String step = input(node, 4);
    boolean each = step.isEmpty() || known(step).equals(List.of(1L));
    if (shape.size() != 1 || from.size() != 1 || to.size() != 1 || !each) {
      return unknown(shape.size());
    }
    OptionalLong size = shape.get(0).value();
    if (size.isEmpty()) {
      return unknown(1);
    }
    long first = place(from.get(0), size.getAsLong());
    long last = place(to.get(0), size.getAsLong());
    return List.of(Dimension.of(Math.max(0, last - first)));
  }

  /** A place among so many numbers; a negative one counts from behind the last number. */
  private static long place(long at, long size) {
    return Math.max(0, Math.min(size, at < 0 ? at + size : at));
  }

  private Optional<List<Dimension>> unsqueezed(GraphNode node, List<Dimension> shape) {
    int rank = shape.size() + axes(node).size();
    Optional<List<Integer>> axes = fromFirst(axes(node), rank);
    List<Dimension> result = new ArrayList<>(shape);
    axes.ifPresent(all -> all.stream().sorted().forEach(a -> result.add(a, Dimension.of(1))));
    return axes.isPresent() ? Optional.of(result) : Optional.empty();
  }

  private Optional<List<Dimension>> reduced(GraphNode node, List<Dimension> shape) {
    if (node.integers("keepdims").equals(List.of(0L))) {
      return Optional.empty();
    }
    List<Dimension> result = new ArrayList<>(shape);
    Optional<List<Integer>> axes = fromFirst(axes(node), shape.size());
    axes.ifPresent(all -> all.forEach(axis -> result.set(axis, Dimension.of(1))));
    return axes.isPresent() ? Optional.of(result) : Optional.empty();
  }

  /** Attributes of older operators are inputs of younger ones; empty if they are not known. */
  private List<Long> axes(GraphNode node) {
    List<Long> attribute = node.integers("axes");
    return attribute.isEmpty() ? known(input(node, 1)) : attribute;
  }

  /** Whole numbers that do not depend on a run; empty for all others. */
  private List<Long> known(String tensor) {
    List<Dimension> all = numbers(tensor).orElse(List.of());
    List<Long> known = all.stream().flatMapToLong(each -> each.value().stream()).boxed().toList();
    return known.size() == all.size() ? known : List.of();
  }

  /** Axes counted from the first one; empty if there are none, or none such. */
  private static Optional<List<Integer>> fromFirst(List<Long> axes, int rank) {
    List<Integer> all =
        axes.stream().flatMap(axis -> fromFirst(axis, rank).stream()).distinct().toList();
    return all.isEmpty() || all.size() < axes.size() ? Optional.empty() : Optional.of(all);
  }

  private static Optional<Integer> fromFirst(long axis, int rank) {
    long fromFirst = axis < 0 ? axis + rank : axis;
    return fromFirst >= 0 && fromFirst < rank ? Optional.of((int) fromFirst) : Optional.empty();
  }

  /**
   * Returns whether a size of 0 is asked for where it is said, instead of what the input has there.
   */
  static boolean takesZero(GraphNode reshape) {
    return reshape.integers("allowzero").contains(1L);
  }

  private Optional<List<Dimension>> reshaped(GraphNode node) {
    if (takesZero(node)) {
      return Optional.empty();
    }
    String sizes = input(node, 1);
    return numbers(sizes)
        .map(asked -> reshaped(node, asked))
        .or(() -> length(sizes).map(SymbolicShapes::unknown));
  }

  private List<Dimension> reshaped(GraphNode node, List<Dimension> asked) {
    List<Dimension> from = first(node).orElse(List.of());
    List<Dimension> shape = new ArrayList<>(asked);
    for (int axis = 0; axis < shape.size(); axis++) {
      if (asked.get(axis).is(NodeWriter.SAME) && axis < from.size()) {
        shape.set(axis, from.get(axis));
      } else if (asked.get(axis).is(NodeWriter.REST) || asked.get(axis).is(NodeWriter.SAME)) {
        shape.set(axis, Dimension.unknown());
      }
    }
    return shape;
  }

  private Optional<List<Dimension>> expanded(GraphNode node, List<Dimension> shape) {
    return length(input(node, 1)).map(rank -> unknown(Math.max(rank, shape.size())));
  }

  /** Counts the numbers in a tensor of one axis, if they are few enough to be sizes of axes. */
  private Optional<Integer> length(String tensor) {
    return shape(tensor)
        .filter(shape -> shape.size() == 1)
        .map(shape -> shape.get(0).value().orElse(Long.MAX_VALUE))
        .filter(length -> length <= MAX_RANK)
        .map(Long::intValue);
  }

  private static Optional<Integer> axis(GraphNode node, int rank) {
    List<Long> attribute = node.integers("axis");
    return fromFirst(attribute.isEmpty() ? 0 : attribute.get(0), rank);
  }

  /** The whole numbers that a node makes of shapes. */
  private Optional<List<Dimension>> numbers(GraphNode node) {
    return switch (node.type()) {
      case "Shape" -> node.attributes().isEmpty() ? first(node) : Optional.empty();
      case "Cast", "Identity", "Unsqueeze" -> numbers(input(node, 0));
      case "Gather" -> numbers(input(node, 0)).flatMap(all -> chosen(node, all));
      case "Concat" -> {
        List<List<Dimension>> known =
            node.inputs().stream().flatMap(input -> numbers(input).stream()).toList();
        yield known.size() == node.inputs().size()
            ? Optional.of(known.stream().flatMap(List::stream).toList())
            : Optional.empty();
      }
      default -> Optional.empty();
    };
  }

  private Optional<List<Dimension>> chosen(GraphNode node, List<Dimension> all) {
    return fromFirst(known(input(node, 1)), all.size())
        .map(indices -> indices.stream().map(all::get).toList());
  }

  /** The shapes of two tensors. */
  private record Pair(List<Dimension> one, List<Dimension> other) {}
}
