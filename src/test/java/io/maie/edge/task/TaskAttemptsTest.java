package io.maie.edge.task;

import static org.assertj.core.api.Assertions.assertThat;

import io.maie.edge.failure.FailureCode;
import io.maie.edge.failure.ProcessingException;
import io.maie.edge.progress.Stage;
import io.maie.edge.progress.TaskStoppedException.Reason;
import io.maie.edge.task.Attempt.End;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

final class TaskAttemptsTest extends TaskScenario {
  @Test
  void aRecordingThatChangedDuringProcessingIsNotPublishedButGoesBack() throws IOException {
    spool.drop("sub/a.wav", 64);
    sidecar("sub/a.wav", "{}");
    Task task = claimNext();
    Path input = spool.store.folder(task).input(task);
    spool.engines.on(Stage.ASR, context -> Files.write(input, new byte[128]));

    TaskOutcome outcome = spool.runner.run(task);

    assertThat(outcome).isInstanceOf(TaskOutcome.Returned.class);
    assertThat(spool.files("inbox")).containsExactly("sub/a.wav", "sub/a.wav.job.json");
    assertThat(spool.files("outbox")).isEmpty();
    assertThat(spool.files("work")).isEmpty();
  }

  @Test
  void aRecordingThatChangedBeforeItsTurnGoesBackUnprocessed() throws IOException {
    spool.drop("a.wav", 64);
    Task task = claimNext();
    Files.write(spool.store.folder(task).input(task), new byte[128]);
    failIn(Stage.DECODE, FailureCode.MODEL_MISSING);

    assertThat(spool.runner.run(task)).isInstanceOf(TaskOutcome.Returned.class);
    assertThat(spool.files("inbox")).containsExactly("a.wav");
  }

  @Test
  void aRecordingThatGrewDuringItsFailureGoesBack() throws IOException {
    spool.drop("a.wav", 64);
    Task task = claimNext();
    Path input = spool.store.folder(task).input(task);
    spool.engines.on(
        Stage.DECODE,
        context -> {
          Files.write(input, new byte[128]);
          throw new ProcessingException(FailureCode.AUDIO_DECODE_ERROR, "cut off");
        });

    assertThat(spool.runner.run(task)).isInstanceOf(TaskOutcome.Returned.class);
    assertThat(spool.files("failed")).isEmpty();
  }

  @Test
  void aBrokenInstallationKeepsTheRecordingAndCountsNoAttempt() throws IOException {
    failIn(Stage.ASR, FailureCode.MODEL_LOAD_ERROR);
    spool.drop("a.wav", 64);

    TaskOutcome.Deferred deferred = (TaskOutcome.Deferred) runNext();

    assertThat(deferred.cause()).isEqualTo(TaskOutcome.Deferred.Cause.INSTALLATION);
    assertThat(deferred.code()).contains(FailureCode.MODEL_LOAD_ERROR);
    assertThat(deferred.task().facts().countedAttempts()).isZero();

    spool.engines.on(Stage.ASR, context -> {});

    assertThat(spool.runner.run(deferred.task())).isInstanceOf(TaskOutcome.Published.class);
    assertThat(json("outbox/a.wav.json").path("attempts").asInt()).isEqualTo(1);
  }

  @Test
  void aShutdownInterruptsWithoutCountingAnAttempt() throws IOException {
    spool.drop("a.wav", 64);
    spool.engines.on(
        Stage.ASR,
        context -> spool.runner.running().orElseThrow().stop(Reason.SHUTDOWN, "stopping"));

    TaskOutcome.Deferred deferred = (TaskOutcome.Deferred) runNext();

    assertThat(deferred.cause()).isEqualTo(TaskOutcome.Deferred.Cause.SHUTDOWN);
    Task again = fresh().recovery.recover().get(0);
    assertThat(again.facts().endedAttempts())
        .extracting(Attempt.Ended::how)
        .containsExactly(End.INTERRUPTED);
    assertThat(again.facts().countedAttempts()).isZero();
  }

  @Test
  void aFailureWhileTheProgramStopsIsAnInterruption() throws IOException {
    spool.drop("a.wav", 64);
    spool.engines.on(
        Stage.DECODE,
        context -> {
          spool.runner.running().orElseThrow().stop(Reason.SHUTDOWN, "the program stops");
          throw new ProcessingException(FailureCode.AUDIO_DECODE_ERROR, "its ffmpeg was ended");
        });

    TaskOutcome.Deferred deferred = (TaskOutcome.Deferred) runNext();

    assertThat(deferred.cause()).isEqualTo(TaskOutcome.Deferred.Cause.SHUTDOWN);
    assertThat(deferred.task().facts().countedAttempts()).isZero();
    assertThat(spool.files("failed")).isEmpty();
  }

  @Test
  void aKilledProgramIsTriedAgainApartFromTheAttemptsOfTheRecording() throws IOException {
    spool.drop("a.wav", 64);
    failIn(Stage.DECODE, FailureCode.PROCESS_KILLED);
    TaskOutcome outcome = runNext();
    int tries = 1;
    while (outcome instanceof TaskOutcome.Deferred deferred) {
      assertThat(deferred.cause()).isEqualTo(TaskOutcome.Deferred.Cause.RETRY);
      assertThat(deferred.task().facts().countedAttempts()).isZero();
      assertThat(deferred.task().facts().notBefore().orElseThrow()).isAfter(time.instant());
      outcome = spool.runner.run(deferred.task());
      tries++;
    }

    assertThat(tries).isEqualTo(TaskLimits.DEFAULTS.powerCuts());
    assertThat(json("failed/a.wav.error.json").at("/error/code").asText())
        .isEqualTo("PROCESS_KILLED");
  }

  @Test
  void aMistakeOfOursFailsTheRecordingAndNotTheDaemon() throws IOException {
    spool.drop("a.wav", 64);
    spool.engines.on(
        Stage.ASR,
        context -> {
          throw new IllegalStateException("a mistake");
        });

    runNext();

    assertThat(json("failed/a.wav.error.json").at("/error/code").asText())
        .isEqualTo("PROCESSING_ERROR");
  }

  @Test
  void aRecordingThatDoesNotFitOnTheDiskWaitsAlone() throws IOException {
    spool.drop("big.wav", 64);
    spool.engines.on(
        Stage.DECODE,
        context -> {
          throw new ProcessingException(FailureCode.DISK_FULL, "Expected 4 MB, found 2 MB")
              .withDetail("recording_bytes", 4_000_000);
        });

    TaskOutcome.Deferred deferred = (TaskOutcome.Deferred) runNext();

    assertThat(deferred.cause()).isEqualTo(TaskOutcome.Deferred.Cause.RETRY);
    assertThat(deferred.task().facts().notBefore().orElseThrow()).isAfter(time.instant());
    assertThat(deferred.task().facts().countedAttempts()).isZero();
    assertThat(deferred.reason()).contains("4 MB");
  }

  /** A disk that fills up faster than the decoder asks for space. */
  @Test
  void aRecordingThatFillsTheDiskWaitsAlone_whenTheRoomIsThereAgainAfterIt() throws IOException {
    spool.drop("big.wav", 64);
    spool.engines.on(
        Stage.DECODE,
        context -> {
          throw new ProcessingException(FailureCode.DISK_FULL, "No space left on device");
        });

    assertThat(((TaskOutcome.Deferred) runNext()).cause())
        .isEqualTo(TaskOutcome.Deferred.Cause.RETRY);
  }
}
