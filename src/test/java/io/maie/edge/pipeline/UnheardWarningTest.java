package io.maie.edge.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.maie.edge.audio.SampleSpan;
import io.maie.edge.audio.Waveform;
import io.maie.edge.progress.StageContext;
import io.maie.edge.request.RecordingParameters;
import io.maie.edge.result.Warning;
import io.maie.edge.result.WarningCode;
import io.maie.edge.testing.ManualTicker;
import io.maie.edge.testing.ScriptedEngines;
import io.maie.edge.transcript.Segment;
import io.maie.edge.transcript.Transcript;
import io.maie.edge.transcript.Word;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Speech from beginning to end, with a stretch in its middle that gets no word. */
final class UnheardWarningTest {
  @TempDir private Path folder;

  private final ScriptedEngines engines = new ScriptedEngines();

  @ParameterizedTest
  @CsvSource({"200, 5, true", "200, 2, false", "10, 2, true", "10, 1, false"})
  void moreThanTwoSecondsOrTwoHundredthsOfTheSpeechAreWarnedOf(int seconds, int gap, boolean warns)
      throws Exception {
    int half = (seconds - gap) / 2;
    engines.hearing(Transcript.of(List.of(said(0, half), said(half + gap, seconds))));

    List<Warning> warnings = heard(seconds).warnings();

    assertThat(warnings.stream().map(Warning::code).toList())
        .containsExactlyElementsOf(warns ? List.of(WarningCode.UNHEARD_SPEECH) : List.of());
    if (warns) {
      assertThat(warnings.get(0).message())
          .contains("the first stretch begins at %d.".formatted(half));
    }
  }

  private PipelineResult heard(int seconds) throws Exception {
    byte[] sound = new byte[2 * seconds * Waveform.SAMPLE_RATE];
    Arrays.fill(sound, (byte) 1);
    Path recording = Files.write(folder.resolve("a.wav"), sound);
    return new Pipeline(engines.engines(), ScriptedEngines.RULES, new ManualTicker())
        .run(recording, folder, RecordingParameters.DEFAULTS, stage -> StageContext.disabled());
  }

  private static Segment said(int from, int to) {
    SampleSpan span =
        new SampleSpan((long) from * Waveform.SAMPLE_RATE, (long) to * Waveform.SAMPLE_RATE);
    return new Segment(span, "word", 0.9, List.of(new Word(span, "word", 0.9)));
  }
}
