package io.maie.edge.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.maie.edge.cli.InstallationChoice;
import io.maie.edge.cli.RecordingListener;
import io.maie.edge.cli.RecordingOutcome;
import io.maie.edge.cli.RecordingOutcome.Published;
import io.maie.edge.testing.SharedMaterial;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Folders from public reports of faults: each recording is heard, each other file is explained. */
final class ReportedFoldersTest {
  private static final Path INSTALLATION = Path.of("").toAbsolutePath();
  private static final String MEETING = "2026-05-01 10.00.00 Weekly/";

  @TempDir private Path folder;

  @Test
  void companionsStayBesideARecordingWithoutAFailure() throws Exception {
    String status = drained("20-companions", "call.ogg", "audio1234.ogg");

    assertThat(files("inbox"))
        .contains(
            MEETING + "chat.txt",
            MEETING + "closed_caption.vtt",
            MEETING + "playback.m3u",
            MEETING + "recording.conf",
            "call.json",
            "call.ogg:Zone.Identifier");
    assertThat(files("failed")).isEmpty();
    assertThat(status)
        .contains("0 failed", "LEFT ALONE IN THE INBOX (6)", MEETING + "playback.m3u");
  }

  @Test
  void aLessonAboutConflictsIsNoConflictCopyAndConflictCopiesAreListed() throws Exception {
    String status = drained("22-conflict-in-the-name", "team_conflict-mediation.ogg", "talk.ogg");

    assertThat(status)
        .contains("LEFT ALONE IN THE INBOX (2)")
        .contains("talk_conflict-20260501-101010.ogg: a conflict copy")
        .contains("talk (conflicted copy 2026-05-01 101010).ogg: a conflict copy");
  }

  /** Processes the folders of a case; returns the status page that is left in the outbox. */
  private String drained(String reported, String... recordings) throws Exception {
    copy(SharedMaterial.require("cases", reported, "home"));
    InstalledProgram program = new InstalledProgram(INSTALLATION, folder, Map.of());
    List<RecordingOutcome> outcomes =
        program.drain(new InstallationChoice(folder, null, null), RecordingListener.disabled());

    assertThat(outcomes)
        .allSatisfy(outcome -> assertThat(outcome).isInstanceOf(Published.class))
        .extracting(outcome -> ((Published) outcome).document().getFileName().toString())
        .containsExactlyInAnyOrder(
            Stream.of(recordings).map(name -> name + ".json").toArray(String[]::new));
    return Files.readString(folder.resolve("outbox/STATUS.txt"));
  }

  private List<String> files(String name) throws IOException {
    Path root = folder.resolve(name);
    if (!Files.exists(root)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(root)) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> root.relativize(file).toString())
          .toList();
    }
  }

  private void copy(Path home) throws IOException {
    try (Stream<Path> files = Files.walk(home)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path target = folder.resolve(home.relativize(file).toString());
        Files.createDirectories(target.getParent());
        Files.copy(file, target);
      }
    }
  }
}
