package io.maie.edge.asr.whisper;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.maie.edge.onnx.OnnxOptions;
import io.maie.edge.onnx.OnnxRuntime;
import io.maie.edge.testing.SharedMaterial;
import io.maie.edge.time.Ticker;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whisper's own vocabulary of 51,865 tokens: src/test/python/whisper/full.py. */
final class FullVocabularyTest {
  @TempDir Path scratch;

  private Path tokenizer = Path.of("");

  @BeforeEach
  void findVocabulary() {
    tokenizer = SharedMaterial.require("models", "whisper-tokenizer", "tokenizer.json");
  }

  @Test
  void textsInManyScriptsBecomeTheSameTokensAndBack() throws Exception {
    GoldenWhisper model = GoldenWhisper.open("full", tokenizer, scratch);
    ByteLevelTokenizer ours = ByteLevelTokenizer.read(tokenizer);
    for (JsonNode expected : model.golden.get("texts")) {
      String text = expected.get("text").asText();
      int[] ids = ours.encode(text);
      assertThat(ids)
          .as(text)
          .containsExactly(
              GoldenWhisper.ints(expected.get("ids")).stream().mapToInt(i -> i).toArray());
      assertThat(ours.decode(ids)).isEqualTo(text);
    }
  }

  @Test
  void saysTheSameTokensAsTheReference() throws Exception {
    GoldenWhisper model = GoldenWhisper.open("full", tokenizer, scratch);
    assertThat(model.settings.tokens().vocabularySize()).isEqualTo(51_865);
    try (OnnxRuntime runtime = new OnnxRuntime(OnnxOptions.DEFAULTS, Ticker.system())) {
      GoldenDecoding decoding = new GoldenDecoding(model, runtime);
      for (JsonNode expected : model.golden.get("cases")) {
        assertThat(decoding.decode(expected).tokens())
            .as(expected.toString())
            .isEqualTo(GoldenWhisper.ints(expected.get("tokens")));
      }
    }
  }

  @Test
  void specialTokensAreFoundWhereWhisperHasThem() throws Exception {
    WhisperTokens tokens = GoldenWhisper.open("full", tokenizer, scratch).settings.tokens();
    assertThat(
            List.of(
                tokens.endOfText(),
                tokens.startOfTranscript(),
                tokens.startOfPrevious(),
                tokens.noSpeech().orElseThrow(),
                tokens.noTimestamps(),
                tokens.firstTimestamp()))
        .isEqualTo(List.of(50257, 50258, 50361, 50362, 50363, 50364));
    assertThat(Files.size(tokenizer)).isPositive();
  }
}
