package io.maie.edge.spool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.maie.edge.spool.FileLease.Grant;
import io.maie.edge.spool.FileLease.Lease;
import io.maie.edge.testing.ManualTicker;
import java.io.IOException;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Leases of the running kernel, and what happens to us when somebody breaks one. */
final class SystemFileLeaseTest {
  private final FileLease leases = SystemFileLease.open();

  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void requireLinux() throws IOException {
    assumeTrue(leases instanceof SystemFileLease, "file leases are a matter of 64-bit Linux");
    file = Files.writeString(folder.resolve("räuber 1.wav"), "sound");
  }

  @Test
  void aFileThatNobodyWritesIsLeased() {
    try (Lease lease = leases.acquire(file)) {
      assertThat(lease.grant()).isEqualTo(Grant.GRANTED);
      assertThat(lease.isBroken()).isFalse();
    }
  }

  @Test
  void aFileThatSomebodyWritesIsNotLeased() throws IOException {
    try (FileChannel writer = FileChannel.open(file, StandardOpenOption.WRITE);
        Lease lease = leases.acquire(file)) {
      assertThat(writer.isOpen()).isTrue();
      assertThat(lease.grant()).isEqualTo(Grant.OPEN_ELSEWHERE);
    }
  }

  @Test
  void aFileThatAnotherProcessWritesIsNotLeased() throws Exception {
    Path ready = folder.resolve("ready");
    Process writer = shell("exec 3>>\"$0\"; : > \"$1\"; read line", file, ready);
    await().until(() -> Files.exists(ready));

    try (Lease lease = leases.acquire(file)) {
      assertThat(lease.grant()).isEqualTo(Grant.OPEN_ELSEWHERE);
    }

    writer.getOutputStream().close();
    assertThat(writer.waitFor(10, TimeUnit.SECONDS)).isTrue();
    try (Lease lease = leases.acquire(file)) {
      assertThat(lease.grant()).isEqualTo(Grant.GRANTED);
    }
  }

  @Test
  void aReaderDoesNotMatter() throws IOException {
    try (FileChannel reader = FileChannel.open(file, StandardOpenOption.READ);
        Lease lease = leases.acquire(file)) {
      assertThat(reader.isOpen()).isTrue();
      assertThat(lease.grant()).isEqualTo(Grant.GRANTED);
    }
  }

  /** With the default signal this JVM would end here with "I/O possible". */
  @Test
  void aWriterThatComesWhileTheLeaseIsHeldBreaksItAndWeLive() throws Exception {
    Process writer;
    try (Lease lease = leases.acquire(file)) {
      writer = shell("exec 3>>\"$0\"; echo more >&3", file);

      await().atMost(Duration.ofSeconds(20)).until(lease::isBroken);
    }

    assertThat(writer.waitFor(20, TimeUnit.SECONDS)).isTrue();
    assertThat(writer.exitValue()).isZero();
    assertThat(file).hasContent("soundmore");
  }

  @Test
  void aRecordingThatIsReopenedAtTheInstantOfItsClaimStaysInTheInbox() throws Exception {
    ManualTicker ticker = new ManualTicker();
    List<Process> writers = new ArrayList<>();
    FileLease interrupted =
        path -> {
          Lease lease = leases.acquire(path);
          if (lease.grant() == Grant.GRANTED && Files.exists(folder.resolve("claiming"))) {
            writers.add(shell("exec 3>>\"$0\"", folder.resolve("inbox/a.mp3")));
            await().atMost(Duration.ofSeconds(20)).until(lease::isBroken);
          }
          return lease;
        };
    Path inboxFolder = Files.createDirectory(folder.resolve("inbox"));
    Path recording = Files.move(file, inboxFolder.resolve("a.mp3"));
    Inbox inbox =
        new Inbox(
            InboxOptions.of(inboxFolder),
            new ArrivalChecks(WholenessCheck.disabled(), Ranking.byArrival(), interrupted),
            ticker);
    inbox.scan();
    ticker.advance(Duration.ofSeconds(6));
    Candidate candidate = inbox.scan().ready().get(0);
    Files.createFile(folder.resolve("claiming"));

    Optional<Claim> claim = inbox.claim(candidate, folder.resolve("input"));

    assertThat(claim).isEmpty();
    assertThat(recording).exists();
    assertThat(folder.resolve("input")).doesNotExist();
    assertThat(writers.get(0).waitFor(20, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void aLinkIsNotFollowed() throws IOException {
    Path link = Files.createSymbolicLink(folder.resolve("link.wav"), file);

    try (Lease lease = leases.acquire(link)) {
      assertThat(lease.grant()).isEqualTo(Grant.UNAVAILABLE);
    }
  }

  @Test
  void aPipeDoesNotBlock() throws Exception {
    Path pipe = folder.resolve("pipe.wav");
    assertThat(shell("mkfifo \"$0\"", pipe).waitFor(10, TimeUnit.SECONDS)).isTrue();

    try (Lease lease = leases.acquire(pipe)) {
      assertThat(lease.grant()).isEqualTo(Grant.UNAVAILABLE);
    }
  }

  @Test
  void aMissingFileHasNoLease() {
    try (Lease lease = leases.acquire(folder.resolve("absent"))) {
      assertThat(lease.grant()).isEqualTo(Grant.UNAVAILABLE);
    }
  }

  @Test
  void aNameThatIsNotTextIsLeased() throws IOException {
    Path latin = Path.of(URI.create(folder.toUri() + "Gespr%E4ch.wav"));
    Files.writeString(latin, "sound");

    try (Lease lease = leases.acquire(latin)) {
      assertThat(lease.grant()).isEqualTo(Grant.GRANTED);
    }
  }

  @Test
  void withoutTheNativeLibraryTheProgramRunsWithoutLeases() throws Exception {
    Path output = folder.resolve("output");
    Process child =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Djna.nounpack=true",
                "-Djna.nosys=true",
                "-Djna.boot.library.path=/nowhere",
                "-cp",
                System.getProperty("java.class.path"),
                LeaseProbe.class.getName(),
                file.toString())
            .redirectOutput(output.toFile())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();

    assertThat(child.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(Files.readString(output)).endsWith("UNAVAILABLE");
  }

  /** Prints what the lease of a file is. */
  static final class LeaseProbe {

    private LeaseProbe() {}

    public static void main(String[] arguments) {
      try (Lease lease = SystemFileLease.open().acquire(Path.of(arguments[0]))) {
        System.out.print(lease.grant());
      }
    }
  }

  @Test
  void noFileStaysOpen() throws IOException {
    long before = openFiles();

    for (int i = 0; i < 200; i++) {
      leases.acquire(file).close();
      leases.acquire(folder.resolve("absent")).close();
    }

    assertThat(openFiles()).isLessThan(before + 100);
  }

  private static long openFiles() throws IOException {
    try (var descriptors = Files.list(Path.of("/proc/self/fd"))) {
      return descriptors.count();
    }
  }

  private static Process shell(String script, Path... arguments) {
    List<String> command = new ArrayList<>(List.of("sh", "-c", script));
    for (Path argument : arguments) {
      command.add(argument.toString());
    }
    try {
      return new ProcessBuilder(command).start();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
