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

    assertThat(curve.apply(0.99f)).isEqualTo(0.99f);
    assertThat(curve.undo(0.99f)).isEqualTo(0.99f);
  }

  @Test
  void aGainIsUndoneExactly() {
    LevelCurve curve = new LevelCurve(20, 0.05f);

    assertThat(curve.apply(0.05f)).isCloseTo(0.5f, within(1e-6f));
    assertThat(curve.undo(0.5f)).isCloseTo(0.05f, within(1e-7f));
  }

  @ParameterizedTest
  @ValueSource(floats = {1.01f, 1.5f, 4f, 30f})
  void peaksStayWithinFullScaleInTheirOrderAndComeBack(float peak) {
    LevelCurve curve = new LevelCurve(0, peak);
    float before = 0;
    for (float sample = 0.8f; sample <= peak; sample += peak / 200) {
      float changed = curve.apply(sample);
      float stored = Math.round(changed / STEP_OF_16_BITS) * STEP_OF_16_BITS;

      assertThat(changed).isBetween(before, 1f);
      assertThat(curve.undo(stored)).isCloseTo(sample, within(sample * 0.01f));
      assertThat(curve.undo(curve.apply(-sample))).isCloseTo(-sample, within(sample * 0.001f));
      before = changed;
    }
  }

  @Test
  void aSourceIsReadAsItWasBefore() throws Exception {
    LevelCurve curve = new LevelCurve(6, 1f);
    float[] recorded = {0.1f, -0.3f, 1f};
    float[] changed = new float[recorded.length];
    for (int i = 0; i < changed.length; i++) {
      changed[i] = curve.apply(recorded[i]);
    }

    SampleSource before = SampleSource.of(Waveform.of(changed)).before(curve);

    assertThat(before.length()).isEqualTo(3);
    assertThat(before.read(new SampleSpan(0, 3)).samples())
        .containsExactly(recorded, within(1e-5f));
  }
}
