package io.maie.edge.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.maie.edge.progress.Stage;
import java.time.Duration;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

final class EstimateTest {

  @Test
  void theShareGrowsFromStageToStage() {
    double previous = -1;
    for (Stage stage : Stage.values()) {
      assertThat(Estimate.share(stage, 0, true)).isGreaterThan(previous);
      previous = Estimate.share(stage, stage == Stage.PUBLISH ? 0 : 0.999, true);
    }
    assertThat(previous).isLessThan(1);
  }

  @Test
  void withoutDiarizationRecognitionLastsUntilTheText() {
    assertThat(Estimate.share(Stage.ASR, 1, false)).isEqualTo(Estimate.share(Stage.TEXT, 0, false));
  }

  @Test
  void sharesOutsideTheRangeAreBounded() {
    assertThat(Estimate.share(Stage.ASR, 7, false)).isEqualTo(Estimate.share(Stage.ASR, 1, false));
    assertThat(Estimate.share(Stage.ASR, -7, false)).isEqualTo(Estimate.share(Stage.ASR, 0, false));
  }

  @Test
  void earlyOnTheMeasuredFactorTells() {
    assertThat(
            Estimate.remainingSeconds(0.01, Duration.ofSeconds(10), 600.0, OptionalDouble.of(0.5)))
        .isEqualTo(290);
  }

  @Test
  void laterTheTaskItselfTells() {
    assertThat(
            Estimate.remainingSeconds(0.5, Duration.ofSeconds(100), 600.0, OptionalDouble.of(0.5)))
        .isCloseTo(100L, within(1L));
  }

  @Test
  void noEstimateIsGivenWithoutEvidence() {
    assertThat(
            Estimate.remainingSeconds(0.01, Duration.ofSeconds(10), null, OptionalDouble.empty()))
        .isNull();
  }
}
