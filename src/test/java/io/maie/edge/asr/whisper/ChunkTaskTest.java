package io.maie.edge.asr.whisper;

import static org.assertj.core.api.Assertions.assertThat;

import io.maie.edge.audio.Waveform;
import io.maie.edge.transcript.Language;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ChunkTaskTest {
  private static final WhisperShape BASE =
      new WhisperShape(80, 30 * Waveform.SAMPLE_RATE, 1500, 512, 6, 8, 448, 448);

  private static final Prompt PROMPT = new Prompt(List.of(1, 2, 3), 0);

  @Test
  void aShortSoundHoldsFewTokens() {
    assertThat(task(1).maxTokens(BASE, PROMPT)).isEqualTo(41);
  }

  @Test
  void aLongSoundHoldsHalfOfTheDecodersPositions() {
    assertThat(task(30).maxTokens(BASE, PROMPT)).isEqualTo(224);
  }

  @Test
  void aLongPromptLeavesTheRest() {
    Prompt all = new Prompt(Collections.nCopies(300, 1), 0);
    assertThat(task(30).maxTokens(BASE, all)).isEqualTo(148);
  }

  private static ChunkTask task(int seconds) {
    LanguageTry english = new LanguageTry(new Language("en", 1), PROMPT);
    float[] samples = new float[seconds * Waveform.SAMPLE_RATE];
    return new ChunkTask(0, samples, ChunkEnd.PACKED, List.of(english), 0);
  }
}
