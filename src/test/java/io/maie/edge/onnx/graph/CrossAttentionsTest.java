package io.maie.edge.onnx.graph;

import static io.maie.edge.onnx.graph.GraphRuns.countIn;
import static io.maie.edge.onnx.graph.NamedRuns.FRAMES;
import static io.maie.edge.onnx.graph.NamedRuns.LENGTH;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.maie.edge.onnx.graph.LeanGraph.Change;
import io.maie.edge.testing.SharedMaterial;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class CrossAttentionsTest {
  private static final Path RESOURCES = Path.of("src/test/resources");
  private static final String FIRST = "cross_attentions.0";
  private static final String SECOND = "cross_attentions.1";

  /** With each way to compute the other attentions. */
  private static final List<Set<Change>> EXPOSING =
      List.of(
          Set.of(Change.CROSS_ATTENTIONS),
          Set.of(Change.CROSS_ATTENTIONS, Change.FUSED_ATTENTIONS));

  /** ONNX Runtime's exponential function is not Java's. */
  private static final float ROUNDING = 1e-5f;

  /** Graphs of 16-bit floats are computed in 16 or 32 bits, as ONNX Runtime finds operators. */
  private static final float SIXTEEN_BITS = 0.02f;

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "plain",
        "cast_between",
        "merged_heads",
        "seen_by_another_name",
        "both_branches",
        "two_forms",
        "two_forms_turned"
      })
  void theProbabilitiesOverTheAudioAreReturned(String name) throws Exception {
    Path model = cross(name);
    NamedRuns.Output known =
        output(NamedRuns.plain(cross("seen_by_another_name"), false), "weights");
    NamedRuns.Output plain = output(NamedRuns.plain(model, false), "y");

    for (Set<Change> changes : EXPOSING) {
      Map<String, NamedRuns.Output> exposed = exposed(model, changes, false);

      assertThat(output(exposed, "y").values()).containsExactly(plain.values(), within(ROUNDING));
      assertThat(output(exposed, FIRST).shape()).isEqualTo(known.shape());
      assertThat(output(exposed, FIRST).values()).containsExactly(known.values(), within(ROUNDING));
    }
  }

  @Test
  void valuesThatAreReturnedTellTheAttentionToo() throws Exception {
    for (Set<Change> changes : EXPOSING) {
      NamedRuns.Output found = output(exposed(cross("values_returned"), changes, false), FIRST);

      assertThat(found.shape()).containsExactly(1L, 2L, (long) LENGTH, (long) FRAMES);
      assertThat(found.sums()).containsOnly(new float[] {1}, within(ROUNDING));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "other_axis",
        "no_softmax",
        "other_name",
        "two_products",
        "unknown_heads",
        "one_branch",
        "changed_weights"
      })
  void otherGraphsReturnWhatTheyReturned(String name) throws Exception {
    Path model = cross(name);

    assertThat(LeanGraph.of(model, Set.of(Change.CROSS_ATTENTIONS)))
        .isEqualTo(LeanGraph.of(model, Set.of()));
    assertThat(exposed(model, EXPOSING.get(0), false).keySet())
        .isEqualTo(NamedRuns.plain(model, false).keySet());
  }

  @Test
  void unrequestedAttentionsAreNotReturned() throws Exception {
    assertThat(countIn(FusedGraph.of(cross("plain")), FIRST)).isZero();
  }

  @ParameterizedTest
  @CsvSource({
    "distil/onnx/decoder_model_merged.onnx, " + ROUNDING,
    "distil/onnx/decoder_model_merged_q4.onnx, " + ROUNDING,
    "distil/onnx/decoder_model_quantized.onnx, " + ROUNDING,
    "distil/onnx/decoder_with_past_model_quantized.onnx, " + ROUNDING,
    "english/onnx/decoder_model_merged_fp16.onnx, " + SIXTEEN_BITS,
    "english/onnx/decoder_model_merged_quantized.onnx, " + ROUNDING,
    "micro/onnx/decoder_model_merged.onnx, " + ROUNDING,
    "micro/onnx/decoder_model_merged_quantized.onnx, " + ROUNDING,
    "multilingual/onnx/decoder_model.onnx, " + ROUNDING,
    "multilingual/onnx/decoder_model_merged.onnx, " + ROUNDING,
    "multilingual/onnx/decoder_with_past_model.onnx, " + ROUNDING
  })
  void aDecoderReturnsTheSameAsOneThatWasExportedWithAttentions(String name, float tolerance)
      throws Exception {
    returnsTheSame(RESOURCES.resolve("golden/whisper").resolve(name), tolerance);
  }

  @Test
  void whisperReturnsTheSameAsIfExportedWithAttentions() throws Exception {
    returnsTheSame(
        SharedMaterial.require("models", "whisper-base", "onnx", "decoder_model_merged.onnx"),
        10 * ROUNDING);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void moonshineReturnsItsAttentions(boolean useCache) throws Exception {
    Path model = SharedMaterial.require("models", "moonshine-tiny-en", "decoder_model_merged.onnx");
    Map<String, NamedRuns.Output> plain = NamedRuns.plain(model, useCache);

    Map<String, NamedRuns.Output> exposed = exposed(model, EXPOSING.get(0), useCache);

    assertThat(output(exposed, "logits").values()).isEqualTo(output(plain, "logits").values());
    for (int layer = 0; layer < 6; layer++) {
      NamedRuns.Output found = output(exposed, "cross_attentions." + layer);
      assertThat(found.shape()).containsExactly(1L, 8L, useCache ? 1L : LENGTH, (long) FRAMES);
      assertThat(found.sums()).containsOnly(new float[] {1}, within(ROUNDING));
    }
  }

  @ParameterizedTest
  @CsvSource({"true, true", "true, false", "false, true", "false, false"})
  void aMergedDecoderReturnsTheLayersThatAreAskedFor(boolean exported, boolean useCache)
      throws Exception {
    Path original = RESOURCES.resolve("golden/whisper/multilingual/onnx/decoder_model_merged.onnx");
    Path without = WithoutOutputs.write(original, folder.resolve("decoder.onnx"));
    Path model = exported ? original : without;
    Map<String, NamedRuns.Output> known = NamedRuns.plain(original, useCache);
    assertThat(known).containsKeys(FIRST, SECOND);

    for (Set<Change> changes : EXPOSING) {
      byte[] lean = LeanGraph.of(model, changes, Set.of(1));
      Map<String, NamedRuns.Output> found = NamedRuns.opened(model, lean, useCache);

      Set<String> names = new HashSet<>(NamedRuns.plain(without, useCache).keySet());
      names.add(SECOND);
      assertThat(found.keySet()).isEqualTo(names);
      assertThat(found).allSatisfy((n, o) -> assertClose(o, output(known, n), ROUNDING));
    }
  }

  /** Takes the attentions out of a file's outputs, and looks whether they come back. */
  private void returnsTheSame(Path original, float tolerance) throws Exception {
    Path model = WithoutOutputs.write(original, folder.resolve("decoder.onnx"));
    for (boolean useCache : new boolean[] {false, true}) {
      Map<String, NamedRuns.Output> known = NamedRuns.plain(original, useCache);
      assertThat(NamedRuns.plain(model, useCache)).doesNotContainKey(FIRST).isNotEmpty();
      for (Set<Change> changes : EXPOSING) {
        Map<String, NamedRuns.Output> found = exposed(model, changes, useCache);

        assertThat(found.keySet()).isEqualTo(known.keySet());
        assertThat(found).allSatisfy((n, o) -> assertClose(o, output(known, n), tolerance));
      }
    }
  }

  private static NamedRuns.Output output(Map<String, NamedRuns.Output> run, String name) {
    return requireNonNull(run.get(name), name);
  }

  private static void assertClose(NamedRuns.Output found, NamedRuns.Output known, float tolerance) {
    assertThat(found.shape()).isEqualTo(known.shape());
    assertThat(found.values()).containsExactly(known.values(), within(tolerance));
  }

  private static Map<String, NamedRuns.Output> exposed(
      Path model, Set<Change> changes, boolean useCache) throws Exception {
    return NamedRuns.opened(model, LeanGraph.of(model, changes), useCache);
  }

  private static Path cross(String name) {
    return RESOURCES.resolve("onnx/cross/" + name + ".onnx");
  }
}
