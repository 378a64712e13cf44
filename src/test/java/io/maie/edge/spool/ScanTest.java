package io.maie.edge.spool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.maie.edge.durable.Durability;
import io.maie.edge.failure.FailureCode;
import io.maie.edge.spool.Ranking.Rank;
import io.maie.edge.spool.WholenessCheck.Verdict;
import io.maie.edge.spool.WholenessCheck.Wholeness;
import io.maie.edge.testing.ManualTicker;
import io.maie.edge.testing.OtherFileSystem;
import io.maie.edge.testing.ScratchVolume;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ScanTest {
  private final ManualTicker ticker = new ManualTicker();

  @TempDir Path home;
  private Path folder;
  private Wholeness wholeness = Wholeness.CANNOT_TELL;
  private FileLease lease = FileLease.disabled();
  private Ranking ranking = Ranking.byArrival();

  @BeforeEach
  void prepare() throws IOException {
    folder = Files.createDirectory(home.resolve("in böx"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        ".DS_Store",
        "._a.wav",
        ".nfs0000",
        "Thumbs.db",
        "desktop.ini",
        "~$a.wav",
        "#a.wav#",
        "a.wav~",
        "a.sync-conflict-20260102-030405-ABCDEFG.wav",
        ".a.wav.Xy12Zq",
        "Icon\r",
        "a.wav@SynoEAStream",
        "a.wav@SynoResource"
      })
  void namesOfSystemsAreIgnored(String name) throws IOException {
    Files.writeString(folder.resolve(name), "x");

    assertThat(state(name)).isEqualTo(EntryState.IGNORED);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a.wav.part",
        "a.wav.filepart",
        "a.wav.crdownload",
        "A.WAV.TMP",
        "a.partial",
        "~syncthing~a.wav.tmp",
        ".syncthing.a.wav.tmp",
        "a.wav.ocTransferId123.part",
        "a.!qB",
        "a.wav.!sync",
        "a.wav.bts",
        "a.mp3.dtapart",
        "a.mp3.fdmdownload",
        "a.mp3.xltd",
        "a.mp3.jc!",
        "a.m4a.sb-1a2b3c4d-XyZ1ab"
      })
  void temporaryNamesAreShownAndNeverProcessed(String name) throws IOException {
    Files.writeString(folder.resolve(name), "x");
    InboxView first = scan();
    ticker.advance(Duration.ofDays(3));

    assertThat(first.ready()).isEmpty();
    assertThat(state(name)).isEqualTo(EntryState.PARTIAL);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "talk_conflict-20260501-101010.ogg",
        "talk (conflicted copy 2026-05-01 101010).ogg",
        "talk (Anna's conflicted copy 2026-05-01).ogg",
        "talk (case clash from Anna on 2026-05-01).ogg",
        "talk (Case Conflict 1).ogg",
        "talk (Unicode Encoding Conflict).ogg",
        "talk.sync-conflict-20260501-101010-ABCDEF7.ogg",
        "talk (SFConflict anna@example.org 2026-05-01-10-10-10).ogg",
        "talk_DESKTOP-7_May-01-101010-2026_Conflict.ogg",
        "talk.ogg.conflicted",
        "talk(Conflict_anna (Web browser)_2026-05-01-10-10-10).ogg"
      })
  void conflictCopiesOfSynchronisersAreIgnoredWithTheirReason(String name) throws IOException {
    Files.writeString(folder.resolve(name), "x");

    assertThat(scan().entries()).extracting(InboxEntry::state).containsOnly(EntryState.IGNORED);
    assertThat(scan().entries())
        .extracting(InboxEntry::reason)
        .anyMatch(reason -> reason.contains("rename"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "team_conflict-mediation.ogg",
        "on a conflicted copy (2026-05-01).ogg",
        "interview (conflict of interest).mp3",
        "Conflict.wav",
        "The Conflict 2026-05-01.m4a",
        "class conflict (part 1).mp3",
        "border_conflict.ogg",
        "talk (case conflict in court).mp3",
        "sync-conflict resolution.mp3",
        "conflicted.ogg",
        "a mind.conflicted by doubt.ogg",
        "song(Conflict_of_2026).ogg"
      })
  void aConflictInATitleIsNoConflictCopy(String name) throws IOException {
    Files.writeString(folder.resolve(name), "x");

    assertThat(state(name)).isEqualTo(EntryState.SETTLING);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "chat.txt",
        "a.vtt",
        "playback.m3u",
        "recording.conf",
        "call.json",
        "a.JPG",
        "call.ogg:Zone.Identifier",
        "call.ogg\uF022Zone.Identifier",
        "call.ogg_Zone.Identifier",
        "call.ogg:AFP_AfpInfo",
        "MD5SUMS",
        "talk.aup3",
        "talk.aup3-wal",
        "talk.aup3-shm",
        "talk.TextGrid",
        "talk.rttm",
        "talk.reapeaks"
      })
  void companionsOfRecordingsStayWhereTheyAre(String name) throws IOException {
    Files.writeString(folder.resolve(name), "10:01 Anna: hello");
    InboxView first = scan();
    ticker.advance(Duration.ofDays(3));

    assertThat(first.ready()).isEmpty();
    assertThat(state(name)).isEqualTo(EntryState.IGNORED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a.wav.error.json", "a.wav.error.txt"})
  void explanationsOfFailuresAreNotRecordings(String name) throws IOException {
    Files.writeString(folder.resolve(name), "{}");
    scan();

    assertThat(state(name)).isEqualTo(EntryState.IGNORED);
  }

  @Test
  void theMarkOfTheProgramItselfIsNotListed() throws IOException {
    Files.writeString(folder.resolve(FolderIdentity.INBOX_MARKER), "x");
    Files.createFile(folder.resolve(".gitkeep"));

    assertThat(scan().entries()).isEmpty();
  }

  @Test
  void aFolderThatAsksForItTakesCompanionsForRecordings() throws IOException {
    Path strict = Files.createDirectory(folder.resolve("strict"));
    Files.writeString(strict.resolve("_folder.yaml"), "companions: fail");
    Files.writeString(strict.resolve("chat.txt"), "hello");
    Files.writeString(folder.resolve("chat.txt"), "hello");
    AtomicInteger readings = new AtomicInteger();
    Ranking strictly =
        new Ranking() {
          @Override
          public Rank rank(Arrival arrival) {
            return Rank.of(0);
          }

          @Override
          public CompanionRule companions(Path folderProfile) {
            readings.incrementAndGet();
            return CompanionRule.FAIL;
          }
        };
    Inbox inbox =
        new Inbox(
            options(),
            new ArrivalChecks(WholenessCheck.disabled(), strictly, FileLease.disabled()),
            ticker);

    inbox.scan();
    List<InboxEntry> entries = inbox.scan().entries();

    assertThat(entries)
        .extracting(InboxEntry::name, InboxEntry::state)
        .contains(
            tuple("strict/chat.txt", EntryState.SETTLING), tuple("chat.txt", EntryState.IGNORED));
    assertThat(readings).hasValue(1);
  }

  @Test
  void soundUnderTheNameOfACompanionIsARecording() throws IOException {
    Files.writeString(folder.resolve("voice.txt"), "OggS and more");

    assertThat(state("voice.txt")).isEqualTo(EntryState.SETTLING);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "@eaDir",
        "#recycle",
        "(A Document Being Saved By QuickTime)",
        "lost+found",
        ".~tmp~",
        "_UNPACK_x",
        ".stfolder",
        "@Recycle",
        "@Recently-Snapshot",
        "~snapshot",
        "$RECYCLE.BIN",
        ".zfs",
        ".recycle",
        "@GMT-2026.05.01-10.00.00",
        "#snapshot",
        "@tmp",
        "@sharebin",
        "@SynoDrive",
        "@snapshots",
        ".@__thumb",
        ".snapshot",
        ".ckpt",
        ".Trashes",
        ".Trash-1000",
        ".Recycle.Bin",
        "RECYCLER",
        "System Volume Information",
        "DfsrPrivate",
        "FOUND.000",
        "Network Trash Folder",
        "Backups.backupdb",
        "TheVolumeSettingsFolder",
        "trashbox",
        "Recycle Bin",
        "recycle",
        "Trash",
        "files_trashbin",
        "_gsdata_",
        ".stversions",
        ".sync",
        ".dropbox.cache"
      })
  void foldersOfSystemsAreNotLookedInto(String name) throws IOException {
    Files.writeString(Files.createDirectory(folder.resolve(name)).resolve("a.wav"), "x");

    assertThat(state(name)).isEqualTo(EntryState.IGNORED);
    assertThat(states()).doesNotContainKey(name + "/a.wav");
  }

  @Test
  void theOperatorAddsPatternsAndRemovesNone() throws IOException {
    Files.writeString(folder.resolve("notes.TXT"), "x");
    Files.writeString(folder.resolve(".hidden"), "x");
    InboxView view = inbox(options().withIgnore(List.of("*.txt"))).scan();

    assertThat(view.entries()).extracting(InboxEntry::state).containsOnly(EntryState.IGNORED);
    assertThat(view.entries())
        .extracting(InboxEntry::reason)
        .contains("matches '*.txt' of the setting inbox.ignore");
  }

  @Test
  void linksAndPipesAreShownAndNeverOpened() throws Exception {
    Files.createSymbolicLink(folder.resolve("shadow.wav"), Path.of("/etc/shadow"));
    Files.createSymbolicLink(folder.resolve("dangling.wav"), Path.of("/nowhere"));
    Files.createSymbolicLink(folder.resolve("loop"), folder);
    Process made = new ProcessBuilder("mkfifo", folder.resolve("pipe.wav").toString()).start();
    assertThat(made.waitFor(10, TimeUnit.SECONDS)).isTrue();
    ticker.advance(Duration.ofHours(1));

    InboxView view = settledView();

    assertThat(view.ready()).isEmpty();
    assertThat(states())
        .containsEntry("shadow.wav", EntryState.NOT_A_REGULAR_FILE)
        .containsEntry("dangling.wav", EntryState.NOT_A_REGULAR_FILE)
        .containsEntry("loop", EntryState.NOT_A_REGULAR_FILE)
        .containsEntry("pipe.wav", EntryState.NOT_A_REGULAR_FILE);
    assertThat(folder.resolve("shadow.wav")).isSymbolicLink();
  }

  @Test
  void aSocketIsShownAndNeverOpened() throws IOException {
    try (ServerSocketChannel socket = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      socket.bind(UnixDomainSocketAddress.of(folder.resolve("socket.wav")));

      assertThat(settledView().ready()).isEmpty();
      assertThat(states()).containsEntry("socket.wav", EntryState.NOT_A_REGULAR_FILE);
    }
  }

  @Test
  void aDeviceIsShownAndNeverOpened() throws Exception {
    Path device = folder.resolve("null.wav");
    Process made = new ProcessBuilder("mknod", device.toString(), "c", "1", "3").start();
    assertThat(made.waitFor(1, TimeUnit.MINUTES)).isTrue();
    assumeTrue(made.exitValue() == 0, "only root makes devices");

    assertThat(settledView().ready()).isEmpty();
    assertThat(states()).containsEntry("null.wav", EntryState.NOT_A_REGULAR_FILE);
    assertThat(device).exists();
  }

  @Test
  void aFolderIsASubFolderWhateverItsName() throws IOException {
    Path sub = Files.createDirectory(folder.resolve("x.wav"));
    Files.writeString(sub.resolve("inside.wav"), "x");

    assertThat(settledView().ready())
        .extracting(candidate -> candidate.relative().toString())
        .containsExactly("x.wav/inside.wav");
  }

  @Test
  void foldersAreScannedToTheDepthAndTheRestIsShown() throws IOException {
    Path deep = Files.createDirectories(folder.resolve("1/2/3/4/5"));
    Files.writeString(deep.resolveSibling("in.mp3"), "x");
    Files.writeString(deep.resolve("out.mp3"), "x");

    assertThat(settledView().ready())
        .extracting(candidate -> candidate.relative().toString())
        .containsExactly("1/2/3/4/in.mp3");
    assertThat(state("1/2/3/4/5")).isEqualTo(EntryState.TOO_DEEP);
  }

  @Test
  void aTreeThatIsMovedInIsFound() throws IOException {
    Path tree = Files.createDirectories(home.resolve("tree/sub"));
    Files.writeString(tree.resolve("a.mp3"), "x");
    inbox().scan();

    Files.move(home.resolve("tree"), folder.resolve("tree"));

    assertThat(states()).containsKey("tree/sub/a.mp3");
  }

  @Test
  void parametersLieBesideRecordingsAndAreNotRecordings() throws IOException {
    Path sub = Files.createDirectory(folder.resolve("meetings"));
    Files.writeString(folder.resolve("_folder.yaml"), "priority: 1");
    Files.writeString(sub.resolve("talk.wav"), "x");
    Files.writeString(sub.resolve("talk.wav.job.json"), "{}");
    Files.writeString(sub.resolve("gone.wav.job.json"), "{}");

    Candidate candidate = settledView().ready().get(0);

    assertThat(candidate.arrival().sidecar()).contains(sub.resolve("talk.wav.job.json"));
    assertThat(candidate.arrival().folderProfile()).contains(folder.resolve("_folder.yaml"));
    assertThat(states())
        .containsEntry("_folder.yaml", EntryState.FOLDER_PROFILE)
        .containsEntry("meetings/talk.wav.job.json", EntryState.SIDECAR);
    assertThat(reason("meetings/gone.wav.job.json")).contains("'gone.wav', which is not here");
  }

  @Test
  void theNearestFolderProfileCounts() throws IOException {
    Path sub = Files.createDirectory(folder.resolve("meetings"));
    Files.writeString(folder.resolve("_folder.yaml"), "");
    Files.writeString(sub.resolve("_folder.yaml"), "");
    Files.writeString(sub.resolve("a.mp3"), "x");

    assertThat(settledView().ready().get(0).arrival().folderProfile())
        .contains(sub.resolve("_folder.yaml"));
  }

  @Test
  void aSidecarThatIsStillWrittenIsWaitedFor() throws IOException {
    Files.writeString(folder.resolve("a.mp3"), "x");
    Inbox inbox = inbox();
    inbox.scan();
    ticker.advance(Duration.ofSeconds(4));
    Path sidecar = Files.writeString(folder.resolve("a.mp3.job.json"), "{\"pri");
    inbox.scan();
    ticker.advance(Duration.ofSeconds(2));
    Files.writeString(sidecar, "{\"priority\": 3}");
    assertThat(inbox.scan().ready()).isEmpty();

    ticker.advance(Duration.ofSeconds(6));

    assertThat(inbox.scan().ready()).hasSize(1);
  }

  @Test
  void higherPriorityGoesFirstThenTheEarlierArrival() throws IOException {
    ranking = arrival -> Rank.of(arrival.relative().toString().startsWith("urgent") ? 5 : 0);
    Inbox inbox = inbox();
    for (String name : List.of("z.mp3", "b.mp3", "urgent.mp3", "a.mp3")) {
      Files.writeString(folder.resolve(name), "x");
      inbox.scan();
      ticker.advance(Duration.ofSeconds(1));
    }
    ticker.advance(Duration.ofSeconds(6));

    assertThat(inbox.scan().ready())
        .extracting(candidate -> candidate.relative().toString())
        .containsExactly("urgent.mp3", "z.mp3", "b.mp3", "a.mp3");
  }

  @Test
  void aSidecarThatIsRequiredAndNeverComesIsAFailureInTheEnd() throws IOException {
    ranking = arrival -> Rank.held(0, "its sidecar has not arrived");
    Files.writeString(folder.resolve("a.mp3"), "x");
    Inbox inbox = inbox();
    inbox.scan();
    ticker.advance(Duration.ofHours(23));
    assertThat(inbox.scan().entries().get(0).state()).isEqualTo(EntryState.HELD);

    ticker.advance(Duration.ofHours(2));
    InboxView late = inbox.scan();

    Candidate.Defect defect = late.ready().get(0).defect().orElseThrow();
    assertThat(defect.code()).isEqualTo(FailureCode.INVALID_PARAMETERS);
    assertThat(defect.message()).contains("its sidecar has not arrived within");
  }

  @Test
  void aFilePauseAtTheTopOfTheInboxIsNoRecording() throws IOException {
    Files.createDirectory(folder.resolve("sub"));
    Files.writeString(folder.resolve("sub/pause"), "x");
    assertThat(scan().pausedBy()).isEmpty();
    Files.writeString(folder.resolve("Pause.txt"), "");

    assertThat(scan().pausedBy()).contains("Pause.txt");
    assertThat(state("Pause.txt")).isEqualTo(EntryState.PAUSE);
  }

  @Test
  void aRecordingThatIsHeldSaysWhy() throws IOException {
    ranking = arrival -> Rank.held(0, "its sidecar is missing");
    Files.writeString(folder.resolve("a.mp3"), "x");

    assertThat(settledView().ready()).isEmpty();
    assertThat(reason("a.mp3")).startsWith("its sidecar is missing; waits up to");
  }

  @Test
  void parametersAreReadWhenTheyChangeAndNotByEveryScan() throws IOException {
    AtomicInteger asked = new AtomicInteger();
    ranking = arrival -> Rank.of(asked.incrementAndGet());
    Files.writeString(folder.resolve("a.mp3"), "x");
    Inbox inbox = inbox();
    inbox.scan();
    inbox.scan();
    assertThat(asked).hasValue(1);

    Files.writeString(folder.resolve("a.mp3.job.json"), "{}");
    inbox.scan();

    assertThat(asked).hasValue(2);
  }

  @Test
  void aWholeClosedRecordingIsReadyAtOnce() throws IOException {
    wholeness = Wholeness.WHOLE;
    lease = granting(FileLease.Grant.GRANTED);
    Files.writeString(folder.resolve("a.wav"), "x");

    assertThat(inbox().scan().ready()).hasSize(1);
  }

  @Test
  void aWholeRecordingThatGrewBeforeIsWaitedFor() throws IOException {
    wholeness = Wholeness.WHOLE;
    lease = granting(FileLease.Grant.OPEN_ELSEWHERE);
    Path file = Files.writeString(folder.resolve("a.wav"), "x");
    Inbox inbox = inbox();
    inbox.scan();
    lease = granting(FileLease.Grant.GRANTED);
    Files.writeString(file, "x and y");

    assertThat(inbox.scan().ready()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"INCOMPLETE, 600", "GROWING, 600", "CANNOT_TELL, 5", "WHOLE, 5"})
  void withoutALeaseTheContentSaysHowLongToWait(Wholeness found, int seconds) throws IOException {
    wholeness = found;
    Files.writeString(folder.resolve("a.wav"), "x");
    Inbox inbox = inbox();
    inbox.scan();
    ticker.advance(Duration.ofSeconds(seconds - 1));
    assertThat(inbox.scan().ready()).isEmpty();

    ticker.advance(Duration.ofSeconds(1));

    assertThat(inbox.scan().ready()).hasSize(1);
  }

  @Test
  void incompleteFilesAreDecodedAfterTheGraceTime() throws IOException {
    wholeness = Wholeness.INCOMPLETE;
    Files.writeString(folder.resolve("a.wav"), "x");
    Inbox inbox = inbox();
    inbox.scan();
    ticker.advance(Duration.ofMinutes(10));

    assertThat(inbox.scan().ready().get(0).defect()).isEmpty();
  }

  @Test
  void filesWithoutADeclaredLengthAreProcessedAsTheyAre() throws IOException {
    wholeness = Wholeness.GROWING;
    Files.writeString(folder.resolve("a.wav"), "x");
    Inbox inbox = inbox();
    inbox.scan();
    ticker.advance(Duration.ofMinutes(10));

    assertThat(inbox.scan().ready().get(0).defect()).isEmpty();
  }

  @Test
  void aFileThatStaysOpenForWritingIsWaitedFor() throws IOException {
    lease = granting(FileLease.Grant.OPEN_ELSEWHERE);
    Files.writeString(folder.resolve("a.mp3"), "x");
    Inbox inbox = inbox();
    inbox.scan();
    ticker.advance(Duration.ofMinutes(9));

    assertThat(inbox.scan().ready()).isEmpty();
    assertThat(inbox.scan().entries())
        .extracting(InboxEntry::state)
        .contains(EntryState.OPEN_FOR_WRITING);
  }

  @Test
  void unchangedFilesAreOpenedOnce() throws IOException {
    AtomicInteger checks = new AtomicInteger();
    Files.writeString(folder.resolve("a.mp3"), "x");
    WholenessCheck counting =
        path -> {
          checks.incrementAndGet();
          return new Verdict(Wholeness.INCOMPLETE, "half");
        };
    Inbox inbox = new Inbox(options(), new ArrivalChecks(counting, ranking, lease), ticker);

    for (int i = 0; i < 5; i++) {
      inbox.scan();
      ticker.advance(Duration.ofSeconds(2));
    }

    assertThat(checks).hasValue(1);
  }

  @Test
  void aReadErrorIsShownAndTriedAgain() throws IOException {
    AtomicInteger checks = new AtomicInteger();
    Files.writeString(folder.resolve("a.mp3"), "x");
    WholenessCheck failing =
        path -> {
          if (checks.incrementAndGet() == 1) {
            throw new IOException("Input/output error");
          }
          return new Verdict(Wholeness.CANNOT_TELL, "fine");
        };
    Inbox inbox = new Inbox(options(), new ArrivalChecks(failing, ranking, lease), ticker);
    assertThat(inbox.scan().entries())
        .extracting(InboxEntry::reason)
        .contains("cannot be read: the device reports an input/output error");

    ticker.advance(Duration.ofSeconds(31));

    assertThat(inbox.scan().ready()).hasSize(1);
  }

  @Test
  void aRecordingOnADamagedDiskStaysThereWithItsReason() throws Exception {
    try (ScratchVolume volume = ScratchVolume.onDisk(home)) {
      Path recording = volume.folder().resolve("a.mp3");
      Files.write(recording, new byte[3_000_000]);
      WholenessCheck reading =
          path -> {
            Files.readAllBytes(path);
            return new Verdict(Wholeness.CANNOT_TELL, "fine");
          };
      volume.damage();

      Inbox inbox =
          new Inbox(
              InboxOptions.of(volume.folder()), new ArrivalChecks(reading, ranking, lease), ticker);

      for (int i = 0; i < 3; i++) {
        assertThat(inbox.scan().entries())
            .filteredOn(entry -> entry.name().equals("a.mp3"))
            .extracting(InboxEntry::reason)
            .containsExactly("cannot be read: the device reports an input/output error");
        ticker.advance(Duration.ofMinutes(1));
      }
      assertThat(inbox.scan().ready()).isEmpty();
      assertThat(recording).exists();
    }
  }

  @Test
  void aRecordingThatCouldNotBeReadOnceIsNotMerelyCalledReady() throws Exception {
    try (ScratchVolume volume = ScratchVolume.onDisk(home)) {
      Path recording = volume.folder().resolve("a.mp3");
      Files.write(recording, new byte[3_000_000]);
      volume.damage();
      InboxOptions options = InboxOptions.of(volume.folder()).withMode(InboxMode.LEDGER, null);
      WholenessCheck beginning = path -> new Verdict(Wholeness.CANNOT_TELL, "fine");
      Inbox inbox = new Inbox(options, new ArrivalChecks(beginning, ranking, lease), ticker);
      inbox.scan();
      ticker.advance(Duration.ofMinutes(1));
      assertThat(readiness(inbox.scan())).isEqualTo("complete; waits until the worker is free");

      for (int i = 0; i < 2; i++) {
        Candidate candidate = inbox.scan().ready().get(0);
        assertThatThrownBy(() -> inbox.claim(candidate, home.resolve("taken")))
            .hasMessageContaining("Input/output error");
        assertThat(inbox.scan().ready()).isEmpty();
        ticker.advance(Duration.ofMinutes(1));
        assertThat(readiness(inbox.scan()))
            .isEqualTo(
                "is tried again; so far it cannot be moved: the device reports an input/output"
                    + " error");
      }
    }
  }

  private static String readiness(InboxView view) {
    return view.entries().stream()
        .filter(entry -> entry.state() == EntryState.READY)
        .map(InboxEntry::reason)
        .collect(Collectors.joining("\n"));
  }

  @Test
  void aReplacedFileStartsAnew() throws IOException {
    Path file = Files.writeString(folder.resolve("a.mp3"), "x");
    Inbox inbox = inbox();
    inbox.scan();
    ticker.advance(Duration.ofSeconds(4));
    Path other = Files.writeString(home.resolve("other"), "x");
    Files.move(other, file, java.nio.file.StandardCopyOption.ATOMIC_MOVE);
    inbox.scan();
    ticker.advance(Duration.ofSeconds(4));

    assertThat(inbox.scan().ready()).isEmpty();
  }

  @Test
  void theWallClockDoesNotMatter() throws IOException {
    Path file = Files.writeString(folder.resolve("future.mp3"), "x");
    Files.setLastModifiedTime(
        file,
        java.nio.file.attribute.FileTime.from(java.time.Instant.parse("2099-01-01T00:00:00Z")));

    assertThat(settledView().ready()).hasSize(1);
  }

  @Test
  void namesOnScreenStayOnOneLine() throws IOException {
    Files.writeString(folder.resolve("a\nb.mp3"), "x");

    assertThat(states()).containsKey("a\\u000Ab.mp3");
  }

  @Test
  void theProblemOfAMissingInboxEndsWhenTheInboxReturns() throws IOException {
    Files.writeString(folder.resolve("a.mp3"), "x");
    Inbox inbox = inbox();
    inbox.scan();
    Path away = Files.move(folder, home.resolve("away"));

    FolderProblem problem = inbox.scan().problem().orElseThrow();
    Files.move(away, folder);

    assertThat(problem.code()).isEqualTo(FailureCode.FOLDER_UNAVAILABLE);
    assertThat(problem.message()).startsWith("expected the inbox, found nothing: '");
    assertThat(inbox.scan().problem()).isEmpty();
  }

  @Test
  void anInboxThatBecameAFileIsAProblem() throws IOException {
    Inbox inbox = inbox();
    inbox.scan();
    Files.move(folder, home.resolve("away"));
    Files.writeString(folder, "x");

    assertThat(inbox.scan().problem().orElseThrow().message())
        .startsWith("expected a folder, found a file");
  }

  @Test
  void anInboxThatWasMadeAnewIsUsed() throws IOException {
    Inbox inbox = inbox();
    inbox.scan();
    Files.move(folder, home.resolve("away"));
    Files.createDirectory(folder);
    Files.writeString(folder.resolve("a.mp3"), "x");

    assertThat(inbox.scan().problem()).isEmpty();
    assertThat(inbox.scan().entries()).extracting(InboxEntry::name).contains("a.mp3");
  }

  @Test
  void anotherDiskInPlaceOfTheInboxIsAProblemUntilItIsMarked() throws IOException {
    Path there = OtherFileSystem.folder();
    try {
      Inbox inbox = inbox();
      inbox.scan();
      Files.move(folder, home.resolve("away"));
      Files.createSymbolicLink(folder, there);
      Files.writeString(there.resolve("a.mp3"), "x");

      InboxView other = inbox.scan();
      Files.createFile(there.resolve(".maie-inbox"));
      InboxView marked = inbox.scan();

      assertThat(other.problem().orElseThrow().message()).contains("another file system");
      assertThat(other.entries()).isEmpty();
      assertThat(marked.problem()).isEmpty();
    } finally {
      OtherFileSystem.delete(there);
    }
  }

  @Test
  void entriesBeyondTheLimitAreReportedAndComeLater() throws IOException {
    for (int i = 0; i < 20; i++) {
      Files.writeString(folder.resolve(i + ".mp3"), "x");
    }
    InboxOptions few =
        new InboxOptions(
            folder,
            4,
            SettleOptions.DEFAULTS,
            List.of(),
            10,
            Durability.FULL,
            InboxMode.MOVE,
            null);

    InboxView view = inbox(few).scan();

    assertThat(view.truncated()).isTrue();
    assertThat(view.entries()).filteredOn(entry -> entry.state().isWaiting()).hasSize(10);
  }

  @Test
  void manyIgnoredFilesDoNotCrowdOutARecording() throws IOException {
    for (int i = 0; i < 30; i++) {
      Files.writeString(folder.resolve("." + i), "x");
    }
    Files.writeString(folder.resolve("a.mp3"), "x");
    InboxOptions few =
        new InboxOptions(
            folder,
            4,
            SettleOptions.DEFAULTS,
            List.of(),
            10,
            Durability.FULL,
            InboxMode.MOVE,
            null);

    InboxView view = inbox(few).scan();

    assertThat(view.entries()).hasSize(11);
    assertThat(view.entries().get(0).name()).isEqualTo("a.mp3");
  }

  @Test
  void tenThousandRecordingsAreScannedInHalfASecond() throws IOException {
    for (int i = 0; i < 10_000; i++) {
      try (RandomAccessFile file =
          new RandomAccessFile(folder.resolve("recording " + i + ".mp3").toFile(), "rw")) {
        file.setLength(5);
      }
    }
    Inbox inbox = inbox();
    inbox.scan();
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    long best = Long.MAX_VALUE;

    for (int i = 0; i < 5; i++) {
      // time of this thread on a core, so that a busy machine does not fail the test
      long start = threads.getCurrentThreadCpuTime();
      InboxView view = inbox.scan();
      best = Math.min(best, threads.getCurrentThreadCpuTime() - start);
      assertThat(view.entries()).hasSizeGreaterThanOrEqualTo(10_000);
    }

    assertThat(Duration.ofNanos(best)).isLessThan(Duration.ofMillis(500));
  }

  @Test
  void aBurstIsReadyAfterAFewScans() throws IOException {
    wholeness = Wholeness.WHOLE;
    lease = granting(FileLease.Grant.GRANTED);
    for (int i = 0; i < 2_000; i++) {
      Files.writeString(folder.resolve(i + ".wav"), "x");
    }
    Inbox inbox = inbox();

    assertThat(inbox.scan().ready()).isNotEmpty();
    for (int i = 0; i < 3; i++) {
      inbox.scan();
    }

    assertThat(inbox.scan().ready()).hasSize(2_000);
  }

  private static FileLease granting(FileLease.Grant grant) {
    return file -> new FileLease.NoLease(grant);
  }

  private InboxView settledView() {
    Inbox inbox = inbox();
    inbox.scan();
    ticker.advance(Duration.ofSeconds(5));
    return inbox.scan();
  }

  private InboxView scan() {
    return inbox().scan();
  }

  private Map<String, EntryState> states() {
    Map<String, EntryState> states = new HashMap<>();
    scan().entries().forEach(entry -> states.put(entry.name(), entry.state()));
    return states;
  }

  private EntryState state(String name) {
    return find(name).state();
  }

  private String reason(String name) {
    Inbox inbox = inbox();
    inbox.scan();
    ticker.advance(Duration.ofSeconds(6));
    return find(inbox.scan(), name).reason();
  }

  private InboxEntry find(String name) {
    return find(scan(), name);
  }

  private static InboxEntry find(InboxView view, String name) {
    return view.entries().stream()
        .filter(entry -> entry.path().toString().endsWith("/" + name))
        .findFirst()
        .orElseThrow();
  }

  private InboxOptions options() {
    return InboxOptions.of(folder);
  }

  private Inbox inbox() {
    return inbox(options());
  }

  private Inbox inbox(InboxOptions options) {
    WholenessCheck check = path -> new Verdict(wholeness, "it is so");
    return new Inbox(
        options, new ArrivalChecks(check, ranking, file -> lease.acquire(file)), ticker);
  }
}
