package io.maie.edge.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.maie.edge.audio.LevelCurve;
import io.maie.edge.audio.SampleSource;
import io.maie.edge.audio.SampleSpan;
import io.maie.edge.audio.SoundLevel;
import io.maie.edge.audio.SpeechRegion;
import io.maie.edge.audio.Waveform;
import io.maie.edge.progress.StageContext;
import io.maie.edge.result.ModelIdentity;
import io.maie.edge.result.Warning;
import io.maie.edge.testing.ScriptedEngines;
import io.maie.edge.vad.SpeechRegionRules;
import io.maie.edge.vad.VoiceActivityDetector;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Speech is looked for twice, and a recording without it says why. */
final class SpeechSearchTest {
  private static final List<SpeechRegion> SECOND =
      List.of(new SpeechRegion(new SampleSpan(0, 16_000)));

  @Test
  void silenceFaintSoundAndSoundWithoutSpeechGetDifferentWarnings() {
    assertThat(message(-120)).startsWith("The recording is silent");
    assertThat(message(-70)).contains("too quiet to hear it (-70 LUFS)");
    assertThat(message(-23)).contains("sound of usual level (-23 LUFS)");
  }

  @Test
  void speechNeedsNoExplanation() {
    assertThat(explain(SECOND, -23)).isEmpty();
  }

  @Test
  void aRaisedRecordingIsAlsoSearchedAtItsOwnLevel() throws Exception {
    SampleSource raised = SampleSource.of(Waveform.of(new float[] {0.5f, 0.5f}));
    SpeechSearch search =
        new SpeechSearch(new QuietListener(), ScriptedEngines.RULES, StageContext.disabled());

    assertThat(search.find(raised, new SoundLevel(-43, new LevelCurve(20, 0.05f), 0))).hasSize(1);
    assertThat(search.find(raised, new SoundLevel(-23, LevelCurve.UNCHANGED, 0))).isEmpty();
  }

  private static String message(double loudness) {
    return explain(List.of(), loudness).orElseThrow().message();
  }

  private static Optional<Warning> explain(List<SpeechRegion> regions, double loudness) {
    return SpeechlessRecording.explain(regions, new SoundLevel(loudness, LevelCurve.UNCHANGED, 0));
  }

  /** Hears speech only in sound that is not loud. */
  private record QuietListener() implements VoiceActivityDetector {

    @Override
    public List<SpeechRegion> detect(
        SampleSource audio, SpeechRegionRules rules, StageContext context) throws IOException {
      SampleSpan all = new SampleSpan(0, audio.length());
      boolean isQuiet = audio.read(all).samples()[0] < 0.1f;
      return isQuiet ? List.of(new SpeechRegion(all)) : List.of();
    }

    @Override
    public ModelIdentity model() {
      return new ModelIdentity("quiet", "1", "sha256:" + "0".repeat(64), "fp32", Map.of());
    }
  }
}
