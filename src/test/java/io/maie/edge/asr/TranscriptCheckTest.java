package io.maie.edge.asr;

import static org.assertj.core.api.Assertions.assertThat;

import io.maie.edge.audio.SampleSpan;
import io.maie.edge.result.Warning;
import io.maie.edge.result.WarningCode;
import io.maie.edge.transcript.Segment;
import io.maie.edge.transcript.Word;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

final class TranscriptCheckTest {
  @Test
  void aMeanBelowTheLimitWarnsWithTheShareOfWordsConcerned() {
    List<Warning> warnings =
        new TranscriptCheck("m", List.of(segment(0.3, 3, false), segment(0.9, 1, false)), true)
            .warnings();
    assertThat(warnings).hasSize(1);
    assertThat(warnings.get(0).code()).isEqualTo(WarningCode.LOW_CONFIDENCE);
    assertThat(warnings.get(0).message()).contains("75 %");
  }

  @Test
  void fewDoubtfulWordsAmongManySureOnesDoNotWarn() {
    assertThat(
            new TranscriptCheck("m", List.of(segment(0.3, 1, false), segment(0.9, 9, false)), true)
                .warnings())
        .isEmpty();
  }

  @Test
  void aTranscriptWithoutSegmentsDoesNotWarn() {
    assertThat(new TranscriptCheck("m", List.of(), true).warnings()).isEmpty();
  }

  @Test
  void estimatedTimesWarnWhereTimesWereWanted() {
    List<Segment> segments = List.of(segment(0.9, 2, true));
    assertThat(new TranscriptCheck("m", segments, true).warnings())
        .extracting(Warning::code)
        .containsExactly(WarningCode.FEATURE_UNAVAILABLE);
    assertThat(new TranscriptCheck("m", segments, false).warnings()).isEmpty();
  }

  private static Segment segment(double confidence, int words, boolean estimated) {
    SampleSpan span = new SampleSpan(0, 16_000);
    return new Segment(
        span,
        "text",
        confidence,
        Collections.nCopies(words, new Word(span, "text", confidence, estimated)));
  }
}
