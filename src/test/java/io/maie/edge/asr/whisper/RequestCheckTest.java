package io.maie.edge.asr.whisper;

import static org.assertj.core.api.Assertions.assertThat;

import io.maie.edge.asr.RecognitionOptions;
import io.maie.edge.result.Warning;
import io.maie.edge.result.WarningCode;
import io.maie.edge.transcript.Language;
import java.util.List;
import org.junit.jupiter.api.Test;

final class RequestCheckTest {
  @Test
  void aLanguageBelowTheStatedProbabilityIsWarnedOf() throws Exception {
    List<Warning> warnings = told(0.59);

    assertThat(warnings).hasSize(1);
    assertThat(warnings.get(0).code()).isEqualTo(WarningCode.LANGUAGE_UNSURE);
    assertThat(warnings.get(0).message()).contains("'es'", "0.59", "'languages'");
    assertThat(told(0.6)).isEmpty();
  }

  private static List<Warning> told(double probability) throws Exception {
    WhisperTokens tokens = GoldenWhisper.open("multilingual").settings.tokens();
    return new RequestCheck("a model", tokens, RecognitionOptions.DEFAULTS)
        .warnings(new Language("es", probability));
  }
}
