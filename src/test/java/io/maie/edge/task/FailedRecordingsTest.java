package io.maie.edge.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.maie.edge.spool.ArrivalChecks;
import io.maie.edge.spool.Inbox;
import io.maie.edge.spool.InboxOptions;
import io.maie.edge.spool.RecordingFolder;
import io.maie.edge.testing.ManualTicker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FailedRecordingsTest {
  @TempDir private Path home;
  private FailedRecordings failed;

  @BeforeEach
  void setUp() throws IOException {
    Files.createDirectories(home.resolve("inbox"));
    Inbox inbox =
        new Inbox(
            InboxOptions.of(home.resolve("inbox")), ArrivalChecks.disabled(), new ManualTicker());
    failed = new FailedRecordings(new RecordingFolder(home.resolve("failed")), inbox);
    quarantine("sub/a b.wav", "task-1");
    quarantine("c.wav", "task-2");
  }

  @Test
  void aLinkOnTheWayToARecordingIsNotFollowed() throws IOException {
    Path outside = Files.createDirectory(home.resolve("outside"));
    Path secret = Files.writeString(outside.resolve("x.wav"), "secret");
    Files.createSymbolicLink(home.resolve("failed/linked"), outside);

    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> failed.retry(Path.of("linked", "x.wav")));

    assertThat(secret).hasContent("secret");
  }

  @Test
  void onlyRecordingsAreListed() throws IOException {
    Files.createFile(home.resolve("failed/.gitkeep"));

    assertThat(failed.list()).containsExactly(Path.of("c.wav"), Path.of("sub/a b.wav"));
  }

  @Test
  void aFolderThatCannotBeReadHidesNoOtherRecording() throws IOException {
    Path outer = chain(home.resolve("failed"));
    Path inner = Files.createDirectories(home.resolve("elsewhere"));
    chain(inner);
    // paths below this are longer than Linux takes, even from the superuser
    Path moved = Files.move(inner, outer.resolve("inner"));
    try {
      assertThat(failed.list()).containsExactly(Path.of("c.wav"), Path.of("sub/a b.wav"));
    } finally {
      Files.move(moved, inner);
    }
  }

  @Test
  void aQuarantineOnAnotherDiskMayBeALinkToIt() throws IOException {
    Path disk = Files.move(home.resolve("failed"), home.resolve("disk"));
    Files.createSymbolicLink(home.resolve("failed"), disk);

    assertThat(failed.list()).containsExactly(Path.of("c.wav"), Path.of("sub/a b.wav"));
  }

  private static Path chain(Path root) throws IOException {
    Path folder = root;
    for (int i = 0; i < 12; i++) {
      folder = folder.resolve("f".repeat(200));
    }
    return Files.createDirectories(folder);
  }

  @Test
  void aRetryTakesTheSidecarAlongAndTheExplanationsAway() throws IOException {
    failed.retry(Path.of("sub/a b.wav"));

    assertThat(home.resolve("inbox/sub/a b.wav")).exists();
    assertThat(home.resolve("inbox/sub/a b.wav.job.json")).exists();
    assertThat(home.resolve("failed/sub")).isEmptyDirectory();
  }

  @Test
  void companionsAreNoFailedRecordingsAndReturnWithTheirs() throws IOException {
    for (String name : List.of("c.srt", "c.wav.md5", "other.txt", "other.wav")) {
      Files.writeString(home.resolve("failed").resolve(name), "text");
    }
    // fails by itself where its folder asks for that
    Files.writeString(home.resolve("failed/notes.txt"), "text");
    Files.writeString(home.resolve("failed/notes.txt.error.json"), "{}");

    assertThat(failed.list())
        .containsExactly(
            Path.of("c.wav"), Path.of("notes.txt"), Path.of("other.wav"), Path.of("sub/a b.wav"));
    failed.retry(Path.of("c.wav"));

    assertThat(home.resolve("inbox/c.srt")).exists();
    assertThat(home.resolve("inbox/c.wav.md5")).exists();
    assertThat(home.resolve("failed/other.txt")).exists();
  }

  @Test
  void aRetryOverwritesNothingInTheInbox() throws IOException {
    Files.writeString(home.resolve("inbox/c.wav"), "newer");

    failed.retry(Path.of("c.wav"));

    assertThat(home.resolve("inbox/c.wav")).hasContent("newer");
    assertThat(home.resolve("inbox/c~2.wav")).exists();
  }

  @Test
  void aRetryGivesItsSidecarToNoOtherRecording() throws IOException {
    Files.writeString(home.resolve("inbox/c.wav"), "newer");

    failed.retry(Path.of("c.wav"));

    assertThat(home.resolve("inbox/c.wav.job.json")).doesNotExist();
    assertThat(home.resolve("inbox/c~2.wav.job.json")).hasContent("{}");
    assertThat(home.resolve("failed/c.wav.job.json")).doesNotExist();
  }

  /** The obvious gesture: everything in the folder is marked and dragged back. */
  @Test
  void explanationsThatWereDraggedBackGoWithTheirRecording() throws IOException {
    for (String suffix : List.of("", ".error.json", ".error.txt")) {
      Files.move(home.resolve("failed/c.wav" + suffix), home.resolve("inbox/c.wav" + suffix));
    }
    Files.delete(home.resolve("inbox/c.wav"));
    Files.writeString(
        home.resolve("inbox/c.wav.error.json"), "{\"error\": {\"code\": \"EMPTY_FILE\"}}");

    failed.forget(Path.of("c.wav"));

    assertThat(home.resolve("inbox")).isEmptyDirectory();
  }

  @Test
  void aFileInTheInboxThatIsNoExplanationOfOursStays() throws IOException {
    Files.writeString(home.resolve("inbox/c.wav.error.json"), "{\"error\": {\"code\": 404}}");

    failed.forget(Path.of("c.wav"));

    assertThat(home.resolve("inbox/c.wav.error.json")).exists();
  }

  @Test
  void aSidecarThatWasCorrectedForTheRetryIsUsed() throws IOException {
    Files.writeString(home.resolve("inbox/c.wav.job.json"), "{\"priority\": 1}");

    failed.retry(Path.of("c.wav"));

    assertThat(home.resolve("inbox/c.wav")).exists();
    assertThat(home.resolve("inbox/c.wav.job.json")).hasContent("{\"priority\": 1}");
    assertThat(home.resolve("failed/c.wav.job.json")).doesNotExist();
  }

  @Test
  void aNameThatLeavesNoRoomForThatOfASidecarIsRetriedToo() throws IOException {
    String name = "n".repeat(248) + ".wav";
    Files.writeString(home.resolve("failed").resolve(name), "12345");

    failed.retry(Path.of(name));

    assertThat(home.resolve("inbox").resolve(name)).exists();
  }

  @Test
  void aRetryFollowsNoLinkOutOfTheInbox() throws IOException {
    Path outside = Files.createDirectory(home.resolve("outside"));
    Files.createSymbolicLink(home.resolve("inbox/sub"), outside);

    failed.retry(Path.of("sub/a b.wav"));

    assertThat(outside).isEmptyDirectory();
    assertThat(home.resolve("inbox/sub~2/a b.wav")).exists();
    assertThat(home.resolve("inbox/sub~2/a b.wav.job.json")).exists();
  }

  @Test
  void recordingsAreFoundByPathNameOrTask() throws IOException {
    Path inFolder = Path.of("sub/a b.wav");

    assertThat(failed.find("sub/a b.wav")).containsExactly(inFolder);
    assertThat(failed.find("a b.wav")).containsExactly(inFolder);
    assertThat(failed.find("task-1")).containsExactly(inFolder);
    assertThat(failed.find("task-9")).isEmpty();
  }

  @Test
  void missingAndForeignFilesAreRefused() throws IOException {
    Files.writeString(home.resolve("secret"), "x");

    assertThatExceptionOfType(NoSuchFileException.class)
        .isThrownBy(() -> failed.retry(Path.of("z.wav")));
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> failed.retry(Path.of("../secret")));
    assertThat(home.resolve("secret")).exists();
  }

  @Test
  void explanationsAreForgottenOnceTheirRecordingIsGone() throws IOException {
    failed.forget(Path.of("c.wav"));
    assertThat(home.resolve("failed/c.wav.error.txt")).exists();

    Files.delete(home.resolve("failed/c.wav"));
    failed.forget(Path.of("c.wav"));
    assertThat(home.resolve("failed/c.wav.error.txt")).doesNotExist();
    assertThat(home.resolve("failed/c.wav.error.json")).doesNotExist();
  }

  @Test
  void aRecordingThatNoModelServedIsTriedAgainOnlyWithOtherModels() throws IOException {
    Path explanation = home.resolve("failed/c.wav.error.json");
    Files.writeString(
        explanation,
        """
        {"task_id": "task-2",
         "error": {"code": "LANGUAGE_UNSUPPORTED", "details": {"installed_models": "small:1"}}}
        """);

    assertThat(failed.retryWithOtherModels("small:1")).isEmpty();
    assertThat(failed.retryWithOtherModels("large:2 small:1"))
        .containsExactly(home.resolve("inbox/c.wav"));

    assertThat(home.resolve("inbox/c.wav")).exists();
    assertThat(explanation).doesNotExist();
    assertThat(home.resolve("failed/sub/a b.wav")).exists();
  }

  @Test
  void otherFailuresAndTornExplanationsAreLeftAloneWhenModelsChange() throws IOException {
    Files.writeString(
        home.resolve("failed/sub/a b.wav.error.json"), "{\"error\": {\"code\": \"EMPTY_FILE\"}}");
    Files.writeString(home.resolve("failed/c.wav.error.json"), "{\"error\": {\"code\": \"LANG");

    assertThat(failed.retryWithOtherModels("large:2")).isEmpty();
    assertThat(failed.list()).hasSize(2);
  }

  private void quarantine(String name, String taskId) throws IOException {
    Path recording = home.resolve("failed").resolve(name);
    Files.createDirectories(recording.resolveSibling(""));
    Files.writeString(recording, "12345");
    Files.writeString(Path.of(recording + ".error.json"), "{\"task_id\": \"" + taskId + "\"}");
    Files.writeString(Path.of(recording + ".error.txt"), "sorry");
    Files.writeString(Path.of(recording + ".job.json"), "{}");
  }
}
