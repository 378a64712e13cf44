package io.maie.edge.task;

import static org.assertj.core.api.Assertions.assertThat;

import io.maie.edge.failure.FailureCode;
import io.maie.edge.progress.Stage;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class RunningTaskTest extends TaskScenario {
  @Test
  void aStageWithoutASignOfLifeIsStoppedAndTriedAgainLater() throws IOException {
    spool.drop("a.wav", 64);
    spool.engines.on(
        Stage.VAD,
        context -> {
          RunningTask running = spool.runner.running().orElseThrow();
          running.enforceLimits();
          context.cancellation().throwIfStopped();
          watch(running, TaskLimits.DEFAULTS.stall().plusSeconds(1));
        });

    TaskOutcome.Deferred deferred = (TaskOutcome.Deferred) runNext();

    assertThat(deferred.cause()).isEqualTo(TaskOutcome.Deferred.Cause.RETRY);
    assertThat(deferred.code()).contains(FailureCode.STAGE_TIMEOUT);
    assertThat(deferred.task().facts().notBefore()).hasValue(time.instant().plusSeconds(30));

    TaskOutcome second = spool.runner.run(deferred.task());
    assertThat(((TaskOutcome.Deferred) second).task().facts().notBefore())
        .hasValue(time.instant().plusSeconds(60));

    TaskOutcome third = spool.runner.run(second.task());
    assertThat(third).isInstanceOf(TaskOutcome.Quarantined.class);
    assertThat(json("failed/a.wav.error.json").path("attempts").asInt()).isEqualTo(3);
  }

  @Test
  void aTaskThatReportsButTakesTooLongIsStopped() throws IOException {
    spool.drop("a.wav", 64);
    spool.engines.on(
        Stage.ASR,
        context -> {
          RunningTask running = spool.runner.running().orElseThrow();
          for (int i = 0; i < 500; i++) {
            watch(running, TaskLimits.DEFAULTS.stall().minus(Duration.ofMinutes(1)));
            context.tick(0.5);
          }
        });

    TaskOutcome.Deferred deferred = (TaskOutcome.Deferred) runNext();

    assertThat(deferred.reason()).contains("limit of");
  }

  @Test
  void aMachineThatWasSuspendedExceedsNoLimit() throws IOException {
    spool.drop("a.wav", 64);
    spool.engines.on(
        Stage.ASR,
        context -> {
          RunningTask running = spool.runner.running().orElseThrow();
          time.advance(TaskLimits.DEFAULTS.total().multipliedBy(2));
          running.enforceLimits();
          assertThat(running.isAlive()).isTrue();
        });

    assertThat(runNext()).isInstanceOf(TaskOutcome.Published.class);
  }

  /** Lets time go by under the eyes of the supervisor. */
  private void watch(RunningTask running, Duration duration) {
    for (long second = 0; second < duration.toSeconds(); second++) {
      time.advance(Duration.ofSeconds(1));
      running.enforceLimits();
    }
  }
}
