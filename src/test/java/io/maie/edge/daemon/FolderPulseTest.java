package io.maie.edge.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.maie.edge.testing.ManualTicker;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FolderPulseTest {
  private static final Path INBOX = Path.of("inbox");
  private static final Path OUTBOX = Path.of("outbox");

  @TempDir private Path home;

  private final ManualTicker time = new ManualTicker();
  private final AtomicInteger questions = new AtomicInteger();

  @Test
  void aFolderThatHangsIsNamedUntilItAnswers() {
    CountDownLatch server = new CountDownLatch(1);
    FolderPulse pulse =
        pulse(
            folder -> {
              if (folder.equals(OUTBOX)) {
                awaitQuietly(server);
              }
            });

    assertThat(pulse.problems())
        .containsExactly(
            "FOLDER_UNAVAILABLE: the folder 'outbox' does not answer. Check the disk or the network"
                + " share");

    server.countDown();
    await()
        .atMost(Duration.ofMinutes(1))
        .until(
            () -> {
              time.advance(Duration.ofSeconds(2));
              return pulse.problems().isEmpty();
            });
  }

  @Test
  void aBrokenConnectionCountsAsNoAnswer() {
    FolderPulse pulse =
        pulse(
            folder -> {
              throw new FileSystemException(
                  folder.toString(), null, "Transport endpoint is not connected");
            });

    assertThat(pulse.problems()).singleElement().asString().contains("'inbox' does not answer");
  }

  @Test
  void aFolderThatIsGoneIsAMatterOfTheChecks() {
    FolderPulse pulse =
        pulse(
            folder -> {
              throw new NoSuchFileException(folder.toString());
            });

    assertThat(pulse.problems()).isEmpty();
  }

  @Test
  void foldersAreAskedEveryTwoSeconds() {
    FolderPulse pulse = pulse(folder -> questions.incrementAndGet());

    assertThat(pulse.problems()).isEmpty();
    assertThat(pulse.problems()).isEmpty();
    assertThat(questions).hasValue(2);

    time.advance(Duration.ofSeconds(2));
    assertThat(pulse.problems()).isEmpty();
    assertThat(questions).hasValue(4);
  }

  @Test
  void foldersOfThisMachineAnswer() {
    assertThat(new FolderPulse(Map.of("home", home), time).problems()).isEmpty();
  }

  private FolderPulse pulse(FolderPulse.Question question) {
    Map<String, Path> folders = new LinkedHashMap<>();
    folders.put("inbox", INBOX);
    folders.put("outbox", OUTBOX);
    return new FolderPulse(folders, question, time);
  }

  private static void awaitQuietly(CountDownLatch latch) throws IOException {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }
}
