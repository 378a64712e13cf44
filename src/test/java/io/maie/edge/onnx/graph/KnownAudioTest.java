package io.maie.edge.onnx.graph;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.maie.edge.onnx.graph.LeanGraph.Change;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** On decoders that read three tokens with a past of five positions of the audio. */
final class KnownAudioTest {
  private static final Path MODELS = Path.of("src/test/resources/golden/whisper");
  private static final Set<Change> KNOWN = Set.of(Change.KNOWN_AUDIO);
  private static final List<String> OF_AUDIO =
      List.of("present.0.encoder.key", "present.0.encoder.value");

  @ParameterizedTest
  @ValueSource(strings = {"micro", "full"})
  void aPromptTakesKeysAndValuesOfTheAudioFromThePast(String name) throws Exception {
    Path model = decoder(name, "");
    Map<String, NamedRuns.Output> known = prompt(model, KNOWN);
    Map<String, NamedRuns.Output> computed = prompt(model, Set.of());

    for (String output : OF_AUDIO) {
      float[] found = values(known, output);
      float[] past = NamedRuns.floats(output.replace("present", "past_key_values"), found.length);
      assertThat(found).isNotEmpty().isEqualTo(past);
      assertThat(values(computed, output)).hasSameSizeAs(past).isNotEqualTo(past);
    }
    assertThat(values(known, "logits")).isNotEqualTo(values(computed, "logits"));
  }

  @Test
  void aTokenBehindACacheHasItsScoresAsBefore() throws Exception {
    Path model = decoder("micro", "");

    assertThat(values(NamedRuns.opened(model, LeanGraph.of(model, KNOWN), true), "logits"))
        .isEqualTo(values(NamedRuns.opened(model, LeanGraph.of(model, Set.of()), true), "logits"));
  }

  @Test
  void aDecoderWhoseProductsRoundTheAudioStaysAsItIs() throws Exception {
    Path model = decoder("micro", "_quantized");

    assertThat(LeanGraph.of(model, KNOWN)).isEqualTo(LeanGraph.of(model, Set.of()));
  }

  private static Path decoder(String name, String suffix) {
    return MODELS.resolve(name).resolve("onnx/decoder_model_merged" + suffix + ".onnx");
  }

  private static Map<String, NamedRuns.Output> prompt(Path model, Set<Change> changes)
      throws Exception {
    return NamedRuns.opened(model, LeanGraph.of(model, changes), false);
  }

  private static float[] values(Map<String, NamedRuns.Output> outputs, String name) {
    return requireNonNull(outputs.get(name), name).values();
  }
}
