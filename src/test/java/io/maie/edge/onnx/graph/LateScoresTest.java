package io.maie.edge.onnx.graph;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.maie.edge.onnx.graph.LeanGraph.Change;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** On the shipped decoder, which reads three tokens with a past of three positions. */
final class LateScoresTest {
  private static final Path MODEL = Path.of("models/moonshine-tiny-en/decoder_model_merged.onnx");
  private static final Set<Change> LATE = Set.of(Change.LATE_SCORES);
  private static final float ROUNDING = 1e-3f;

  @Test
  void aPromptHasScoresFromTheTokenOnThatTheLengthOfThePastTells() throws Exception {
    NamedRuns.Output late = logits(LATE, false);
    NamedRuns.Output all = requireNonNull(NamedRuns.plain(MODEL, false).get("logits"));

    long vocabulary = all.shape().get(2);
    assertThat(all.shape()).isEqualTo(List.of(1L, (long) NamedRuns.LENGTH, vocabulary));
    assertThat(late.shape()).isEqualTo(List.of(1L, 1L, vocabulary));
    int count = all.values().length;
    assertThat(late.values())
        .containsExactly(
            Arrays.copyOfRange(all.values(), count - (int) vocabulary, count), within(ROUNDING));
  }

  @Test
  void aTokenBehindACacheHasItsScoresAsBefore() throws Exception {
    NamedRuns.Output late = logits(LATE, true);
    NamedRuns.Output before = logits(Set.of(), true);

    assertThat(late.shape()).isEqualTo(before.shape());
    assertThat(late.values()).isEqualTo(before.values());
  }

  @Test
  void aGraphThatIsNoMergedDecoderStaysAsItIs() throws Exception {
    Path model = Path.of("src/test/resources/onnx/cross/plain.onnx");

    assertThat(LeanGraph.of(model, LATE)).isEqualTo(LeanGraph.of(model, Set.of()));
  }

  private static NamedRuns.Output logits(Set<Change> changes, boolean useCache) throws Exception {
    return requireNonNull(
        NamedRuns.opened(MODEL, LeanGraph.of(MODEL, changes), useCache).get("logits"));
  }
}
