package io.maie.edge.dsp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

final class MelScaleTest {

  /** Values that librosa documents, and 1000 Hz = 1000 mel of O'Shaughnessy's formula. */
  @ParameterizedTest
  @CsvSource({"SLANEY, 60, 0.9", "SLANEY, 440, 6.6", "HTK, 1000, 999.99", "HTK, 0, 0"})
  void knownPitches(MelScale scale, double hertz, double mel) {
    assertThat(scale.fromHertz(hertz)).isCloseTo(mel, within(0.02));
  }

  @ParameterizedTest
  @EnumSource
  void toHertzUndoesFromHertz(MelScale scale) {
    for (double hertz = 0; hertz < 8000; hertz += 37) {
      assertThat(scale.toHertz(scale.fromHertz(hertz))).isCloseTo(hertz, within(1e-8));
    }
  }
}
