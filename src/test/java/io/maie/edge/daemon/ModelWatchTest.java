package io.maie.edge.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import io.maie.edge.spool.ArrivalChecks;
import io.maie.edge.spool.Inbox;
import io.maie.edge.spool.InboxOptions;
import io.maie.edge.spool.RecordingFolder;
import io.maie.edge.task.FailedRecordings;
import io.maie.edge.testing.ManualTicker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ModelWatchTest {
  @TempDir private Path home;
  private String installed = "small:1";
  private ModelWatch watch;

  @BeforeEach
  void failWithoutAModelOfItsLanguage() throws IOException {
    Path inbox = Files.createDirectories(home.resolve("inbox"));
    FailedRecordings failed =
        new FailedRecordings(
            new RecordingFolder(home.resolve("failed")),
            new Inbox(InboxOptions.of(inbox), ArrivalChecks.disabled(), new ManualTicker()));
    watch = new ModelWatch(failed, () -> installed);
    Path recording = Files.createDirectories(home.resolve("failed")).resolve("a.wav");
    Files.writeString(recording, "12345");
    Files.writeString(
        Path.of(recording + ".error.json"),
        """
        {"error": {"code": "LANGUAGE_UNSUPPORTED", "details": {"installed_models": "small:1"}}}
        """);
  }

  @Test
  void aModelThatIsAddedBringsTheRecordingBackOnce() throws IOException {
    assertThat(watch.tick()).isFalse();

    installed = "large:2 small:1";

    assertThat(watch.tick()).isTrue();
    assertThat(home.resolve("inbox/a.wav")).exists();
    assertThat(watch.tick()).isFalse();
  }

  @Test
  void aModelThatCameWhileTheDaemonWasDownCountsToo() throws IOException {
    installed = "large:2 small:1";

    assertThat(watch.tick()).isTrue();
  }
}
