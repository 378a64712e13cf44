package io.maie.edge.asr.whisper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class WhisperOptionsTest {

  @ParameterizedTest
  @ValueSource(ints = {0, -1, 21})
  void aBeamHasOneToTwentyHypotheses(int size) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> options(size, List.of(0.0), -1, 1))
        .withMessageContaining("beam");
    assertThat(options(1, List.of(0.0), -1, 1).beamSize()).isEqualTo(1);
  }

  @Test
  void temperaturesClimb() {
    for (List<Double> ladder :
        List.of(List.<Double>of(), List.of(0.2, 0.2), List.of(0.4, 0.2), List.of(1.1))) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> options(5, ladder, -1, 1))
          .withMessageContaining("ascending temperatures");
    }
    assertThatIllegalArgumentException().isThrownBy(() -> options(5, List.of(Double.NaN), -1, 1));
  }

  @Test
  void aLogarithmOfAProbabilityIsNotPositive() {
    assertThatIllegalArgumentException().isThrownBy(() -> options(5, List.of(0.0), 0.1, 1));
    assertThatIllegalArgumentException().isThrownBy(() -> options(5, List.of(0.0), Double.NaN, 1));
  }

  @Test
  void windowsAreDecodedInBatchesOfBoundedSize() {
    assertThatIllegalArgumentException().isThrownBy(() -> options(5, List.of(0.0), -1, 65));
    assertThatIllegalArgumentException().isThrownBy(() -> options(5, List.of(0.0), -1, -1));
  }

  @Test
  void theResultNamesWhatDecidesTheText() {
    assertThat(WhisperOptions.DEFAULTS.asParams())
        .hasSize(WhisperOptions.class.getRecordComponents().length)
        .containsEntry("beam_size", 5)
        .containsEntry("logprob_threshold", -1.0);
  }

  @Test
  void theLeastMemoryIsOneChunkAndOneHypothesisAtATime() {
    WhisperOptions sparing = WhisperOptions.DEFAULTS.sparingMemory();

    assertThat(sparing.batch()).isEqualTo(1);
    assertThat(sparing.beamSize()).isEqualTo(1);
    assertThat(sparing.bestOf()).isEqualTo(1);
    assertThat(sparing.temperatures()).isEqualTo(WhisperOptions.DEFAULTS.temperatures());
  }

  private static WhisperOptions options(
      int beamSize, List<Double> temperatures, double logProbability, int batch) {
    return new WhisperOptions(
        beamSize, 5, temperatures, 2.4, logProbability, 0.6, false, true, batch);
  }
}
