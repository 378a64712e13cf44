package io.maie.edge.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.maie.edge.spool.ArrivalChecks;
import io.maie.edge.spool.Candidate;
import io.maie.edge.spool.Claim;
import io.maie.edge.spool.Inbox;
import io.maie.edge.spool.InboxOptions;
import io.maie.edge.spool.Ranking;
import io.maie.edge.spool.SettleOptions;
import io.maie.edge.spool.SystemFileLease;
import io.maie.edge.testing.ExternalProgram;
import io.maie.edge.testing.LoopbackServer;
import io.maie.edge.time.Ticker;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Recordings that arrive as they do in the field: through real servers, by real clients, while the
 * inbox is scanned all the time. What is claimed is the whole file, and nothing else is.
 */
final class RealArrivalsTest {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  /** Long enough that the clients take several writes. */
  private static final String SECONDS_OF_SOUND = "120";

  @TempDir Path folder;
  private Path inbox;
  private Path work;
  private Path wav;
  private Path mp3;

  private final List<LoopbackServer> servers = new ArrayList<>();

  @BeforeEach
  void makeRecordings() throws IOException {
    inbox = Files.createDirectory(folder.resolve("inbox"));
    work = Files.createDirectory(folder.resolve("work"));
    wav = recording("M\u00fcller talk.wav");
    mp3 = recording("M\u00fcller talk.mp3");
  }

  @AfterEach
  void stopServers() {
    servers.forEach(LoopbackServer::close);
  }

  @Test
  void aWavCopiedByScpIsClaimedWhole() throws IOException {
    assertArrivesWhole(wav, ssh("scp", "-p", wav));
  }

  @Test
  void anMp3CopiedByScpIsClaimedWhole() throws IOException {
    assertArrivesWhole(mp3, ssh("scp", "-p", mp3));
  }

  @Test
  void aWavPutBySftpIsClaimedWhole() throws IOException {
    LoopbackServer server = sshServer();
    Path batch =
        Files.writeString(folder.resolve("batch"), "put -p \"%s\" \"%s/\"%n".formatted(wav, inbox));

    assertArrivesWhole(
        wav,
        command(
            List.of("sftp", "-P", Integer.toString(server.port()), "-b", batch.toString()),
            server,
            List.of(user() + "@127.0.0.1")));
  }

  @Test
  void aWavSentByRsyncIsClaimedWhole() throws IOException {
    assertArrivesWhole(wav, rsync(wav, "-a"));
  }

  @Test
  void anMp3SentByRsyncInPlaceIsClaimedWhole() throws IOException {
    assertArrivesWhole(mp3, rsync(mp3, "-a", "--inplace", "--bwlimit=800"));
  }

  @Test
  void aWavThatRsyncNamesLateIsClaimedWhole() throws IOException {
    assertArrivesWhole(wav, rsync(wav, "-a", "--delay-updates", "--bwlimit=2000"));
  }

  @Test
  void aWavThatRsyncWritesElsewhereIsClaimedWhole() throws IOException {
    Path elsewhere = Files.createDirectory(inbox.resolve(".rsync"));
    assertArrivesWhole(wav, rsync(wav, "-a", "--temp-dir=" + elsewhere, "--bwlimit=2000"));
  }

  @Test
  void aWavThatRsyncBreaksOffIsClaimedWholeOnceItIsSentAgain() throws Exception {
    List<String> client = rsync(wav, "-a", "--partial", "--bwlimit=1000");
    Process broken = new ProcessBuilder(client).redirectErrorStream(true).start();
    await().atMost(LIMIT).until(this::isSomethingThere);
    broken.destroy();
    assertThat(broken.waitFor(1, TimeUnit.MINUTES)).isTrue();

    assertArrivesWhole(wav, client);
  }

  private boolean isSomethingThere() throws IOException {
    try (Stream<Path> files = Files.list(inbox)) {
      return files.anyMatch(file -> file.toFile().length() > 100_000);
    }
  }

  @Test
  void aWavCopiedToASambaShareIsClaimedWhole() throws IOException {
    assertArrivesWhole(wav, smbclient(wav));
  }

  @Test
  void anMp3CopiedToASambaShareIsClaimedWhole() throws IOException {
    assertArrivesWhole(mp3, smbclient(mp3));
  }

  private void assertArrivesWhole(Path source, List<String> client) throws IOException {
    Inbox scanned =
        new Inbox(
            InboxOptions.of(inbox)
                .withSettle(SettleOptions.DEFAULTS.withSettleTime(Duration.ofSeconds(2))),
            new ArrivalChecks(
                new ContainerWholeness(), Ranking.byArrival(), SystemFileLease.open()),
            Ticker.system());
    Thread sender = new Thread(() -> ExternalProgram.run(client), "sender");
    List<Throwable> failures = new ArrayList<>();
    sender.setUncaughtExceptionHandler((thread, failure) -> failures.add(failure));
    sender.start();

    Claim claim =
        await()
            .atMost(LIMIT)
            .pollInterval(Duration.ofMillis(20))
            .until(() -> claimFirst(scanned), Optional::isPresent)
            .orElseThrow();
    await().atMost(LIMIT).until(() -> !sender.isAlive());

    assertThat(failures).isEmpty();
    assertThat(claim.candidate().relative()).hasToString(source.getFileName().toString());
    assertThat(claim.recording()).hasSameBinaryContentAs(source);
    assertThat(scanned.scan().ready()).isEmpty();
  }

  private Optional<Claim> claimFirst(Inbox scanned) {
    for (Candidate candidate : scanned.scan().ready()) {
      try {
        Optional<Claim> claim = scanned.claim(candidate, work.resolve("input"));
        if (claim.isPresent()) {
          return claim;
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return Optional.empty();
  }

  private Path recording(String name) throws IOException {
    Path file = Files.createDirectories(folder.resolve("client")).resolve(name);
    ExternalProgram.run(
        List.of(
            ExternalProgram.require("ffmpeg").toString(),
            "-v",
            "error",
            "-f",
            "lavfi",
            "-i",
            "sine=frequency=440:sample_rate=16000:duration=" + SECONDS_OF_SOUND,
            file.toString()));
    return file;
  }

  private List<String> ssh(String program, String option, Path source) throws IOException {
    LoopbackServer server = sshServer();
    return command(
        List.of(program, option, "-P", Integer.toString(server.port())),
        server,
        List.of(source.toString(), user() + "@127.0.0.1:" + inbox + "/"));
  }

  private List<String> rsync(Path source, String... options) throws IOException {
    ExternalProgram.require("rsync");
    LoopbackServer server = sshServer();
    List<String> command = new ArrayList<>(List.of("rsync"));
    command.addAll(List.of(options));
    command.add("-e");
    command.add(
        "ssh -p %d -i %s -o StrictHostKeyChecking=no -o UserKnownHostsFile=/dev/null"
            .formatted(server.port(), server.key()));
    command.add(source.toString());
    command.add(user() + "@127.0.0.1:" + inbox + "/");
    return command;
  }

  private List<String> smbclient(Path source) throws IOException {
    ExternalProgram.require("smbclient");
    LoopbackServer server = LoopbackServer.samba(newFolder("samba"), inbox);
    servers.add(server);
    return List.of(
        "smbclient",
        "//127.0.0.1/inbox",
        "-p",
        Integer.toString(server.port()),
        "-N",
        "-c",
        "put \"%s\" \"%s\"".formatted(source, source.getFileName()));
  }

  private LoopbackServer sshServer() throws IOException {
    LoopbackServer server = LoopbackServer.ssh(newFolder("ssh"));
    servers.add(server);
    return server;
  }

  private Path newFolder(String name) throws IOException {
    return Files.createDirectory(folder.resolve(name));
  }

  private static List<String> command(
      List<String> program, LoopbackServer server, List<String> arguments) {
    List<String> command = new ArrayList<>(program);
    command.addAll(
        List.of(
            "-i",
            server.key().toString(),
            "-o",
            "StrictHostKeyChecking=no",
            "-o",
            "UserKnownHostsFile=/dev/null"));
    command.addAll(arguments);
    return command;
  }

  private static String user() {
    return System.getProperty("user.name");
  }
}
