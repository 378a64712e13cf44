package io.maie.edge.spool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import io.maie.edge.durable.Disk;
import io.maie.edge.durable.Durability;
import io.maie.edge.durable.FileNames;
import io.maie.edge.testing.DiskRecorder;
import io.maie.edge.testing.ManualTicker;
import io.maie.edge.testing.OrdinaryUser;
import io.maie.edge.testing.OtherFileSystem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

final class ClaimTest {
  private final ManualTicker ticker = new ManualTicker();

  @TempDir Path home;
  private Path folder;
  private Path work;

  @BeforeEach
  void prepare() throws IOException {
    folder = Files.createDirectory(home.resolve("inbox"));
    work = Files.createDirectory(home.resolve("work"));
  }

  @Test
  void aRecordingThatChangedSinceItWasJudgedStays() throws IOException {
    Path file = Files.writeString(folder.resolve("a.mp3"), "sound");
    Inbox inbox = inbox(FileLease.disabled());
    Candidate candidate = settled(inbox);
    Files.writeString(file, "more", StandardOpenOption.APPEND);

    assertThat(inbox.claim(candidate, work.resolve("input"))).isEmpty();
    assertThat(file).hasContent("soundmore");
  }

  @Test
  void aWriterThatContinuesAfterTheClaimIsNoticed() throws IOException {
    Files.writeString(folder.resolve("a.mp3"), "sound");
    Inbox inbox = inbox(FileLease.disabled());
    Claim claim = inbox.claim(settled(inbox), work.resolve("input")).orElseThrow();

    Files.writeString(claim.recording(), "more", StandardOpenOption.APPEND);

    assertThat(ClaimedFile.hasChanged(claim)).isTrue();
  }

  @Test
  void aChangeOfModeOrNameAfterTheClaimIsNoChange() throws IOException {
    Files.writeString(folder.resolve("a.mp3"), "sound");
    Inbox inbox = inbox(FileLease.disabled());
    Claim claim = inbox.claim(settled(inbox), work.resolve("input")).orElseThrow();

    Files.setAttribute(claim.recording(), "unix:mode", 0640);

    assertThat(ClaimedFile.hasChanged(claim)).isFalse();
  }

  @Test
  void onlyOneOfManyClaimersWins() throws Exception {
    Files.writeString(folder.resolve("a.mp3"), "sound");
    Inbox inbox = inbox(FileLease.disabled());
    Candidate candidate = settled(inbox);
    int claimers = 8;
    CountDownLatch gate = new CountDownLatch(1);
    ExecutorService pool = Executors.newFixedThreadPool(claimers);
    List<Future<Optional<Claim>>> claims = new ArrayList<>();
    for (int i = 0; i < claimers; i++) {
      Path target = work.resolve("input" + i);
      claims.add(
          pool.submit(
              () -> {
                gate.await();
                return inbox.claim(candidate, target);
              }));
    }

    gate.countDown();
    int won = 0;
    for (Future<Optional<Claim>> claim : claims) {
      won += claim.get().isPresent() ? 1 : 0;
    }
    pool.shutdown();

    assertThat(won).isEqualTo(1);
  }

  @Test
  void aFileThatTookTheNameAtTheLastInstantIsPutBack() throws IOException {
    Path file = Files.writeString(folder.resolve("a.mp3"), "sound");
    Inbox inbox = inbox(replacing(file, "another recording"));
    Candidate candidate = settled(inbox);

    assertThat(inbox.claim(candidate, work.resolve("input"))).isEmpty();

    assertThat(file).hasContent("another recording");
    assertThat(work.resolve("input")).doesNotExist();
  }

  @Test
  void aFileThatHasAnotherNameElsewhereIsCopied() throws IOException {
    Path outside = Files.writeString(home.resolve("outside.mp3"), "sound");
    Path file = Files.createLink(folder.resolve("a.mp3"), outside);
    Files.setAttribute(outside, "unix:mode", 0600);
    Inbox inbox = inbox(SystemFileLease.open());
    Candidate candidate = settled(inbox);

    Claim claim = inbox.claim(candidate, work.resolve("input")).orElseThrow();
    Files.writeString(claim.recording(), "changed");

    assertThat(file).doesNotExist();
    assertThat(outside).hasContent("sound");
    assertThat((Integer) Files.getAttribute(outside, "unix:mode") & 0777).isEqualTo(0600);
  }

  @Test
  void aCopyLeavesNothingBesideIt() throws IOException {
    Path outside = Files.writeString(home.resolve("outside.mp3"), "sound");
    Files.createLink(folder.resolve("a.mp3"), outside);
    Inbox inbox = inbox(SystemFileLease.open());

    assertThat(inbox.claim(settled(inbox), work.resolve("input"))).isPresent();

    assertThat(work).isDirectoryContaining("glob:**/input");
    assertThat(folder.resolve(CopyingClaim.HOLDING)).doesNotExist();
  }

  @Test
  void aClaimThatFailsHalfwayPutsTheRecordingBack() throws IOException {
    Path outside = Files.writeString(home.resolve("outside.mp3"), "sound");
    Path file = Files.createLink(folder.resolve("a.mp3"), outside);
    Inbox inbox = inbox(SystemFileLease.open());
    Candidate candidate = settled(inbox);
    Path target = Files.createDirectory(work.resolve("input"));
    Files.createFile(target.resolve("in the way"));

    assertThatThrownBy(() -> inbox.claim(candidate, target)).isInstanceOf(IOException.class);

    assertThat(file).hasContent("sound");
    assertThat(folder.resolve(CopyingClaim.HOLDING)).doesNotExist();
  }

  @Test
  void aClaimByCopyThatCannotBeginLeavesNothing() throws Exception {
    Path file = Files.writeString(folder.resolve("a.mp3"), "sound");
    Files.createLink(home.resolve("second name"), file);
    Path claims = Files.createDirectory(folder.resolve(CopyingClaim.HOLDING));
    Files.setAttribute(claims, "unix:mode", 0555);
    Inbox inbox = inbox(FileLease.disabled());
    Candidate candidate = settled(inbox);

    assertThatThrownBy(() -> OrdinaryUser.call(() -> inbox.claim(candidate, work.resolve("input"))))
        .isInstanceOf(AccessDeniedException.class)
        .hasMessageContaining(claims.toString());

    assertThat(file).hasContent("sound");
    assertThat(claims).isEmptyDirectory();
  }

  /** The path is just short enough for the folder of the claim, and too long for its content. */
  @Test
  void aRecordingInTheDeepestFolderIsClaimedByACopyToo() throws IOException {
    Path deep = folder;
    for (int rest = 4030 - bytes(deep); rest > 0; rest = 4030 - bytes(deep)) {
      deep = deep.resolve("d".repeat(rest > 220 ? 200 : rest - 1));
    }
    folder = Files.createDirectories(deep);
    Path file = Files.writeString(folder.resolve("a.mp3"), "sound");
    Files.createLink(home.resolve("second name"), file);
    Inbox inbox = inbox(FileLease.disabled());

    Claim claim = inbox.claim(settled(inbox), work.resolve("input")).orElseThrow();

    assertThat(claim.recording()).hasContent("sound");
    assertThat(file).doesNotExist();
    assertThat(folder.resolve(CopyingClaim.HOLDING)).doesNotExist();
  }

  private static int bytes(Path path) {
    return FileNames.rawPath(path).length;
  }

  @Test
  void aFileThatIsNamedTwiceIsNeverClaimedAtOnce() throws IOException {
    Path part = Files.writeString(folder.resolve("a.wav.filepart"), "sound");
    Files.createLink(folder.resolve("a.wav"), part);
    WholenessCheck whole =
        path -> new WholenessCheck.Verdict(WholenessCheck.Wholeness.WHOLE, "it is whole");
    Inbox inbox =
        new Inbox(
            InboxOptions.of(folder),
            new ArrivalChecks(whole, Ranking.byArrival(), SystemFileLease.open()),
            ticker);

    assertThat(inbox.scan().ready()).isEmpty();
    Files.delete(part);

    assertThat(inbox.scan().ready()).hasSize(1);
  }

  @Test
  void aNameThatIsNotTextIsClaimed() throws IOException {
    Path latin = Path.of(URI.create(folder.toUri() + "Gespr%E4ch.mp3"));
    Files.writeString(latin, "sound");
    Inbox inbox = inbox(SystemFileLease.open());

    Claim claim = inbox.claim(settled(inbox), work.resolve("input")).orElseThrow();

    assertThat(claim.recording()).hasContent("sound");
    assertThat(latin).doesNotExist();
  }

  @Test
  void aMissingTargetFolderIsAFailureAndTheRecordingStays() throws IOException {
    Path file = Files.writeString(folder.resolve("a.mp3"), "sound");
    Inbox inbox = inbox(FileLease.disabled());
    Candidate candidate = settled(inbox);

    assertThatThrownBy(() -> inbox.claim(candidate, work.resolve("absent/input")))
        .isInstanceOf(NoSuchFileException.class);
    assertThat(file).exists();
  }

  @Test
  void aRecordingGivenBackDoesNotOverwrite() throws IOException {
    Files.writeString(folder.resolve("a.mp3"), "sound");
    Inbox inbox = inbox(FileLease.disabled());
    Claim claim = inbox.claim(settled(inbox), work.resolve("input")).orElseThrow();
    Files.writeString(folder.resolve("a.mp3"), "newer");

    Path back = inbox.giveBack(claim.recording(), claim.candidate().relative(), Optional.empty());

    assertThat(back).isEqualTo(folder.resolve("a~2.mp3")).hasContent("sound");
    assertThat(folder.resolve("a.mp3")).hasContent("newer");
  }

  @Test
  void anInboxOnAnotherFileSystemIsClaimedByAVerifiedCopy() throws IOException {
    Path there = OtherFileSystem.folder();
    try {
      folder = there;
      Files.createDirectory(folder.resolve("süb"));
      Files.writeString(folder.resolve("süb/a.mp3"), "sound");
      Inbox inbox = inbox(SystemFileLease.open());
      Candidate candidate = settled(inbox);

      Claim claim = inbox.claim(candidate, work.resolve("input")).orElseThrow();

      assertThat(claim.recording()).hasContent("sound");
      assertThat(claim.signature().modifiedNanos())
          .isEqualTo(candidate.signature().modifiedNanos());
      assertThat(ClaimedFile.hasChanged(claim)).isFalse();
      assertThat(candidate.path()).doesNotExist();
      assertThat(folder.resolve(CopyingClaim.HOLDING)).doesNotExist();
    } finally {
      OtherFileSystem.delete(there);
    }
  }

  @Test
  void aCopyCutOffByACrashPutsTheRecordingBack() throws IOException {
    Path file = folder.resolve("räu ber.mp3");
    Path held = held(file, work.resolve("input"));

    inbox(FileLease.disabled()).recover((relative, content) -> false);

    assertThat(file).hasContent("sound");
    assertThat(held).doesNotExist();
    assertThat(folder.resolve(CopyingClaim.HOLDING)).doesNotExist();
  }

  @Test
  void anInboxThatIsAwayAtTheStartIsSortedOutWhenItReturns() throws IOException {
    Path file = folder.resolve("a.mp3");
    Path held = held(file, work.resolve("input"));
    Path away = Files.move(folder, home.resolve("away"));
    Inbox inbox = inbox(FileLease.disabled());

    assertThat(inbox.recover((relative, content) -> false).flatMap(InboxView::problem)).isPresent();
    assertThat(inbox.scan().problem()).isPresent();

    Files.move(away, folder);
    assertThat(inbox.scan().problem()).isEmpty();
    assertThat(file).hasContent("sound");
    assertThat(held).doesNotExist();
  }

  @Test
  void aCopyCompletedBeforeACrashIsNotDoneAgain() throws IOException {
    Path file = folder.resolve("räu ber.mp3");
    Path held = held(file, work.resolve("input"));
    Files.writeString(work.resolve("input"), "sound");

    inbox(FileLease.disabled()).recover((relative, content) -> false);

    assertThat(file).doesNotExist();
    assertThat(held).doesNotExist();
    assertThat(work.resolve("input")).hasContent("sound");
  }

  @Test
  void aClaimFromAFullDiskThatACrashCutOffIsSortedOut() throws IOException {
    Path sub = Files.createDirectory(folder.resolve("sub"));
    Files.writeString(sub.resolve(InPlaceClaim.PREFIX + "back.mp3"), "sound");
    Files.writeString(folder.resolve(InPlaceClaim.PREFIX + "taken.mp3"), "sound");

    inbox(FileLease.disabled())
        .recover((relative, content) -> relative.equals(Path.of("taken.mp3")));

    assertThat(sub.resolve("back.mp3")).hasContent("sound");
    assertThat(sub.resolve(InPlaceClaim.PREFIX + "back.mp3")).doesNotExist();
    assertThat(folder).isDirectoryNotContaining(path -> path.toString().endsWith("taken.mp3"));
  }

  @Test
  void foreignFilesAmongTheClaimsDoNotPreventAStart() throws IOException {
    Path file = folder.resolve("räu ber.mp3");
    Path held = held(file, work.resolve("input"));
    Files.createFile(held.resolveSibling(".DS_Store"));
    Files.createFile(folder.resolve(CopyingClaim.HOLDING).resolve(".DS_Store"));
    Path ticketless = folder.resolve(CopyingClaim.HOLDING).resolve("2/recording");
    Files.createDirectory(ticketless.getParent());
    Files.writeString(ticketless, "no ticket");

    inbox(FileLease.disabled()).recover((relative, content) -> false);

    assertThat(file).hasContent("sound");
    assertThat(ticketless).hasContent("no ticket");
  }

  /** A sender can make both the link and the second name. */
  @Test
  void aLinkInPlaceOfTheFolderOfClaimsIsNotFollowed() throws IOException {
    Path outside = Files.createDirectory(home.resolve("outside"));
    Path file = Files.writeString(folder.resolve("a.mp3"), "sound");
    Files.createLink(home.resolve("second name"), file);
    Files.createSymbolicLink(folder.resolve(CopyingClaim.HOLDING), outside);
    Inbox inbox = inbox(FileLease.disabled());
    Candidate candidate = settled(inbox);

    Claim claim = inbox.claim(candidate, work.resolve("input")).orElseThrow();

    assertThat(claim.recording()).hasContent("sound");
    assertThat(outside).isEmptyDirectory();
    assertThat(folder.resolve(CopyingClaim.HOLDING)).doesNotExist();
  }

  @Test
  void aFileInPlaceOfTheFolderOfClaimsIsReported() throws IOException {
    Path file = Files.writeString(folder.resolve("a.mp3"), "sound");
    Files.createLink(home.resolve("second name"), file);
    Files.writeString(folder.resolve(CopyingClaim.HOLDING), "somebody's");
    Inbox inbox = inbox(FileLease.disabled());
    Candidate candidate = settled(inbox);

    assertThatThrownBy(() -> inbox.claim(candidate, work.resolve("input")))
        .isInstanceOf(IOException.class);

    assertThat(inbox.scan().entries())
        .filteredOn(entry -> entry.name().equals("a.mp3"))
        .singleElement()
        .satisfies(
            entry ->
                assertThat(entry.reason())
                    .contains("a file or a link lies where a folder of ours belongs"));
    assertThat(file).hasContent("sound");
  }

  @Test
  void aFolderThatBecameALinkIsNotClaimedFrom() throws IOException {
    Path outside = Files.createDirectory(home.resolve("outside"));
    Path sub = Files.createDirectory(folder.resolve("sub"));
    Files.writeString(sub.resolve("a.mp3"), "sound");
    Inbox inbox = inbox(FileLease.disabled());
    Candidate candidate = settled(inbox);
    Files.move(sub.resolve("a.mp3"), outside.resolve("a.mp3"));
    Files.delete(sub);
    Files.createSymbolicLink(sub, outside);

    assertThatThrownBy(() -> inbox.claim(candidate, work.resolve("input")))
        .isInstanceOf(IOException.class);

    assertThat(outside.resolve("a.mp3")).hasContent("sound");
  }

  @Test
  void aClaimIsNotPutBackThroughALink() throws IOException {
    Path outside = Files.createDirectory(home.resolve("outside"));
    Path held = held(folder.resolve("sub/a.mp3"), work.resolve("input"));
    Files.createSymbolicLink(folder.resolve("sub"), outside);

    inbox(FileLease.disabled()).recover((relative, content) -> false);

    assertThat(outside).isEmptyDirectory();
    assertThat(held).doesNotExist();
    assertThat(folder.resolve("a.mp3")).hasContent("sound");
  }

  @Test
  void aForgedTicketLeadsNowhereButIntoTheInbox() throws IOException {
    held(home.resolve("outside/a.mp3"), work.resolve("input"));

    inbox(FileLease.disabled()).recover((relative, content) -> false);

    assertThat(home.resolve("outside")).doesNotExist();
    assertThat(folder.resolve("a.mp3")).hasContent("sound");
  }

  @Test
  void anUnreadableTicketDoesNotKeepTheProgramFromStarting() throws IOException {
    Path held = held(folder.resolve("a.mp3"), work.resolve("input"));
    Files.writeString(held.resolveSibling("ticket"), "no address\n\u0000");

    inbox(FileLease.disabled()).recover((relative, content) -> false);

    assertThat(held).hasContent("sound");
  }

  @Test
  void theContentIsFlushedBeforeTheRecordingLeavesTheInbox() throws IOException {
    Path file = Files.writeString(folder.resolve("a.mp3"), "sound");
    Inbox inbox = inbox(FileLease.disabled());
    Candidate candidate = settled(inbox);

    assertThat(calls(inbox, candidate)).startsWith("FLUSH " + file, "RENAME " + file);
  }

  @Test
  void theOperatorCanLeaveTheFlushingOfContentToTheSystem() throws IOException {
    Path file = Files.writeString(folder.resolve("a.mp3"), "sound");
    InboxOptions options = InboxOptions.of(folder).withDurability(Durability.FAST);
    Inbox inbox =
        new Inbox(
            options,
            new ArrivalChecks(WholenessCheck.disabled(), Ranking.byArrival(), FileLease.disabled()),
            ticker);
    Candidate candidate = settled(inbox);

    assertThat(calls(inbox, candidate)).startsWith("RENAME " + file);
  }

  private List<String> calls(Inbox inbox, Candidate candidate) throws IOException {
    try (DiskRecorder recorder = new DiskRecorder()) {
      assertThat(inbox.claim(candidate, work.resolve("input"))).isPresent();
      return recorder.calls().stream().map(told -> told.call() + " " + told.path()).toList();
    }
  }

  /** The inbox becomes read-only after the copy was made. */
  @SuppressWarnings("try") // the hook is at work while it is open
  @Test
  void aClaimByCopyThatFailsAtItsEndIsTakenBackOnceThatIsPossible() throws Exception {
    Path file = Files.writeString(folder.resolve("a.mp3"), "sound");
    Files.createLink(home.resolve("second name"), file);
    Inbox inbox = inbox(FileLease.disabled());
    Candidate candidate = settled(inbox);
    Path target = work.resolve("input");
    Path claims = folder.resolve(CopyingClaim.HOLDING);

    OrdinaryUser.call(
        () -> {
          try (AfterRename hook = new AfterRename(target, () -> modes(claims, 0555))) {
            assertThatThrownBy(() -> inbox.claim(candidate, target))
                .isInstanceOf(IOException.class);
          }
          return null;
        });
    assertThat(target).doesNotExist();

    modes(claims, 0775);
    inbox.scan();

    assertThat(file).hasContent("sound");
    assertThat(claims).doesNotExist();
  }

  private void modes(Path claims, int mode) throws IOException {
    List<Path> all = new ArrayList<>(List.of(folder, claims));
    try (Stream<Path> each = Files.list(claims)) {
      all.addAll(each.toList());
    }
    for (Path each : all) {
      Files.setAttribute(each, "unix:mode", mode);
    }
  }

  /** Does something once, just after a file took a name. */
  private static final class AfterRename extends AppenderBase<ILoggingEvent>
      implements AutoCloseable {
    private final Logger disk = (Logger) LoggerFactory.getLogger(Disk.class);
    private final Path target;
    private final Work work;

    interface Work {
      void run() throws IOException;
    }

    AfterRename(Path target, Work work) {
      this.target = target;
      this.work = work;
      start();
      disk.setAdditive(false);
      disk.setLevel(Level.TRACE);
      disk.addAppender(this);
    }

    @Override
    protected void append(ILoggingEvent event) {
      if (target.equals(event.getArgumentArray()[2])) {
        try {
          work.run();
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      }
    }

    @Override
    public void close() {
      disk.detachAppender(this);
      disk.setLevel(null);
      disk.setAdditive(true);
    }
  }

  /** Files that a claim across file systems leaves when it is cut off after its rename. */
  private Path held(Path source, Path target) throws IOException {
    Path holding = Files.createDirectories(folder.resolve(CopyingClaim.HOLDING).resolve("1"));
    Files.writeString(holding.resolve("ticket"), source.toUri() + "\n" + target.toUri() + "\n");
    return Files.writeString(holding.resolve("recording"), "sound");
  }

  /** A lease during which somebody replaces the file, after it was looked at for the last time. */
  private static FileLease replacing(Path file, String content) {
    return path ->
        new FileLease.Lease() {
          @Override
          public FileLease.Grant grant() {
            return FileLease.Grant.GRANTED;
          }

          @Override
          public boolean isBroken() {
            try {
              Path other = Files.writeString(file.resolveSibling("other.tmp"), content);
              Files.move(other, file, java.nio.file.StandardCopyOption.ATOMIC_MOVE);
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
            return false;
          }

          @Override
          public void close() {
            // nothing is held
          }
        };
  }

  private Candidate settled(Inbox inbox) {
    inbox.scan();
    ticker.advance(Duration.ofSeconds(5));
    return inbox.scan().ready().get(0);
  }

  private Inbox inbox(FileLease lease) {
    return new Inbox(
        InboxOptions.of(folder),
        new ArrivalChecks(WholenessCheck.disabled(), Ranking.byArrival(), lease),
        ticker);
  }
}
