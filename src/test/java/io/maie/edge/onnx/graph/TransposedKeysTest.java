package io.maie.edge.onnx.graph;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.maie.edge.onnx.graph.LeanGraph.Change;
import io.maie.edge.testing.SharedMaterial;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TransposedKeysTest {
  private static final Path MODELS = Path.of("src/test/resources/onnx/cross");
  private static final Set<Change> TURNED = Set.of(Change.TURNED_KEYS);

  /** Three numbers are multiplied in another order. */
  private static final float ROUNDING = 1e-5f;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "scaled_keys",
        "keys_scaled_by_size",
        "keys_scaled_by_slice",
        "scaled_keys_in_branches"
      })
  void queriesAreScaledInPlaceOfTheKeys(String name) throws Exception {
    Path model = MODELS.resolve(name + ".onnx");
    byte[] turned = LeanGraph.of(model, TURNED);

    assertThat(text(turned)).contains("/turned/queries");
    assertThat(requireNonNull(NamedRuns.opened(model, turned, false).get("y")).values())
        .containsExactly(
            requireNonNull(NamedRuns.plain(model, false).get("y")).values(), within(ROUNDING));
  }

  @ParameterizedTest
  @ValueSource(strings = {"plain", "keys_scaled_by_head"})
  void otherKeysStayAsTheyAre(String name) throws Exception {
    Path model = MODELS.resolve(name + ".onnx");

    assertThat(LeanGraph.of(model, TURNED)).isEqualTo(LeanGraph.of(model, Set.of()));
  }

  @Test
  void anAttentionThatIsComputedInPartsIsLeftAlone() throws Exception {
    Path model = Path.of("src/test/resources/onnx/attention/scaled_both.onnx");

    assertThat(LeanGraph.of(model, TURNED)).isEqualTo(LeanGraph.of(model, Set.of()));
  }

  @Test
  void moonshinesDecoderTurnsNoKeysOfTheAudio() throws Exception {
    Path model = SharedMaterial.require("models", "moonshine-tiny-en", "decoder_model_merged.onnx");

    // of the text in both branches of 6 layers, of the audio in the one that reads a token
    assertThat(text(LeanGraph.of(model, TURNED)).split("/turned/queries", -1).length - 1)
        .isEqualTo(6 * (2 + 1) * 2);
  }

  private static String text(byte[] graph) {
    return new String(graph, StandardCharsets.ISO_8859_1);
  }
}
