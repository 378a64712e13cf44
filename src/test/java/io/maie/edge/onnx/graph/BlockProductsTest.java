package io.maie.edge.onnx.graph;

import static io.maie.edge.onnx.graph.GraphRuns.countIn;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.onnxruntime.OrtException;
import io.maie.edge.onnx.graph.LeanGraph.Change;
import io.maie.edge.testing.SharedMaterial;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class BlockProductsTest {
  private static final Path MODELS = Path.of("src/test/resources/onnx/blocks");
  private static final Set<Change> BLOCKS = Set.of(Change.BLOCK_WEIGHTS);
  private static final String OPERATOR = "MatMulNBits";
  private static final String ROUNDING = "DynamicQuantizeLinear";

  /** The largest error of a sum of 64 products, each rounded to one of 127 steps up to about 3. */
  private static final float EIGHT_BITS = 0.2f;

  @ParameterizedTest
  @CsvSource({"integers, 1", "vocabulary, 1", "branches, 2", "branches_turned, 2"})
  void aProductWith8BitWeightsIsComputedInBlocks(String name, int products) throws Exception {
    Path model = model(name);
    byte[] blocks = LeanGraph.of(model, BLOCKS);

    assertThat(countIn(blocks, OPERATOR)).isEqualTo(products);
    assertThat(countIn(blocks, ROUNDING)).isZero();
    assertThat(countIn(blocks, "DequantizeLinear")).isZero();
    assertThat(GraphRuns.opened(model, blocks, shape(64)).values())
        .containsExactly(floats(), within(EIGHT_BITS));
  }

  @ParameterizedTest
  @CsvSource({"uneven_inputs, 40", "signed, 64", "scale_by_output, 64", "seen_sum, 64"})
  void otherProductsStayAsTheyAre(String name, int inputs) throws Exception {
    Path model = model(name);
    byte[] blocks = LeanGraph.of(model, BLOCKS);

    assertThat(countIn(blocks, OPERATOR)).isZero();
    assertThat(GraphRuns.opened(model, blocks, shape(inputs)).values())
        .isEqualTo(GraphRuns.plain(model, shape(inputs)).values());
  }

  @Test
  void aProductThatStaysKeepsItsRoundedNumbers() throws Exception {
    Path model = model("one_of_two");
    byte[] blocks = LeanGraph.of(model, BLOCKS);

    assertThat(countIn(blocks, OPERATOR)).isEqualTo(1);
    assertThat(countIn(blocks, ROUNDING)).isEqualTo(1);
    assertThat(GraphRuns.opened(model, blocks, shape(64)).values())
        .containsExactly(floats(), within(EIGHT_BITS));
  }

  @Test
  void productsStayWholeUnlessBlocksAreRequested() throws Exception {
    assertThat(countIn(FusedGraph.of(model("integers")), OPERATOR)).isZero();
  }

  @Test
  void allProductsOfMoonshinesDecoderAreComputedInBlocks() throws Exception {
    Path model = SharedMaterial.require("models", "moonshine-tiny-en", "decoder_model_merged.onnx");
    byte[] blocks = LeanGraph.of(model, BLOCKS);

    // 8 in each of 6 layers, the keys and values of the audio, and the vocabulary, of each branch
    assertThat(countIn(blocks, OPERATOR)).isEqualTo(48 + 60 + 2);
    assertThat(countIn(blocks, ROUNDING)).isZero();
    assertThat(blocks).hasSizeLessThan(2 << 20);
  }

  private static float[] floats() throws OrtException {
    return GraphRuns.plain(model("floats"), shape(64)).values();
  }

  private static long[] shape(int inputs) {
    return new long[] {2, 5, inputs};
  }

  private static Path model(String name) {
    return MODELS.resolve(name + ".onnx");
  }
}
