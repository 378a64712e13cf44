package io.maie.edge.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import io.maie.edge.retention.Cleanup;
import io.maie.edge.retention.DiskMonitor;
import io.maie.edge.retention.DiskRules;
import io.maie.edge.telemetry.Check;
import io.maie.edge.telemetry.StatusFiles;
import io.maie.edge.testing.ManualTicker;
import io.maie.edge.testing.ScratchCleanup;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class UpkeepTest {
  private static final long TOTAL_BYTES = 1_000_000;

  @TempDir private Path home;
  private final ManualTicker time = new ManualTicker();
  private final ClaimGate gate = new ClaimGate();
  private long freeBytes = 900_000;
  private long freeBesideArchive = 900_000;
  private Check.Finding finding = Check.Finding.ok("fine");
  private FolderPulse.Question server = folder -> {};
  private Upkeep upkeep;

  @BeforeEach
  void setUp() throws IOException {
    for (String name : List.of("archive", "failed", "work", "outbox", "state")) {
      Files.createDirectory(home.resolve(name));
    }
    upkeep = upkeep(Duration.ofHours(2));
  }

  @Test
  void shortDiskSpaceClosesTheGateAndFreesProcessedRecordingsOnly() throws IOException {
    Path archived = Files.write(home.resolve("archive/a.wav"), new byte[5_000]);
    Path failed = Files.write(home.resolve("failed/b.wav"), new byte[5_000]);
    Path result = Files.write(home.resolve("outbox/a.wav.json"), new byte[5_000]);
    freeBytes = 99_000;
    freeBesideArchive = 99_000;

    upkeep.tick();

    assertThat(gate.isClosedBy(ClaimGate.Blocker.DISK)).isTrue();
    assertThat(archived).doesNotExist();
    assertThat(failed).exists();
    assertThat(result).exists();
  }

  @Test
  void aShortDiskWithoutTheArchiveCostsNoArchivedRecording() throws IOException {
    Path archived = Files.write(home.resolve("archive/a.wav"), new byte[5_000]);
    freeBytes = 99_000;

    upkeep.tick();

    assertThat(gate.isClosedBy(ClaimGate.Blocker.DISK)).isTrue();
    assertThat(archived).exists();
  }

  @Test
  void aShortDiskOfTheArchiveAloneIsFreed() throws IOException {
    Path archived = Files.write(home.resolve("archive/a.wav"), new byte[5_000]);
    freeBesideArchive = 99_000;

    upkeep.tick();

    assertThat(gate.isClosedBy(ClaimGate.Blocker.DISK)).isTrue();
    assertThat(archived).doesNotExist();
  }

  @Test
  void nothingIsCleanedUpWhileAFolderDoesNotAnswer() throws IOException {
    Path archived = Files.write(home.resolve("archive/a.wav"), new byte[5_000]);
    freeBytes = 99_000;
    freeBesideArchive = 99_000;
    server =
        folder -> {
          throw new FileSystemException(
              folder.toString(), null, "Transport endpoint is not connected");
        };

    upkeep.tick();
    assertThat(archived).exists();

    server = folder -> {};
    time.advance(Duration.ofSeconds(30));
    upkeep.tick();
    assertThat(archived).doesNotExist();
  }

  @Test
  void aDiskThatFillsIsCleanedUpAtOnceAndOnce() throws IOException {
    upkeep = upkeep(Duration.ofDays(8));
    upkeep.tick();
    freeBytes = 101_000;
    Path old = Files.write(home.resolve("archive/a.wav"), new byte[5_000]);

    time.advance(Duration.ofSeconds(30));
    upkeep.tick();

    assertThat(gate.isOpen()).isTrue();
    assertThat(old).doesNotExist();

    Files.write(old, new byte[5_000]);
    time.advance(Duration.ofSeconds(30));
    upkeep.tick();

    assertThat(old).as("until the next cleanup is due").exists();
  }

  @Test
  void theGateOpensWhenThereIsSpaceAgain() throws IOException {
    freeBytes = 99_000;
    upkeep.tick();
    freeBytes = 500_000;

    time.advance(Duration.ofSeconds(30));
    upkeep.tick();

    assertThat(gate.isOpen()).isTrue();
  }

  @Test
  void aFailingCheckClosesTheGateWithItsHint() throws IOException {
    finding = Check.Finding.failure("ffmpeg is missing", "Install ffmpeg");

    upkeep.tick();

    assertThat(gate.reasons()).containsExactly("scripted: ffmpeg is missing. Install ffmpeg");
    assertThat(upkeep.checksAreFine()).isFalse();
  }

  @Test
  void checksThatAStopBreaksOffSayNothing() throws IOException {
    finding = Check.Finding.failure("the network file system does not answer", "Check it");
    Thread.currentThread().interrupt();

    upkeep.tick();

    assertThat(Thread.interrupted()).isTrue();
    assertThat(gate.reasons()).isEmpty();
    assertThat(upkeep.findings()).isEmpty();
  }

  @Test
  void aWarningIsTellingEnoughToBeShownButClosesNothing() throws IOException {
    finding = Check.Finding.warning("the clock is not set by the network", "Set it");

    upkeep.tick();

    assertThat(gate.isOpen()).isTrue();
    assertThat(upkeep.findings())
        .singleElement()
        .extracting("level")
        .isEqualTo(Check.Level.WARNING);
  }

  @Test
  void deletionsOfTheNextDayAreAnnounced() throws IOException {
    upkeep = upkeep(Duration.ofDays(7).minusHours(2));
    Files.write(home.resolve("archive/soon.wav"), new byte[5_000]);

    upkeep.tick();

    assertThat(home.resolve("archive/soon.wav")).exists();
    assertThat(upkeep.nextDeletions().count()).isEqualTo(1);
    assertThat(upkeep.nextDeletions().first()).isEqualTo("soon.wav (archive)");
  }

  private Upkeep upkeep(Duration ahead) {
    Cleanup cleanup =
        ScratchCleanup.of(home, (area, path) -> false, () -> Instant.now().plus(ahead));
    DiskMonitor disks =
        new DiskMonitor(
            Map.of("state", home.resolve("state"), "archive", home.resolve("archive")),
            new DiskRules(100_000, 0.01, 0.8),
            folder ->
                new DiskMonitor.Space(
                    folder.endsWith("archive") ? freeBesideArchive : freeBytes, TOTAL_BYTES));
    StatusFiles status =
        new StatusFiles(
            home,
            new StatusFiles.SharedFolder(home, () -> {}),
            Duration.ofSeconds(5),
            time,
            Instant::now);
    UpkeepParts parts =
        new UpkeepParts(
            cleanup,
            disks,
            new FolderPulse(
                Map.of("archive", home.resolve("archive")), folder -> server.ask(folder), time),
            List.of(check()),
            status,
            List::of,
            () -> "");
    DaemonOptions options =
        new DaemonOptions(
            "test",
            ScanOptions.DEFAULTS,
            Duration.ofSeconds(30),
            Duration.ofMinutes(10),
            null,
            Duration.ofMinutes(1),
            Duration.ofHours(3),
            null,
            null);
    return new Upkeep(parts, options, gate, time);
  }

  private Check check() {
    return new Check() {
      @Override
      public String name() {
        return "scripted";
      }

      @Override
      public Finding run() {
        return finding;
      }
    };
  }
}
