package io.maie.edge.onnx.graph;

import static io.maie.edge.onnx.graph.GraphRuns.countIn;
import static org.assertj.core.api.Assertions.assertThat;

import io.maie.edge.onnx.graph.LeanGraph.Change;
import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * On decoders in which each branch of a choice looks tokens up in the table that it scores with.
 */
final class LookedUpTablesTest {
  private static final Path MODELS = Path.of("src/test/resources/onnx/blocks");
  private static final Set<Change> AS_IT_LIES = Set.of(Change.TABLES_AS_THEY_LIE);
  private static final Set<Change> LOOKED_UP =
      Set.of(Change.TABLES_AS_THEY_LIE, Change.LOOKED_UP_TABLES);
  private static final long[] SHAPE = {2, 3, 64};

  /** By the lookup and by the weight. */
  private static final int MENTIONS = 2;

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"decoder", "decoder_seen_table"})
  void aTableOfFloatsIsLookedUpUnderANameOfItsOwn(String name) throws Exception {
    assertLookedUp(MODELS.resolve(name + ".onnx"), "table/rows");
  }

  @Test
  void aTableOfBytesIsLookedUpUnderANameOfItsOwn() throws Exception {
    ByteArrayOutputStream rounded = new ByteArrayOutputStream();
    BlockRounding.write(MODELS.resolve("decoder.onnx"), rounded);

    Path model = Files.write(folder.resolve("rounded.onnx"), rounded.toByteArray());
    assertLookedUp(model, "table/bytes/rows");
  }

  @Test
  void weightsThatAreOnlyMultipliedHaveOneName() throws Exception {
    Path model = MODELS.resolve("floats.onnx");

    assertThat(LeanGraph.of(model, LOOKED_UP)).isEqualTo(LeanGraph.of(model, AS_IT_LIES));
  }

  @Test
  void aTableThatIsOnlyLookedUpHasOneName() throws Exception {
    byte[] lean = LeanGraph.of(MODELS.resolve("decoder_positions.onnx"), LOOKED_UP);

    assertThat(countIn(lean, "positions/rows")).isZero();
  }

  private static void assertLookedUp(Path model, String name) throws Exception {
    byte[] before = LeanGraph.of(model, AS_IT_LIES);
    byte[] lean = LeanGraph.of(model, LOOKED_UP);

    assertThat(countIn(before, name)).isZero();
    assertThat(countIn(lean, name)).isEqualTo(MENTIONS);
    assertThat(GraphRuns.opened(model, lean, SHAPE).values())
        .isEqualTo(GraphRuns.opened(model, before, SHAPE).values());
  }
}
