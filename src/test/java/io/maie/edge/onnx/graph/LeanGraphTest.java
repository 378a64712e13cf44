package io.maie.edge.onnx.graph;

import static io.maie.edge.onnx.graph.GraphRuns.countIn;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.onnxruntime.OrtException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class LeanGraphTest {
  private static final Path RESOURCES = Path.of("src/test/resources");
  private static final String OPERATOR = "MultiHeadAttention";
  private static final String CONVOLUTION = "ConvInteger";

  /** The sums of an attention are taken in another order. */
  private static final float ROUNDING = 1e-5f;

  /**
   * The change of a hidden state of size 1 by one number that is rounded to 8 bits the other way.
   */
  private static final float EIGHT_BITS = 0.1f;

  private static final int SEED = 3;

  /** The number of a model's graph in onnx.proto. */
  private static final int GRAPH = 7;

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "scaled_before",
        "scaled_after",
        "divided_after",
        "scaled_both",
        "dynamic_shape",
        "merged_heads",
        "turned_at_once",
        "queries_by_size"
      })
  void anAttentionIsComputedByOneOperatorWithTheSameResult(String name) throws Exception {
    Path model = attention(name);

    assertThat(countIn(FusedGraph.of(model), OPERATOR)).isEqualTo(1);
    assertThat(lean(model, 2, 9, 32)).containsExactly(plain(model, 2, 9, 32), within(ROUNDING));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "masked",
        "seen_weights",
        "seen_scores",
        "read_twice",
        "capped",
        "other_axis",
        "old_axis",
        "all_by_size",
        "one_key_head",
        "one_named_key_head",
        "inside_choice"
      })
  void nodesThatAreNotQuiteAnAttentionStayUnchanged(String name) throws Exception {
    Path model = attention(name);

    assertThat(countIn(FusedGraph.of(model), OPERATOR)).isZero();
    assertThat(lean(model, 2, 9, 32)).isEqualTo(plain(model, 2, 9, 32));
  }

  @ParameterizedTest
  @ValueSource(strings = {"same_length", "half_length", "uneven_pads", "no_pads", "one_place"})
  void aConvolutionOf8BitNumbersIsOneProductWithTheSameResult(String name) throws Exception {
    Path model = convolution(name);

    assertThat(countIn(FusedGraph.of(model), CONVOLUTION)).isZero();
    assertThat(countIn(LeanGraph.of(model, Set.of()), CONVOLUTION)).isZero();
    assertThat(lean(model, 2, 16, 22)).isEqualTo(plain(model, 2, 16, 22));
    assertThat(lean(model, 1, 16, 21)).isEqualTo(plain(model, 1, 16, 21));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "groups",
        "skips_inputs",
        "two_axes",
        "computed_weights",
        "old_pad",
        "no_zero_points",
        "short_rows",
        "pads_by_itself"
      })
  void otherConvolutionsStayAsTheyAre(String name) throws Exception {
    Path model = convolution(name);

    assertThat(countIn(FusedGraph.of(model), CONVOLUTION)).isEqualTo(1);
    assertThat(lean(model, 2, 16, 22)).isEqualTo(plain(model, 2, 16, 22));
  }

  @ParameterizedTest
  @CsvSource({
    "one_branch, false, false",
    "other_branch, false, false",
    "deeper, false, false",
    "used_after, true, false",
    "both_branches, true, true",
    "seen, true, true",
    "in_loop, true, true"
  })
  void workOfOneBranchIsComputedInThatBranch(String name, boolean first, boolean second)
      throws Exception {
    Path model = RESOURCES.resolve("onnx/choice/" + name + ".onnx");

    Set<String> before = madeBeforeChoices(FusedGraph.of(model));

    assertThat(before.contains("work_1")).isEqualTo(first);
    assertThat(before.contains("work_2")).isEqualTo(second);
    for (int length = 1; length < 9; length++) {
      assertThat(lean(model, 1, length, 32)).isEqualTo(plain(model, 1, length, 32));
    }
  }

  @Test
  void joinsOfASingleTensorAreNotCopied() throws Exception {
    Path model = RESOURCES.resolve("onnx/choice/joined_alone.onnx");

    assertThat(countIn(Files.readAllBytes(model), "Concat")).isEqualTo(3);
    assertThat(countIn(FusedGraph.of(model), "Concat")).isEqualTo(1);
    for (int length = 1; length < 9; length++) {
      assertThat(lean(model, 1, length, 32)).isEqualTo(plain(model, 1, length, 32));
    }
  }

  @Test
  void aMergedDecoderRoundsNoAudioBeforeItChooses() throws Exception {
    Path model =
        RESOURCES.resolve("golden/whisper/multilingual/onnx/decoder_model_merged_quantized.onnx");

    assertThat(madeBeforeChoices(Files.readAllBytes(model)))
        .contains("encoder_hidden_states_quantized");
    assertThat(madeBeforeChoices(FusedGraph.of(model)))
        .doesNotContain("encoder_hidden_states_quantized");
  }

  @ParameterizedTest
  @CsvSource({
    "multilingual/onnx/encoder_model.onnx, 80, " + ROUNDING,
    "multilingual/onnx/encoder_model_quantized.onnx, 80, " + EIGHT_BITS,
    "mel128/onnx/encoder_model_quantized.onnx, 128, " + EIGHT_BITS,
    "distil/onnx/encoder_model_q4.onnx, 80, " + ROUNDING,
    "micro/onnx/encoder_model.onnx, 80, " + 10 * ROUNDING,
    "micro/onnx/encoder_model_quantized.onnx, 80, " + EIGHT_BITS
  })
  void anEncoderHearsTheSame(String name, int bands, float tolerance) throws Exception {
    Path model = RESOURCES.resolve("golden/whisper").resolve(name);
    int frames = framesOf(model);

    assertThat(countIn(FusedGraph.of(model), OPERATOR)).isPositive();
    assertThat(lean(model, 1, bands, frames))
        .containsExactly(plain(model, 1, bands, frames), within(tolerance));
  }

  @Test
  void aRewrittenPyTorchEncoderGivesEqualOutputs() throws Exception {
    Path model = RESOURCES.resolve("onnx/exported/encoder_model.onnx");
    byte[] parts = LeanGraph.of(model, Set.of());

    assertThat(countIn(FusedGraph.of(model), OPERATOR)).isEqualTo(2);
    assertThat(lean(model, 2, 8, 50)).containsExactly(plain(model, 2, 8, 50), within(ROUNDING));
    assertThat(opened(model, parts, 2, 8, 50))
        .containsExactly(plain(model, 2, 8, 50), within(ROUNDING));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"decoder_model", "decoder_with_past_model", "decoder_model_merged_quantized"})
  void aDecoderThatReturnsItsAttentionsKeepsThem(String name) throws Exception {
    byte[] graph =
        FusedGraph.of(RESOURCES.resolve("golden/whisper/multilingual/onnx/" + name + ".onnx"));

    assertThat(countIn(graph, OPERATOR)).isZero();
  }

  @ParameterizedTest
  @CsvSource({
    "scaled_before, 9",
    "scaled_after, 8",
    "divided_after, 4",
    "scaled_both, 3",
    "dynamic_shape, 2",
    "merged_heads, 9",
    "turned_at_once, 1",
    "queries_by_size, 7"
  })
  void anAttentionInPartsGivesTheSame(String name, int length) throws Exception {
    Path model = attention(name);
    byte[] parts = LeanGraph.of(model, Set.of());

    assertThat(countIn(parts, OPERATOR)).isZero();
    assertThat(countIn(parts, "/parts/weights3")).isPositive();
    assertThat(opened(model, parts, 2, length, 32))
        .containsExactly(plain(model, 2, length, 32), within(ROUNDING));
  }

  @ParameterizedTest
  @CsvSource({
    "multilingual/onnx/encoder_model.onnx, 80, " + ROUNDING,
    "micro/onnx/encoder_model.onnx, 80, " + 10 * ROUNDING,
    "micro/onnx/encoder_model_quantized.onnx, 80, " + EIGHT_BITS
  })
  void anEncoderInPartsHearsTheSame(String name, int bands, float tolerance) throws Exception {
    Path model = RESOURCES.resolve("golden/whisper").resolve(name);
    int frames = framesOf(model);

    assertThat(opened(model, LeanGraph.of(model, Set.of()), 1, bands, frames))
        .containsExactly(plain(model, 1, bands, frames), within(tolerance));
  }

  @Test
  void largeWeightsStayInTheFile() throws Exception {
    Path model = RESOURCES.resolve("golden/whisper/micro/onnx/encoder_model_quantized.onnx");

    assertThat(FusedGraph.of(model)).hasSizeLessThan((int) Files.size(model) / 4);
  }

  @Test
  void theSameFileGivesTheSameBytes() throws Exception {
    Path model = attention("scaled_both");

    assertThat(FusedGraph.of(model)).isEqualTo(FusedGraph.of(model));
  }

  @Test
  void numbersAtOddPlacesAreCopied() throws Exception {
    Path model = folder.resolve("odd.onnx");
    for (String name : new String[] {"w", "we", "wei", "weig"}) {
      Files.write(model, model(name, 1, 4096, 0));
      byte[] lean = FusedGraph.of(model);

      int at = new String(Files.readAllBytes(model), StandardCharsets.ISO_8859_1).indexOf("\7\7\7");
      assertThat(countIn(lean, "offset")).as("%s at %d", name, at).isEqualTo(at % 4 == 0 ? 1 : 0);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"MatMul", "Gemm", "Gather", "Conv"})
  void floatsThatAreOnlyMovedAreReadAtOddPlacesToo(String operator) throws Exception {
    for (int shift = 0; shift < Float.BYTES; shift++) {
      Path model = shifted(operator, shift);

      assertThat(countIn(FusedGraph.of(model), "offset")).isEqualTo(1);
      assertThat(lean(model, 2, 32, 32)).isEqualTo(plain(model, 2, 32, 32));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"Add", "MatMul_and_Add", "MatMul_and_Add_inside"})
  void floatsThatOthersReadAreCopiedFromOddPlaces(String operators) throws Exception {
    int referred = 0;
    for (int shift = 0; shift < Float.BYTES; shift++) {
      Path model = shifted(operators, shift);

      referred += countIn(FusedGraph.of(model), "offset");
      assertThat(lean(model, 2, 32, 32)).isEqualTo(plain(model, 2, 32, 32));
    }
    assertThat(referred).isEqualTo(1);
  }

  @Test
  void aModelWithWeightsInOtherFilesIsLeftAlone() throws IOException {
    Path model = Files.write(folder.resolve("model.onnx"), model("weight", 1, 8, 1));

    assertThatThrownBy(() -> FusedGraph.of(model)).isInstanceOf(IOException.class);
  }

  @Test
  void aModelThatWouldFillTheHeapIsLeftAlone() throws IOException {
    Path model = Files.write(folder.resolve("model.onnx"), model("weight", 7, 17 << 20, 0));

    assertThatThrownBy(() -> FusedGraph.of(model))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("16777216");
  }

  @Test
  void aFileThatIsCutOffIsLeftAlone() throws IOException {
    byte[] whole = Files.readAllBytes(attention("masked"));
    Random random = new Random(SEED);
    for (int i = 0; i < 50; i++) {
      int length = 1 + random.nextInt(whole.length - 1);
      Path model = folder.resolve("cut.onnx");
      Files.write(model, Arrays.copyOf(whole, length));

      assertThatThrownBy(() -> FusedGraph.of(model))
          .as("%d of %d bytes", length, whole.length)
          .isInstanceOf(IOException.class);
    }
  }

  /** A model of one initializer of sevens. */
  private static byte[] model(String name, int type, int bytes, int location) {
    byte[] sevens = new byte[bytes];
    Arrays.fill(sevens, (byte) 7);
    WireMessage tensor = new WireMessage().integer(2, type).text(8, name);
    tensor.text(9, new String(sevens, StandardCharsets.US_ASCII)).integer(14, location);
    WireMessage graph = new WireMessage().message(5, tensor);
    return new WireMessage().integer(1, 8).message(7, graph).toBytes();
  }

  /** A model whose weights lie some bytes further on, behind the name of who wrote it. */
  private Path shifted(String name, int bytes) throws IOException {
    byte[] model = Files.readAllBytes(RESOURCES.resolve("onnx/weights/" + name + ".onnx"));
    WireMessage message = new WireMessage().text(2, "maie".substring(0, bytes)).copied(model);
    return Files.write(folder.resolve(name + bytes + ".onnx"), message.toBytes());
  }

  private static Path attention(String name) {
    return RESOURCES.resolve("onnx/attention/" + name + ".onnx");
  }

  private static Path convolution(String name) {
    return RESOURCES.resolve("onnx/convolution/" + name + ".onnx");
  }

  /** The outputs of the outermost graph's nodes. */
  private Set<String> madeBeforeChoices(byte[] model) throws IOException {
    Path path = Files.write(folder.resolve("written.onnx"), model);
    Set<String> made = new HashSet<>();
    try (WireFile file = WireFile.open(path)) {
      for (WireField field : file.fields()) {
        if (field.number() == GRAPH) {
          GraphIndex.read(file, field).nodes().forEach(node -> made.addAll(node.outputs()));
        }
      }
    }
    return made;
  }

  private static int framesOf(Path model) throws IOException, OrtException {
    String json = Files.readString(model.resolveSibling("../config.json"), StandardCharsets.UTF_8);
    String frames = json.replaceAll("(?s).*\"max_source_positions\": *([0-9]+).*", "$1");
    return 2 * Integer.parseInt(frames);
  }

  private static float[] plain(Path model, long... shape) throws OrtException {
    return GraphRuns.plain(model, shape).values();
  }

  private static float[] lean(Path model, long... shape) throws OrtException, IOException {
    return GraphRuns.lean(model, shape).values();
  }

  private static float[] opened(Path model, byte[] graph, long... shape) throws OrtException {
    return GraphRuns.opened(model, graph, shape).values();
  }
}
