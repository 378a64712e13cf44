package io.maie.edge.asr.whisper;

import static org.assertj.core.api.Assertions.assertThat;

import io.maie.edge.asr.RecognitionOptions;
import io.maie.edge.asr.seq2seq.ChunkOutcome;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Checks the context that follows earlier text, as openai/whisper's transcribe() keeps it. */
final class PromptHistoryTest {
  private static final List<Integer> SAID = List.of(300, 301, 302);

  @Test
  void thePromptIsForTheFirstChunkOnly() throws Exception {
    PromptHistory context = context("the prisoner said", false);
    List<Integer> prompt = context.previous("en");
    assertThat(prompt).isNotEmpty();
    assertThat(context.isOfOneTrackOnly()).isTrue();
    context.add(step(0, false));
    assertThat(context.previous("en")).isEmpty();
    assertThat(context.isOfOneTrackOnly()).isFalse();
  }

  @Test
  void silenceLeavesThePromptForWhatFollows() throws Exception {
    PromptHistory context = context("the prisoner said", false);
    List<Integer> prompt = context.previous("en");
    context.add(step(0, true));
    assertThat(context.previous("en")).isEqualTo(prompt);
  }

  @Test
  void aChainOfChunksKnowsWhatWasSaid() throws Exception {
    PromptHistory context = context("the prisoner said", true);
    int before = context.previous("en").size();
    context.add(step(0.4, false));
    assertThat(context.previous("en")).hasSize(before + SAID.size()).endsWith(300, 301, 302);
  }

  @Test
  void aGuessAtHighTemperatureIsNotPassedOnAsContext() throws Exception {
    PromptHistory context = context("", true);
    context.add(step(0, false));
    context.add(step(0.6, false));
    assertThat(context.previous("en")).isEmpty();
  }

  @Test
  void aLongPastIsCutAtItsBeginning() throws Exception {
    PromptHistory context = context("", true);
    for (int i = 0; i < 20; i++) {
      context.add(step(0, false));
    }
    // half of the 48 positions, less one
    assertThat(context.previous("en")).hasSize(23).endsWith(300, 301, 302);
  }

  private static ChunkOutcome step(double temperature, boolean silent) {
    return new ChunkOutcome(0, 64_000, List.of(), SAID, temperature, silent, null, 0, false);
  }

  private static PromptHistory context(String prompt, boolean chained) throws Exception {
    WhisperSettings settings = GoldenWhisper.open("distil").settings;
    RecognitionOptions asked =
        new RecognitionOptions(null, false, prompt.isEmpty() ? null : prompt, List.of());
    return new PromptHistory(
        ByteLevelTokenizer.read(settings.tokenizer()), settings, asked, chained);
  }
}
