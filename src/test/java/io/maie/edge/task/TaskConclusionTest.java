package io.maie.edge.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.maie.edge.failure.FailureCode;
import io.maie.edge.progress.Stage;
import io.maie.edge.testing.OrdinaryUser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class TaskConclusionTest extends TaskScenario {
  @Test
  void aNoteOfThePublishedResultIsLeftBeforeTheHistoryTells() throws IOException {
    spool = vanishingAt(FaultPoint.Step.HISTORY_WRITTEN);
    spool.drop("a b.wav", 64);
    assertThatThrownBy(this::runNext).hasMessage("vanished");
    FinishedNotes notes = FinishedNotes.in(home.resolve("state"));

    assertThat(notes.list())
        .extracting(FinishedNotes.Note::result)
        .containsExactly(home.resolve("outbox/a b.wav.json"));

    notes.remove(notes.list().get(0));
    spool = fresh();
    spool.runner.run(spool.recovery.recover().get(0));
    assertThat(notes.list()).isEmpty();
  }

  /** The work folder loses its permissions at the very end, and has them again later. */
  @Test
  void aTaskIsOverAlthoughItsFolderCannotBeRemoved() throws Exception {
    Path work = home.resolve("work");
    spool = acting(FaultPoint.Step.RECORDING_ARCHIVED, () -> mode(work, 0555));
    spool.drop("a.wav", 64);
    Task task = claimNext();

    TaskOutcome outcome = OrdinaryUser.call(() -> spool.runner.run(task));
    mode(work, 0755);

    assertThat(outcome).isInstanceOf(TaskOutcome.Published.class);
    assertThat(spool.files("archive")).containsExactly("a.wav");
    assertThat(fresh().recovery.recover()).isEmpty();
    assertThat(fresh().places.history().recent(10_000)).hasSize(1);
  }

  private static void mode(Path folder, int mode) {
    try {
      Files.setAttribute(folder, "unix:mode", mode);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void aFailureGoesToQuarantineWithTwoExplanations() throws IOException {
    failIn(Stage.DECODE, FailureCode.UNSUPPORTED_CODEC);
    spool.drop("a.wav", 64);

    TaskOutcome outcome = runNext();

    assertThat(outcome).isInstanceOf(TaskOutcome.Quarantined.class);
    assertThat(spool.files("failed"))
        .containsExactly("a.wav", "a.wav.error.json", "a.wav.error.txt");
    assertThat(json("failed/a.wav.error.json").path("error").path("code").asText())
        .isEqualTo("UNSUPPORTED_CODEC");
    assertThat(home.resolve("failed/a.wav.error.txt")).content().contains("UNSUPPORTED_CODEC");
    assertThat(spool.files("outbox")).isEmpty();
    assertThat(spool.files("work")).isEmpty();
  }

  @Test
  void finishedDocumentsWaitForTheOutboxAndAreNotMadeAgain() throws IOException {
    spool.drop("a.wav", 64);
    Path outbox = home.resolve("outbox");
    Files.delete(outbox);
    Files.createFile(outbox);

    TaskOutcome.Deferred deferred = (TaskOutcome.Deferred) runNext();

    assertThat(deferred.cause()).isEqualTo(TaskOutcome.Deferred.Cause.INSTALLATION);
    assertThat(deferred.task()).isInstanceOf(Task.Finished.class);
    Files.delete(outbox);
    Files.createDirectory(outbox);
    failIn(Stage.DECODE, FailureCode.PROCESSING_ERROR);

    assertThat(spool.runner.run(deferred.task())).isInstanceOf(TaskOutcome.Published.class);
  }

  @Test
  void aFileThatHasTheNameOfASubfolderIsGoneAround() throws IOException {
    spool.drop("talk", 64);
    runNext();
    Files.createFile(home.resolve("outbox/talk"));
    spool.drop("talk/x.wav", 64);

    TaskOutcome.Published published = (TaskOutcome.Published) runNext();

    assertThat(spool.files("archive")).containsExactly("talk", "talk~2/x.wav");
    assertThat(published.entry().documents())
        .containsExactly("talk~2/x.wav.txt", "talk~2/x.wav.json")
        .allSatisfy(name -> assertThat(home.resolve("outbox").resolve(name)).exists());
  }

  @Test
  void aFolderNameThatIsNotTextAndFillsTheLimitIsCut() throws IOException {
    Path folder =
        Files.createDirectory(
            Path.of(URI.create(home.resolve("inbox").toUri() + "%FC" + "n".repeat(253))));
    Files.writeString(folder.resolve("a.wav"), "sound");

    assertThat(runNext()).isInstanceOf(TaskOutcome.Published.class);
    assertThat(spool.files("archive")).singleElement().asString().endsWith("/a.wav");
  }

  /** A document that cannot be read stands for a disk or a name that will not be mended. */
  @Test
  void failedArchivingIsRetriedWithBackoffAndBlocksNoOtherTask() throws IOException {
    spool = vanishingAt(FaultPoint.Step.TASK_FINISHED);
    spool.drop("a.wav", 64);
    assertThatThrownBy(this::runNext).hasMessage("vanished");
    spool = fresh();
    Task task = spool.recovery.recover().get(0);
    Path document = spool.store.folder(task).document("result.txt");
    Files.delete(document);
    Files.createDirectory(document);

    TaskOutcome.Deferred first = (TaskOutcome.Deferred) spool.runner.run(task);
    time.advance(Duration.ofMinutes(2));
    TaskOutcome.Deferred second = (TaskOutcome.Deferred) spool.runner.run(first.task());

    assertThat(first.cause()).isEqualTo(TaskOutcome.Deferred.Cause.RETRY);
    assertThat(first.reason()).contains("Is a directory");
    assertThat(second.task().facts().notBefore()).hasValue(time.instant().plusSeconds(120));
    Files.delete(document);
    Files.writeString(document, "mended");
    failIn(Stage.DECODE, FailureCode.PROCESSING_ERROR);
    assertThat(spool.runner.run(second.task())).isInstanceOf(TaskOutcome.Published.class);
  }

  /** Somebody fetched the result while the archive was away and many others ended. */
  @Test
  void aResultThatWasFetchedBeforeItsRecordingCouldBeArchivedIsNotPublishedAgain()
      throws IOException {
    spool.drop("a.wav", 64);
    Task claimed = claimNext();
    Files.delete(home.resolve("archive"));
    TaskOutcome.Deferred deferred = (TaskOutcome.Deferred) spool.runner.run(claimed);
    byte[] others = "x".repeat(200).concat("\n").repeat(500).getBytes(StandardCharsets.US_ASCII);
    Files.write(home.resolve("state/history.jsonl"), others, StandardOpenOption.APPEND);
    for (String document : spool.files("outbox")) {
      Files.delete(home.resolve("outbox").resolve(document));
    }
    Files.createDirectory(home.resolve("archive"));

    assertThat(spool.runner.run(deferred.task())).isInstanceOf(TaskOutcome.Published.class);

    assertThat(spool.files("outbox")).isEmpty();
    assertThat(spool.files("archive")).containsExactly("a.wav");
  }

  @Test
  void documentsThatWereTakenAwayAreNotPublishedAgainAfterACrash() throws IOException {
    spool = vanishingAt(FaultPoint.Step.HISTORY_WRITTEN);
    spool.drop("a.wav", 64);
    assertThatThrownBy(this::runNext).hasMessage("vanished");
    Files.delete(home.resolve("outbox/a.wav.json"));
    Files.delete(home.resolve("outbox/a.wav.txt"));

    spool = fresh();
    TaskOutcome outcome = spool.runner.run(spool.recovery.recover().get(0));

    assertThat(outcome).isInstanceOf(TaskOutcome.Published.class);
    assertThat(((TaskOutcome.Published) outcome).entry().documents())
        .containsExactly("a.wav.txt", "a.wav.json");
    assertThat(spool.files("outbox")).isEmpty();
    assertThat(spool.files("archive")).containsExactly("a.wav");
    assertThat(spool.places.history().recent(10_000)).hasSize(1);
  }
}
