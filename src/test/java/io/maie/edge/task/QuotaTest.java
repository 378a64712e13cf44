package io.maie.edge.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.maie.edge.durable.StorageFailure;
import io.maie.edge.failure.FailureCode;
import io.maie.edge.progress.Stage;
import io.maie.edge.task.TaskOutcome.Deferred;
import io.maie.edge.task.TaskOutcome.Published;
import io.maie.edge.task.TaskOutcome.Quarantined;
import io.maie.edge.testing.ScratchSpool;
import io.maie.edge.testing.ScratchVolume;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Folders whose quota is used up although their disk has room, on a real file system. */
final class QuotaTest extends TaskScenario {
  private static final String LIMIT = "2M";

  @ParameterizedTest
  @ValueSource(strings = {"outbox", "archive"})
  void aResultWaitsForAQuotaThatIsUsedUp(String folder) throws Exception {
    try (ScratchVolume volume = full(folder)) {
      spool.drop("a.wav", 640);
      Deferred waiting = (Deferred) runNext();

      assertThatItWaitsFor(waiting, volume);
      assertThat(spool.runner.run(waiting.task())).isInstanceOf(Deferred.class);
      volume.limit("none");
      assertThat(spool.runner.run(waiting.task())).isInstanceOf(Published.class);
      assertThat(spool.files("outbox")).contains("a.wav.json", "a.wav.txt").hasSizeBetween(2, 3);
      assertThat(spool.files("archive")).contains("a.wav").hasSizeBetween(1, 2);
      assertThat(json("outbox/a.wav.json").at("/attempts").asInt()).isEqualTo(1);
    }
  }

  @Test
  void aFailureWaitsForAQuotaThatIsUsedUp() throws Exception {
    try (ScratchVolume volume = full("failed")) {
      spool.drop("a.wav", 640);
      failIn(Stage.DECODE, FailureCode.NO_AUDIO_STREAM);
      Deferred waiting = (Deferred) runNext();

      assertThatItWaitsFor(waiting, volume);
      volume.limit("none");
      assertThat(spool.runner.run(waiting.task())).isInstanceOf(Quarantined.class);
      assertThat(spool.files("failed"))
          .containsExactlyInAnyOrder("a.wav", "a.wav.error.json", "a.wav.error.txt", "filler");
    }
  }

  @Test
  void aRecordingStaysInTheInboxWhileTheQuotaOfTheWorkFolderIsUsedUp() throws Exception {
    try (ScratchVolume volume = full("work")) {
      spool.drop("a.wav", 640);

      assertThatThrownBy(this::claimNext)
          .isInstanceOfSatisfying(
              IOException.class,
              failure -> assertThat(StorageFailure.of(failure)).isEqualTo(StorageFailure.QUOTA));
      assertThat(spool.files("inbox")).containsExactly("a.wav");

      volume.limit("none");
      assertThat(runNext()).isInstanceOf(Published.class);
      assertThat(spool.files("inbox")).isEmpty();
    }
  }

  @Test
  void aTaskWaitsForTheQuotaOfTheWholeHomeAndContinues() throws Exception {
    try (ScratchVolume volume = ScratchVolume.withQuota(home.resolve("quota"), LIMIT)) {
      spool =
          new ScratchSpool(
              volume.folder(),
              new TaskClock(time, time),
              TaskSettings.DEFAULTS,
              FaultPoint.disabled());
      spool.drop("a.wav", 640);
      Task task = claimNext();
      volume.fill();

      Deferred waiting = (Deferred) spool.runner.run(task);

      assertThatItWaitsFor(waiting, volume);
      volume.limit("none");
      assertThat(spool.runner.run(waiting.task())).isInstanceOf(Published.class);
      assertThat(spool.files("archive")).containsExactly("a.wav");
      assertThat(spool.files("work")).isEmpty();
    }
  }

  private ScratchVolume full(String folder) throws Exception {
    ScratchVolume volume = ScratchVolume.withQuota(home.resolve(folder), LIMIT);
    volume.fill();
    return volume;
  }

  private static void assertThatItWaitsFor(Deferred waiting, ScratchVolume volume) {
    assertThat(waiting.cause()).isEqualTo(Deferred.Cause.INSTALLATION);
    assertThat(waiting.code()).contains(FailureCode.DISK_FULL);
    assertThat(waiting.reason()).contains("the disk quota is used up: '" + volume.folder());
    assertThat(waiting.task().facts().countedAttempts()).isLessThanOrEqualTo(1);
  }
}
