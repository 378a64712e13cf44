package io.maie.edge.onnx.graph;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The models, with inputs x and p, are made and explained by make_reshape_models.py. */
final class FixedReshapesTest {
  /** The operator that reads sizes. */
  private static final String READING = "Shape";

  /** Ends the names of tensors that hold all sizes of a Reshape. */
  private static final String SIZES = "_sizes";

  @ParameterizedTest
  @CsvSource({
    "heads, 3 6 32, 3, 0",
    "list_of_one, 3 6 32, 3, 0",
    "product, 3 6 32, 3, 0",
    "few_bits, 3 6 32, 3, 0",
    "decoder, 3 6 32, 3 8 5 4, 2",
    "same_name, 3 6 32, 3 2 32, 0",
    "in_branch, 3 6 32, 3, 0"
  })
  void sizesThatAreThoseOfTheInputAreNotComputed(String name, String x, String p, int left)
      throws Exception {
    Path model = model(name);
    byte[] graph = FusedGraph.of(model);

    assertThat(GraphRuns.countIn(Files.readAllBytes(model), READING)).isGreaterThan(left);
    assertThat(GraphRuns.countIn(graph, READING)).isEqualTo(left);
    assertThat(GraphRuns.countIn(graph, SIZES)).isZero();
    assertSame(model, x, p);
    assertSame(model, x.replaceFirst(" .+? ", " 1 "), p);
    assertSame(model, x.replaceFirst(" .+? ", " 7 "), p);
  }

  @ParameterizedTest
  @CsvSource({
    "other_place, 3 6 32, 3",
    "other_tensor, 3 6 32, 2 6 32",
    "repeated, 1 6 32, 3 6 32",
    "computed, 3 6 32, 3",
    "zero_is_zero, 3 6 32, 3",
    "fewer_rows, 3 6 32, 3",
    "mixed_up, 3 6 32, 3"
  })
  void otherSizesAreComputedAsBefore(String name, String x, String p) throws Exception {
    Path model = model(name);

    assertThat(GraphRuns.countIn(FusedGraph.of(model), READING))
        .isEqualTo(GraphRuns.countIn(Files.readAllBytes(model), READING));
    assertSame(model, x, p);
  }

  @ParameterizedTest
  @ValueSource(strings = {"seen", "used_inside"})
  void sizesThatSomebodyElseUsesAreStillComputed(String name) throws Exception {
    Path model = model(name);
    byte[] graph = FusedGraph.of(model);

    assertThat(GraphRuns.countIn(graph, "/fixed/sizes")).isPositive();
    assertThat(GraphRuns.countIn(graph, READING)).isEqualTo(1);
    assertSame(model, "3 6 32", "3");
  }

  private static Path model(String name) {
    return Path.of("src/test/resources/onnx/reshape").resolve(name + ".onnx");
  }

  private static void assertSame(Path model, String x, String p) throws Exception {
    GraphRuns.Output plain = GraphRuns.plain(model, shape(x), shape(p));
    GraphRuns.Output lean = GraphRuns.lean(model, shape(x), shape(p));

    assertThat(lean.shape()).isEqualTo(plain.shape());
    assertThat(lean.values()).isEqualTo(plain.values());
  }

  private static long[] shape(String sizes) {
    return Arrays.stream(sizes.split(" ")).mapToLong(Long::parseLong).toArray();
  }
}
