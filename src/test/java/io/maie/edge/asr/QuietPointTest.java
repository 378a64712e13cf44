package io.maie.edge.asr;

import static org.assertj.core.api.Assertions.assertThat;

import io.maie.edge.audio.SampleSource;
import io.maie.edge.audio.SampleSpan;
import io.maie.edge.audio.Waveform;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** A pause is planted into noise, and must be found again. */
final class QuietPointTest {
  private static final int PAUSE = QuietPoint.STRETCH_SAMPLES + 2 * QuietPoint.STEP_SAMPLES;

  @Test
  void theCutLiesInThePause() throws Exception {
    for (int seed = 0; seed < 50; seed++) {
      Random random = new Random(seed);
      float[] samples = noise(random, 3 * Waveform.SAMPLE_RATE);
      int pause = random.nextInt(samples.length - PAUSE);
      Arrays.fill(samples, pause, pause + PAUSE, 0);

      long cut =
          QuietPoint.of(SampleSource.of(Waveform.of(samples)))
              .in(new SampleSpan(0, samples.length));

      assertThat(cut).as("seed %d", seed).isBetween((long) pause, (long) pause + PAUSE);
    }
  }

  @Test
  void theCutLiesInsideTheSpan() throws Exception {
    float[] samples = noise(new Random(1), 2 * Waveform.SAMPLE_RATE);
    Arrays.fill(samples, 0, PAUSE, 0);
    SampleSpan span = new SampleSpan(Waveform.SAMPLE_RATE, samples.length);

    assertThat(QuietPoint.of(SampleSource.of(Waveform.of(samples))).in(span))
        .isBetween(span.start() + 1, span.end() - 1);
  }

  @Test
  void theLatestOfEquallyQuietStretchesIsTaken() {
    int length = QuietPoint.STRETCH_SAMPLES + 5 * QuietPoint.STEP_SAMPLES;

    assertThat(QuietPoint.quietest(new float[length], 0, length))
        .isEqualTo(5 * QuietPoint.STEP_SAMPLES + QuietPoint.STRETCH_SAMPLES / 2);
  }

  @Test
  void aShortStretchIsCutInItsMiddle() {
    assertThat(QuietPoint.quietest(new float[100], 0, 100)).isEqualTo(50);
    assertThat(QuietPoint.quietest(new float[100], 40, 41)).isEqualTo(41);
  }

  private static float[] noise(Random random, int length) {
    float[] samples = new float[length];
    for (int i = 0; i < length; i++) {
      samples[i] = (float) (0.1 * random.nextGaussian());
    }
    return samples;
  }
}
