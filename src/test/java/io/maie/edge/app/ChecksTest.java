package io.maie.edge.app;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.maie.edge.config.FolderSettings;
import io.maie.edge.config.Settings;
import io.maie.edge.config.SettingsReader;
import io.maie.edge.durable.StorageFailure;
import io.maie.edge.modelfile.Checksums;
import io.maie.edge.modelfile.ModelCatalog;
import io.maie.edge.modelfile.ModelTask;
import io.maie.edge.modelfile.ModelWish;
import io.maie.edge.retention.DiskRules;
import io.maie.edge.spool.InboxMode;
import io.maie.edge.telemetry.Check;
import io.maie.edge.telemetry.Check.Level;
import io.maie.edge.testing.OrdinaryUser;
import io.maie.edge.testing.ScratchSettings;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ChecksTest {
  private static final Instant BUILT = Instant.parse("2026-01-01T00:00:00Z");

  @TempDir private Path home;

  @Test
  void aPlainAsciiLocaleFails() {
    assertThat(new LocaleCheck("ANSI_X3.4-1968").run().level()).isEqualTo(Level.FAILURE);
    assertThat(new LocaleCheck("UTF-8").run().level()).isEqualTo(Level.OK);
  }

  @Test
  void aWritableFolderIsFineAndStaysEmpty() {
    assertThat(folderCheck(home).run().level()).isEqualTo(Level.OK);
    assertThat(home).isEmptyDirectory();
  }

  @Test
  void aFolderWhoseConsumerTakesEverythingAtOnceIsFine() throws Exception {
    AtomicInteger taken = new AtomicInteger();
    Thread consumer =
        new Thread(
            () -> {
              while (!Thread.currentThread().isInterrupted()) {
                taken.addAndGet(takeAll(home));
              }
            });
    consumer.start();
    try {
      FolderCheck check = folderCheck(home);
      await()
          .atMost(Duration.ofSeconds(60))
          .pollDelay(Duration.ZERO)
          .pollInterval(Duration.ofMillis(1))
          .until(
              () -> {
                assertThat(check.run().message()).contains("can be written");
                return taken.get() >= 20;
              });
    } finally {
      consumer.interrupt();
      consumer.join(10_000);
    }
  }

  private static int takeAll(Path folder) {
    int taken = 0;
    for (File file : requireNonNull(folder.toFile().listFiles())) {
      taken += file.delete() ? 1 : 0;
    }
    return taken;
  }

  @Test
  void aMissingFolderFailsAndIsNotMade() {
    Path missing = home.resolve("unmounted");

    assertThat(folderCheck(missing).run().level()).isEqualTo(Level.FAILURE);
    assertThat(missing).doesNotExist();
  }

  @Test
  void beforeTheFirstStartAMissingFolderIsSomethingToCome() {
    Path missing = home.resolve("new home/inbox");
    FolderCheck check = folderCheck(missing);

    assertThat(new FirstStartCheck(check, missing).run().level()).isEqualTo(Level.OK);
    assertThat(missing).doesNotExist();
    assertThat(new FirstStartCheck(folderCheck(home), home).run().message())
        .contains("can be written");
  }

  @Test
  void beforeTheFirstStartAFolderOutsideOfTheHomeMustBeThere() {
    Path inside = home.resolve("home");
    Path disk = home.resolve("disk");
    FolderSettings folders =
        new FolderSettings(
            inside,
            inside.resolve("inbox"),
            disk.resolve("outbox"),
            inside.resolve("failed"),
            inside.resolve("archive"),
            inside.resolve("work"),
            disk.resolve("state"),
            inside.resolve("models"),
            Set.of());

    assertThat(FolderCheck.beforeTheFirstStart(folders, InboxMode.AUTO))
        .filteredOn(check -> check.run().level() == Level.FAILURE)
        .extracting(Check::name)
        .containsExactly("outbox");
  }

  @Test
  void aFolderThatCannotBeMadeIsAFailureBeforeTheFirstStartToo() throws IOException {
    Path missing = Files.createFile(home.resolve("file")).resolve("inbox");

    assertThat(new FirstStartCheck(folderCheck(missing), missing).run().level())
        .isEqualTo(Level.FAILURE);
  }

  @Test
  void theSpaceOfAMissingFolderCannotBeTold() {
    DiskCheck check = new DiskCheck(DiskRules.DEFAULTS, home.resolve("unmounted"));

    assertThat(check.run().level()).isEqualTo(Level.WARNING);
    assertThat(new DiskCheck(DiskRules.DEFAULTS, home).run().message()).contains("MB free");
  }

  @Test
  void aFolderOfAnotherKindOfFileSystemIsRemarked() {
    // every Linux has a file system of its own there
    assertThat(new OneFileSystemCheck(home, Path.of("/proc")).run().level())
        .isEqualTo(Level.WARNING);
    assertThat(new OneFileSystemCheck(home, home).run().level()).isEqualTo(Level.OK);
  }

  @Test
  void withoutAModelTheCheckNamesTheCode() {
    ModelCheck check = modelCheck();

    assertThat(check.run().level()).isEqualTo(Level.FAILURE);
    assertThat(check.run().message()).startsWith("MODEL_MISSING");
  }

  /** Also where another model is installed: no recording has asked for this one. */
  @Test
  void aMissingDetectorIsNoMistakeOfARecording() throws IOException {
    Files.createDirectories(home.resolve("speech"));
    Settings settings =
        SettingsReader.read(ScratchSettings.of(home, Map.of())).settings().orElseThrow();

    assertThat(EngineFactory.wishes(settings))
        .extracting(
            wish -> new ModelCheck(new ModelCatalog(home, new Checksums()), wish).run().message())
        .allMatch(message -> message.startsWith("MODEL_MISSING"));
  }

  @Test
  void aFullDiskIsNotAnsweredWithAPermission() {
    assertThat(FolderCheck.hint(StorageFailure.DISK_FULL)).contains("Free disk space");
    assertThat(FolderCheck.hint(StorageFailure.PERMISSION)).contains("write there");
  }

  @Test
  void anInstalledModelIsNamed() throws IOException {
    Files.createDirectories(home.resolve("silero"));
    Files.writeString(home.resolve("silero/silero_vad.onnx"), "a graph");

    assertThat(modelCheck().run().message()).isEqualTo("'silero', the only one");
  }

  @Test
  void aClockFromBeforeTheBuildIsRemarked() {
    InstantSource epoch = InstantSource.fixed(Instant.EPOCH);

    assertThat(new ClockCheck(epoch, BUILT).run().level()).isEqualTo(Level.WARNING);
    assertThat(new ClockCheck(InstantSource.fixed(BUILT), BUILT).run().level()).isEqualTo(Level.OK);
  }

  @Test
  void aLocalFolderReportsItsChangesAndStaysEmpty() {
    assertThat(new WatchCheck(home, InboxMode.AUTO).run().level()).isEqualTo(Level.OK);
    assertThat(home).isEmptyDirectory();
  }

  @Test
  void anInboxThatIsOnlyReadIsLeftAsItIs() throws Exception {
    Files.setPosixFilePermissions(home, PosixFilePermissions.fromString("r-xr-xr-x"));
    try {
      Check.Finding finding = OrdinaryUser.call(() -> new WatchCheck(home, InboxMode.LEDGER).run());

      assertThat(finding.level()).isEqualTo(Level.OK);
    } finally {
      Files.setPosixFilePermissions(home, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
  }

  @Test
  void aFolderThatCannotBeWatchedIsRemarked() {
    assertThat(new WatchCheck(home.resolve("none"), InboxMode.AUTO).run().level())
        .isEqualTo(Level.WARNING);
  }

  private ModelCheck modelCheck() {
    return new ModelCheck(
        new ModelCatalog(home, new Checksums()),
        ModelWish.ofInstallation(ModelTask.VAD, null, null));
  }

  private static FolderCheck folderCheck(Path folder) {
    return new FolderCheck("inbox", folder, Optional::empty, InboxMode.AUTO);
  }
}
