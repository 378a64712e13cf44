package io.maie.edge.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import io.maie.edge.failure.FailureCode;
import io.maie.edge.progress.Stage;
import io.maie.edge.progress.TaskStoppedException.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;

final class TaskRunnerTest extends TaskScenario {
  @Test
  void aRecordingBecomesItsDocumentsAndGoesToTheArchive() throws IOException {
    Path dropped = spool.drop("besprechung/täg 1.wav", 64);
    byte[] content = Files.readAllBytes(dropped);

    TaskOutcome outcome = runNext();

    assertThat(outcome).isInstanceOf(TaskOutcome.Published.class);
    assertThat(spool.files("outbox"))
        .containsExactly("besprechung/täg 1.wav.json", "besprechung/täg 1.wav.txt");
    assertThat(home.resolve("archive/besprechung/täg 1.wav")).hasBinaryContent(content);
    assertThat(spool.files("inbox")).isEmpty();
    assertThat(spool.files("work")).isEmpty();
    JsonNode result = json("outbox/besprechung/täg 1.wav.json");
    assertThat(result.path("status").asText()).isEqualTo("COMPLETE");
    assertThat(result.path("attempts").asInt()).isEqualTo(1);
    assertThat(result.path("source").path("path").asText()).isEqualTo("besprechung/täg 1.wav");
    assertThat(result.path("results").path("raw_transcript").asText()).isNotEmpty();
  }

  @Test
  void theHistoryTellsOfSuccessAndFailure() throws IOException {
    spool.drop("good.wav", 64);
    runNext();
    failIn(Stage.DECODE, FailureCode.NO_AUDIO_STREAM);
    spool.drop("bad.wav", 64);
    runNext();

    assertThat(spool.places.history().recent(10_000))
        .extracting(HistoryEntry::path, HistoryEntry::code)
        .containsExactly(tuple("good.wav", null), tuple("bad.wav", FailureCode.NO_AUDIO_STREAM));
  }

  @Test
  void filesInTheOutboxAndTheFailedFolderAreNeverOverwritten() throws IOException {
    for (int i = 0; i < 2; i++) {
      spool.drop("a.wav", 64);
      runNext();
    }
    failIn(Stage.DECODE, FailureCode.NO_AUDIO_STREAM);
    for (int i = 0; i < 2; i++) {
      spool.drop("a.wav", 64);
      runNext();
    }

    assertThat(spool.files("outbox"))
        .containsExactly("a.wav.json", "a.wav.txt", "a.wav~2.json", "a.wav~2.txt");
    assertThat(spool.files("archive")).containsExactly("a.wav", "a~2.wav");
    assertThat(spool.files("failed"))
        .containsExactly(
            "a.wav",
            "a.wav.error.json",
            "a.wav.error.txt",
            "a~2.wav",
            "a~2.wav.error.json",
            "a~2.wav.error.txt");
  }

  @Test
  void publishedAndMovedFilesAreOpenToTheGroup() throws IOException {
    Path dropped = spool.drop("a.wav", 64);
    Files.setPosixFilePermissions(dropped, PosixFilePermissions.fromString("rw-------"));

    runNext();

    for (String file : List.of("outbox/a.wav.json", "archive/a.wav")) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(home.resolve(file))))
          .isEqualTo("rw-rw-r--");
    }
  }

  @Test
  void aCancelledTaskGoesToQuarantine() throws IOException {
    spool.drop("a.wav", 64);
    spool.engines.on(
        Stage.ASR,
        context -> spool.runner.running().orElseThrow().stop(Reason.CANCELLED, "by request"));

    runNext();

    assertThat(json("failed/a.wav.error.json").at("/error/code").asText()).isEqualTo("CANCELLED");
  }

  @Test
  void aDefectAfterTheEnginesDelaysOneTaskAndNotTheOthers() throws IOException {
    spool = failingAt(FaultPoint.Step.DOCUMENTS_PUBLISHED, new IllegalStateException("a mistake"));
    spool.drop("a.wav", 64);

    TaskOutcome.Deferred deferred = (TaskOutcome.Deferred) runNext();

    assertThat(deferred.cause()).isEqualTo(TaskOutcome.Deferred.Cause.RETRY);
    assertThat(deferred.task().facts().notBefore()).hasValue(time.instant().plusSeconds(30));
    assertThat(fresh().runner.run(deferred.task())).isInstanceOf(TaskOutcome.Published.class);
  }

  @Test
  void resultsThatAreMissingAreMadeAgain() throws IOException {
    spool = vanishingAt(FaultPoint.Step.TASK_FINISHED);
    spool.drop("a.wav", 64);
    assertThatThrownBy(this::runNext).hasMessage("vanished");
    spool = fresh();
    Task task = spool.recovery.recover().get(0);
    Files.delete(spool.store.folder(task).document("result.json"));

    assertThat(spool.runner.run(task)).isInstanceOf(TaskOutcome.Published.class);
    assertThat(spool.files("outbox")).containsExactly("a.wav.json", "a.wav.txt");
  }

  @Test
  void aTaskWhoseFolderSomebodyRemovedIsOver() throws IOException {
    spool = vanishingAt(FaultPoint.Step.TASK_FINISHED);
    spool.drop("a.wav", 64);
    assertThatThrownBy(this::runNext).hasMessage("vanished");
    spool = fresh();
    Task task = spool.recovery.recover().get(0);
    spool.store.remove(task);

    assertThat(spool.runner.run(task)).isInstanceOf(TaskOutcome.Returned.class);
  }

  /** A name that is too long fails the look in the same way as an absent network file system. */
  @Test
  void aRecordingThatCannotBeLookedAtIsNotTakenForOneThatHasLeft() throws IOException {
    spool = vanishingAt(FaultPoint.Step.HISTORY_WRITTEN);
    spool.drop("a.wav", 64);
    assertThatThrownBy(this::runNext).hasMessage("vanished");
    spool = fresh();
    Task published = withInputThatCannotBeLookedAt(spool.recovery.recover().get(0));

    assertThat(spool.runner.run(published)).isInstanceOf(TaskOutcome.Deferred.class);
    assertThat(spool.runner.run(new Task.Claimed(published.facts())))
        .isInstanceOf(TaskOutcome.Deferred.class);
    assertThat(spool.files("work")).anyMatch(name -> name.endsWith("/input.wav"));
  }
}
