package io.maie.edge.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import io.maie.edge.failure.FailureCode;
import io.maie.edge.testing.ManualTicker;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class FaultBackoffTest {
  private final ManualTicker ticker = new ManualTicker();
  private final ClaimGate gate = new ClaimGate();
  private final FaultBackoff faults = new FaultBackoff(gate, ticker);

  @Test
  void aFaultClosesTheGateWithItsReason() {
    faults.fault(FailureCode.MODEL_MISSING, "no model");

    assertThat(gate.isOpen()).isFalse();
    assertThat(gate.reasons()).containsExactly("MODEL_MISSING: no model");
  }

  @Test
  void theGateOpensAfterThePauseIfAllChecksAreFine() {
    faults.fault(FailureCode.MODEL_MISSING, "no model");
    ticker.advance(Duration.ofSeconds(14));
    faults.review(true);
    assertThat(gate.isOpen()).isFalse();

    ticker.advance(Duration.ofSeconds(1));
    faults.review(false);
    assertThat(gate.isOpen()).isFalse();

    faults.review(true);
    assertThat(gate.isOpen()).isTrue();
  }

  @Test
  void thePauseDoublesUntilASuccessAndNeverExceedsTenMinutes() {
    for (int i = 0; i < 10; i++) {
      faults.fault(FailureCode.DISK_FULL, "full");
    }
    ticker.advance(Duration.ofMinutes(10).minusSeconds(1));
    faults.review(true);
    assertThat(gate.isOpen()).isFalse();
    ticker.advance(Duration.ofSeconds(1));
    faults.review(true);
    assertThat(gate.isOpen()).isTrue();

    faults.success();
    faults.fault(FailureCode.DISK_FULL, "full");
    ticker.advance(Duration.ofSeconds(15));
    faults.review(true);
    assertThat(gate.isOpen()).isTrue();
  }
}
