package io.maie.edge.onnx.graph;

import static io.maie.edge.onnx.graph.GraphRuns.countIn;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.maie.edge.onnx.graph.LeanGraph.Change;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** On decoders with a table of 48 tokens, in which each branch of a choice looks up and scores. */
final class TransposedTableTest {
  private static final Path MODELS = Path.of("src/test/resources/onnx/blocks");
  private static final Set<Change> AS_IT_LIES = Set.of(Change.TABLES_AS_THEY_LIE);
  private static final int TABLE_BYTES = 48 * 64 * Float.BYTES;
  private static final float ROUNDING = 1e-5f;

  /** Field 6 of a model in onnx.proto: a text that nobody reads. */
  private static final int DOCUMENTATION = 6 << 3 | 2;

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"decoder", "decoder_positions", "decoder_seen_table"})
  void aTableThatIsTurnedForProductsIsMultipliedAsItLies(String name) throws Exception {
    Path model = MODELS.resolve(name + ".onnx");
    byte[] lean = LeanGraph.of(model, AS_IT_LIES);

    assertThat(countIn(lean, "FusedMatMul")).isPositive();
    assertThat(countIn(lean, "Transpose")).isZero();
    assertSame(model, lean);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3})
  void aTableStaysInTheFileWhereverItLies(int shift) throws Exception {
    Path model = shifted(shift);
    byte[] lean = LeanGraph.of(model, AS_IT_LIES);

    assertThat(lean.length).isLessThan(TABLE_BYTES);
    assertSame(model, lean);
  }

  @Test
  void aTableOfAnotherTypeStaysTurned() throws Exception {
    Path model = MODELS.resolve("vocabulary.onnx");

    assertThat(LeanGraph.of(model, AS_IT_LIES)).isEqualTo(LeanGraph.of(model, Set.of()));
  }

  private static void assertSame(Path model, byte[] lean) throws Exception {
    long[] shape = {1, 3, 64};

    GraphRuns.Output plain = GraphRuns.plain(model, shape);
    GraphRuns.Output changed = GraphRuns.opened(model, lean, shape);
    assertThat(changed.shape()).isEqualTo(plain.shape());
    assertThat(changed.values()).containsExactly(plain.values(), within(ROUNDING));
  }

  /** The decoder with so many bytes more before its weights. */
  private Path shifted(int bytes) throws IOException {
    ByteArrayOutputStream model = new ByteArrayOutputStream();
    model.write(DOCUMENTATION);
    model.write(bytes);
    model.write(new byte[bytes]);
    model.write(Files.readAllBytes(MODELS.resolve("decoder.onnx")));
    return Files.write(folder.resolve("shifted.onnx"), model.toByteArray());
  }
}
