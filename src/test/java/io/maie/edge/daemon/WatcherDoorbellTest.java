package io.maie.edge.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.maie.edge.testing.ManualTicker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.apache.commons.io.FileUtils;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class WatcherDoorbellTest {
  /** A new file is made and written; no system reports it more often than this. */
  private static final int MOST_RINGS_OF_A_FILE = 4;

  @TempDir private Path home;
  private final ManualTicker time = new ManualTicker();
  private final AtomicInteger rings = new AtomicInteger();
  private Path inbox;
  private WatcherDoorbell doorbell;

  @BeforeEach
  void setUp() throws IOException {
    inbox = Files.createDirectory(home.resolve("inbox"));
    doorbell = new WatcherDoorbell(inbox, time, Executors.defaultThreadFactory());
  }

  @AfterEach
  void close() {
    doorbell.close();
  }

  @Test
  void aNewFileRings_alsoInASubFolder() throws IOException {
    Files.createDirectory(inbox.resolve("sub"));
    doorbell.ensureWatching(rings::incrementAndGet);

    ringsWhenAFileAppearsIn(inbox.resolve("sub"));
  }

  /** Hashes would tell that nothing is new, by reading whole recordings at every event. */
  @Test
  void contentIsNotRead_soAFileThatIsOnlyTouchedRings() throws IOException {
    Path recording = Files.writeString(inbox.resolve("a.wav"), "12345");
    doorbell.ensureWatching(rings::incrementAndGet);
    ringsWhenAFileAppearsIn(inbox);
    long mostOfNewFiles = MOST_RINGS_OF_A_FILE * count(inbox);

    await()
        .atMost(20, TimeUnit.SECONDS)
        .pollInterval(Duration.ofMillis(10))
        .until(
            () -> {
              Files.setLastModifiedTime(recording, FileTime.from(Instant.now()));
              return rings.get() > mostOfNewFiles;
            });
  }

  @Test
  void aFolderThatDisappearsRingsAndIsWatchedAgainWhenItIsBack() throws IOException {
    doorbell.ensureWatching(rings::incrementAndGet);
    ringsWhenAFileAppearsIn(inbox);
    int before = rings.get();
    FileUtils.deleteDirectory(inbox.toFile());
    await().atMost(20, TimeUnit.SECONDS).until(() -> rings.get() > before);

    Files.createDirectory(inbox);
    time.advance(Duration.ofSeconds(6));
    doorbell.ensureWatching(rings::incrementAndGet);

    ringsWhenAFileAppearsIn(inbox);
  }

  @Test
  void aFolderThatWasReplacedIsWatchedInsteadOfTheOldOne() throws IOException {
    doorbell.ensureWatching(rings::incrementAndGet);
    ringsWhenAFileAppearsIn(inbox);
    Files.move(inbox, home.resolve("old"));
    Files.createDirectory(inbox);

    time.advance(Duration.ofSeconds(6));
    doorbell.ensureWatching(rings::incrementAndGet);

    ringsWhenAFileAppearsIn(inbox);
  }

  /** The system of Java keeps 512 events, and one that says that others were lost. */
  @Test
  void eventsThatAreLostWhileTheListenerIsBlockedRing() throws Exception {
    int files = 1_500;
    CountDownLatch isBlocked = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    AtomicInteger ringsAfterwards = new AtomicInteger();
    doorbell.ensureWatching(
        () -> {
          isBlocked.countDown();
          awaitUninterruptibly(release);
          rings.incrementAndGet();
          ringsAfterwards.incrementAndGet();
        });
    await()
        .atMost(20, TimeUnit.SECONDS)
        .pollInterval(Duration.ofMillis(50))
        .until(
            () -> {
              Files.createTempFile(inbox, "first", ".wav");
              return isBlocked.getCount() == 0;
            });
    for (int i = 0; i < files; i++) {
      Files.createFile(inbox.resolve("burst-" + i + ".wav"));
    }

    release.countDown();

    await().atMost(20, TimeUnit.SECONDS).until(() -> ringsAfterwards.get() > 1);
    time.advance(Duration.ofMinutes(2));
    doorbell.ensureWatching(rings::incrementAndGet);
    ringsWhenAFileAppearsIn(inbox);
    assertThat(ringsAfterwards).as("events that were not lost").hasValueLessThan(files);
  }

  @Test
  void aFolderThatIsNotThereIsNoReasonToFail() throws IOException {
    Files.delete(inbox);

    doorbell.ensureWatching(rings::incrementAndGet);

    assertThat(doorbell.isWatching()).isFalse();
  }

  private static void awaitUninterruptibly(CountDownLatch latch) {
    try {
      assertThat(latch.await(60, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static long count(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.count();
    }
  }

  /** The watcher begins in its own time, so files are made until one is noticed. */
  private void ringsWhenAFileAppearsIn(Path folder) {
    AtomicInteger before = new AtomicInteger(Integer.MAX_VALUE);
    await()
        .atMost(20, TimeUnit.SECONDS)
        .pollInterval(Duration.ofMillis(50))
        .until(
            () -> {
              int now = rings.get();
              boolean rang = now > before.getAndSet(now);
              Files.createTempFile(folder, "n", ".wav");
              return rang;
            });
  }
}
