package io.maie.edge.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.maie.edge.spool.Candidate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class ClaimsTest extends TaskScenario {
  @Test
  void aClaimThatFoundNothingLeavesNothing() throws IOException {
    Path dropped = spool.drop("a.wav", 64);
    Candidate candidate = settled().get(0);
    Files.delete(dropped);

    assertThat(spool.claims.claim(candidate)).isEmpty();
    assertThat(home.resolve("work")).isEmptyDirectory();
  }

  @Test
  void aClaimThatFailedLeavesNoTask() throws IOException {
    spool = failingAt(FaultPoint.Step.TASK_FOLDER_MADE, new IllegalStateException("a mistake"));
    spool.drop("a.wav", 64);

    assertThatThrownBy(this::claimNext).hasMessage("a mistake");

    assertThat(home.resolve("work")).isEmptyDirectory();
  }

  /** The copy has another inode than the task tells of, until the claim is completed. */
  @Test
  void aClaimByCopyThatWasCutOffIsProcessedOnce() throws IOException {
    spool = vanishingAt(FaultPoint.Step.RECORDING_CLAIMED);
    Files.createLink(home.resolve("second name"), spool.drop("a.wav", 64));
    assertThatThrownBy(this::claimNext).hasMessage("vanished");

    spool = fresh();
    TaskOutcome outcome = spool.runner.run(spool.recovery.recover().get(0));

    assertThat(outcome).isInstanceOf(TaskOutcome.Published.class);
    assertThat(spool.files("archive")).containsExactly("a.wav");
  }

  @Test
  void aRecordingThatStaysEmptyFailsAfterTheGraceTime() throws IOException {
    spool.drop("a.wav", 0);
    spool.inbox.scan();
    time.advance(Duration.ofMinutes(2));

    runNext();

    assertThat(json("failed/a.wav.error.json").at("/error/code").asText()).isEqualTo("EMPTY_FILE");
  }
}
