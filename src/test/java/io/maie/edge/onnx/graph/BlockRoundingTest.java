package io.maie.edge.onnx.graph;

import static io.maie.edge.onnx.graph.GraphRuns.countIn;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class BlockRoundingTest {
  private static final Path MODELS = Path.of("src/test/resources/onnx/blocks");
  private static final String OPERATOR = "MatMulNBits";

  /**
   * The largest error of two products of 64, with weights and activations rounded to 127 steps
   * each.
   */
  private static final float EIGHT_BITS = 0.5f;

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource({"floats, 1", "decoder, 3", "decoder_seen_table, 3", "decoder_positions, 3"})
  void aRoundedModelComputesNearlyTheSame(String name, int products) throws Exception {
    Path model = model(name);
    Path rounded = rounded(name);

    assertThat(countIn(Files.readAllBytes(rounded), OPERATOR)).isEqualTo(products);
    assertThat(GraphRuns.plain(rounded, shape(64)).shape())
        .isEqualTo(GraphRuns.plain(model, shape(64)).shape());
    assertThat(GraphRuns.plain(rounded, shape(64)).values())
        .containsExactly(GraphRuns.plain(model, shape(64)).values(), within(EIGHT_BITS));
  }

  @Test
  void aTableIsLookedUpInTheBytesThatProductsUse() throws Exception {
    Path rounded = rounded("decoder");

    assertThat(countIn(Files.readAllBytes(rounded), "Transpose")).isZero();
    assertThat(Files.size(rounded)).isLessThan(Files.size(model("decoder")) / 2);
  }

  @Test
  void aTableThatIsReadInOtherWaysStaysInFloatsAsWell() throws Exception {
    assertThat(Files.size(rounded("decoder_seen_table")))
        .isGreaterThan(Files.size(rounded("decoder")) + 48 * 64 * Float.BYTES);
  }

  @Test
  void positionsStayFloats() throws Exception {
    assertThat(countIn(Files.readAllBytes(rounded("decoder_positions")), "positions")).isPositive();
  }

  @Test
  void aRoundedModelIsRewrittenLikeAnyOtherWhenItIsOpened() throws Exception {
    Path rounded = rounded("decoder");
    byte[] lean = LeanGraph.of(rounded, Set.of(LeanGraph.Change.FUSED_ATTENTIONS));

    assertThat(GraphRuns.opened(rounded, lean, shape(64)).values())
        .isEqualTo(GraphRuns.plain(rounded, shape(64)).values());
  }

  @Test
  void theSameFileIsRoundedToTheSameBytes() throws Exception {
    assertThat(bytes("decoder")).isEqualTo(bytes("decoder"));
  }

  @ParameterizedTest
  @CsvSource({"decoder_uneven", "integers"})
  void aModelWithNothingToRoundIsRefused(String name) {
    assertThatThrownBy(() -> bytes(name))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("32-bit floats");
  }

  private Path rounded(String name) throws IOException {
    return Files.write(folder.resolve(name + ".onnx"), bytes(name));
  }

  private static byte[] bytes(String name) throws IOException {
    ByteArrayOutputStream rounded = new ByteArrayOutputStream();
    BlockRounding.write(model(name), rounded);
    return rounded.toByteArray();
  }

  private static Path model(String name) {
    return MODELS.resolve(name + ".onnx");
  }

  private static long[] shape(int inputs) {
    return new long[] {2, 3, inputs};
  }
}
