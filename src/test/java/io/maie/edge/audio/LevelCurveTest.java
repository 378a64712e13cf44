package io.maie.edge.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class LevelCurveTest {
  private static final float STEP_OF_16_BITS = 1f / 32_768;

  @Test
  void withoutAGainAndBelowFullScaleNothingChanges() {
    LevelCurve curve = new LevelCurve(0, 0.99f);

    assertThat(curve.apply(0.99f, 0)).isEqualTo(0.99f);
    assertThat(curve.undo(0.99f, 0)).isEqualTo(0.99f);
  }

  @Test
  void aGainIsUndoneExactly() {
    LevelCurve curve = new LevelCurve(20, 0.05f);

    assertThat(curve.apply(0.05f, 0)).isCloseTo(0.5f, within(1e-6f));
    assertThat(curve.undo(0.5f, 0)).isCloseTo(0.05f, within(1e-7f));
  }

  @ParameterizedTest
  @ValueSource(floats = {1.01f, 1.5f, 4f, 30f})
  void peaksStayWithinFullScaleInTheirOrderAndComeBack(float peak) {
    LevelCurve curve = new LevelCurve(0, peak);
    float before = 0;
    for (float sample = 0.8f; sample <= peak; sample += peak / 200) {
      float changed = curve.apply(sample, 0);
      float stored = Math.round(changed / STEP_OF_16_BITS) * STEP_OF_16_BITS;

      assertThat(changed).isBetween(before, 1f);
      assertThat(curve.undo(stored, 0)).isCloseTo(sample, within(sample * 0.01f));
      assertThat(curve.undo(curve.apply(-sample, 0), 0))
          .isCloseTo(-sample, within(sample * 0.001f));
      before = changed;
    }
  }

  @Test
  void aSourceIsReadAsItWasBefore() throws Exception {
    LevelCurve curve = new LevelCurve(6, 1f);
    float[] recorded = {0.1f, -0.3f, 1f};
    float[] changed = new float[recorded.length];
    for (int i = 0; i < changed.length; i++) {
      changed[i] = curve.apply(recorded[i], i);
    }

    SampleSource before = SampleSource.of(Waveform.of(changed)).before(curve);

    assertThat(before.length()).isEqualTo(3);
    assertThat(before.read(new SampleSpan(0, 3)).samples())
        .containsExactly(recorded, within(1e-5f));
  }

  @Test
  void furtherGainsGlideFromBlockToBlockAndAreUndone() {
    LevelCurve curve = new LevelCurve(6, 0.5f, new byte[] {0, 20, 20, 0});
    int block = ChannelLevels.BLOCK_SAMPLES;
    float gain = curve.apply(0.01f, 0) / 0.01f;

    assertThat(gain).isCloseTo(1.995f, within(0.001f));
    assertThat(curve.apply(0.01f, block / 2) / 0.01f).isCloseTo(5.5f * gain, within(0.01f));
    assertThat(curve.apply(0.01f, block) / 0.01f).isCloseTo(10 * gain, within(0.01f));
    assertThat(curve.apply(0.01f, 10L * block) / 0.01f).isEqualTo(gain);
    assertThat(curve.undo(curve.apply(0.01f, block / 2), block / 2))
        .isCloseTo(0.01f, within(1e-7f));
    assertThat(curve.mostGainDecibels()).isEqualTo(26);
    assertThat(curve.leastGainDecibels()).isEqualTo(6);
  }
}
