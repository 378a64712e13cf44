package io.maie.edge.vad;

import static org.assertj.core.api.Assertions.assertThat;

import io.maie.edge.audio.SampleSource;
import io.maie.edge.audio.SampleSpan;
import io.maie.edge.audio.SpeechRegion;
import io.maie.edge.audio.Waveform;
import io.maie.edge.progress.StageContext;
import io.maie.edge.result.ModelIdentity;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class OnsetHearingTest {
  private static final int SECOND = 16_000;

  private static final SpeechRegionRules RULES =
      new SpeechRegionRules(
          0.5, Duration.ofMillis(200), Duration.ofMillis(500), null, Duration.ZERO);

  @Test
  void softFirstWordsBehindALongPauseAreHeardAgain() throws Exception {
    float[] samples = new float[20 * SECOND];
    Arrays.fill(samples, 10 * SECOND, 12 * SECOND, 0.5f);

    List<SpeechRegion> refined = refined(samples, region(10.8, 12));

    assertThat(refined).containsExactly(region(10, 12));
  }

  @Test
  void speechFromTheFirstSampleIsHeardBehindSilence() throws Exception {
    float[] samples = new float[5 * SECOND];
    Arrays.fill(samples, 0, 2 * SECOND, 0.5f);

    assertThat(refined(samples, region(0.7, 2))).containsExactly(region(0, 2));
  }

  @Test
  void regionsBehindShortPausesStayAsTheyAre() throws Exception {
    float[] samples = new float[5 * SECOND];
    Arrays.fill(samples, 0.5f);

    assertThat(refined(samples, region(0, 2), region(2.9, 5)))
        .containsExactly(region(0, 2), region(2.9, 5));
  }

  @Test
  void soundThatEndsBeforeTheSpeechExtendsNoRegion() throws Exception {
    float[] samples = new float[20 * SECOND];
    Arrays.fill(samples, 10 * SECOND, 10 * SECOND + 4_000, 0.5f);
    Arrays.fill(samples, 11 * SECOND, 12 * SECOND, 0.5f);

    assertThat(refined(samples, region(11, 12))).containsExactly(region(11, 12));
  }

  private static SpeechRegion region(double start, double end) {
    return new SpeechRegion(new SampleSpan((long) (start * SECOND), (long) (end * SECOND)));
  }

  private static List<SpeechRegion> refined(float[] samples, SpeechRegion... found)
      throws Exception {
    SampleSource audio = SampleSource.of(Waveform.of(samples));
    return new OnsetHearing(new LoudnessListener(), RULES, StageContext.disabled())
        .refine(audio, List.of(found));
  }

  /** Takes each loud stretch for speech. */
  private record LoudnessListener() implements VoiceActivityDetector {
    private static final int WINDOW = 160;

    @Override
    public List<SpeechRegion> detect(
        SampleSource audio, SpeechRegionRules rules, StageContext context) throws IOException {
      float[] samples = audio.read(new SampleSpan(0, audio.length())).samples();
      SpeechRegionFinder finder = new SpeechRegionFinder(rules, WINDOW);
      for (int at = 0; at < samples.length; at += WINDOW) {
        finder.accept(Math.abs(samples[at]) > 0.1f ? 1 : 0);
      }
      return finder.finish(samples.length);
    }

    @Override
    public ModelIdentity model() {
      return new ModelIdentity("loud", "1", "sha256:" + "0".repeat(64), "fp32", Map.of());
    }
  }
}
