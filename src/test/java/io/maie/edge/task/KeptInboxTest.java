package io.maie.edge.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.maie.edge.failure.FailureCode;
import io.maie.edge.failure.ProcessingException;
import io.maie.edge.progress.Stage;
import io.maie.edge.spool.Candidate;
import io.maie.edge.spool.EntryState;
import io.maie.edge.spool.InboxEntry;
import io.maie.edge.spool.InboxMode;
import io.maie.edge.spool.InboxOptions;
import io.maie.edge.task.TaskOutcome.Published;
import io.maie.edge.testing.ExternalProgram;
import io.maie.edge.testing.ManualTicker;
import io.maie.edge.testing.ScratchSpool;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An inbox whose recordings stay where they are, since it is read-only or meant to be kept. */
final class KeptInboxTest {
  @TempDir private Path home;
  private final ManualTicker time = new ManualTicker();
  private ScratchSpool spool;

  @BeforeEach
  void openSpool() {
    spool = fresh();
  }

  private ScratchSpool fresh() {
    return fresh(InboxMode.LEDGER);
  }

  private ScratchSpool fresh(InboxMode mode) {
    return new ScratchSpool(
        InboxOptions.of(home.resolve("inbox")).withMode(mode, home.resolve("state/ledger")),
        new TaskClock(time, time),
        TaskSettings.DEFAULTS,
        FaultPoint.disabled());
  }

  @Test
  void aRecordingIsProcessedOnceAndStays() throws IOException {
    Path dropped = spool.drop("a/r 1.wav", 640);
    Path sidecar = Files.writeString(dropped.resolveSibling("r 1.wav.job.json"), sidecar(7));

    assertThat(runNext()).isInstanceOf(Published.class);

    assertThat(dropped).exists();
    assertThat(sidecar).exists();
    assertThat(settled()).isEmpty();
    assertThat(entry(dropped).state()).isEqualTo(EntryState.IGNORED);
    assertThat(entry(dropped).reason()).contains("taken already");
    assertThat(
            new ObjectMapper()
                .readTree(home.resolve("outbox/a/r 1.wav.json").toFile())
                .at("/parameters/metadata/case")
                .asInt())
        .isEqualTo(7);
    assertThat(home.resolve("archive/a/r 1.wav")).hasSameBinaryContentAs(dropped);
    assertThat(spool.files("work")).isEmpty();
  }

  @Test
  void aQueueThatStillNamesATakenRecordingHasItCopiedOnce() throws IOException {
    spool.drop("a.wav", 640);
    Candidate candidate = settled().get(0);
    assertThat(spool.claims.claim(candidate)).isPresent();
    List<String> ledger = Files.readAllLines(home.resolve("state/ledger"));

    assertThat(spool.claims.claim(candidate)).isEmpty();

    assertThat(Files.readAllLines(home.resolve("state/ledger"))).isEqualTo(ledger);
  }

  @Test
  void aRestartForgetsNothing() throws IOException {
    spool.drop("a.wav", 640);
    spool.drop("b.wav", 64);
    runNext();
    runNext();
    spool = fresh();

    assertThat(settled()).isEmpty();
  }

  @Test
  void aTornLastLineOfTheLedgerCostsNoOtherLine() throws IOException {
    spool.drop("a.wav", 640);
    runNext();
    Path ledger = home.resolve("state/ledger");
    Files.writeString(ledger, Files.readString(ledger) + "taken\t12\t34");
    spool = fresh();
    assertThat(settled()).isEmpty();
    spool.drop("b.wav", 64);
    runNext();
    spool = fresh();

    assertThat(settled()).isEmpty();
  }

  @Test
  void recordingsThatWereCopiedLeaveAnInboxThatCanBeWrittenAgain() throws IOException {
    Path dropped = spool.drop("a/r 1.wav", 640);
    Files.writeString(dropped.resolveSibling("r 1.wav.job.json"), sidecar(7));
    runNext();
    failNext("b.wav", 64);
    spool = fresh(InboxMode.AUTO);

    spool.inbox.recover(spool.recordings);

    assertThat(settled()).isEmpty();
    assertThat(spool.files("inbox")).isEmpty();
    assertThat(spool.files("archive")).containsExactly("a/r 1.wav", "a/r 1.wav.job.json");
    assertThat(spool.files("failed")).contains("b.wav");
  }

  @Test
  void recordingsWhoseCopiesAreGoneStayInAnInboxThatCanBeWrittenAgain() throws IOException {
    spool.drop("a.wav", 640);
    spool.drop("b.wav", 64);
    runNext();
    Task unfinished = claimNext();
    Files.delete(home.resolve("archive/a.wav"));
    spool = fresh(InboxMode.AUTO);

    spool.inbox.recover(spool.recordings);

    assertThat(settled()).isEmpty();
    assertThat(spool.files("inbox")).containsExactly("a.wav", "b.wav");
    spool.runner.run(unfinished);
    assertThat(settled()).isEmpty();
    assertThat(spool.files("inbox")).containsExactly("a.wav");
  }

  @Test
  void aNewRecordingOfACopiedNameIsProcessedInAnInboxThatCanBeWrittenAgain() throws IOException {
    Path dropped = spool.drop("a.wav", 640);
    runNext();
    Files.write(dropped, new byte[640]);
    spool = fresh(InboxMode.AUTO);
    spool.inbox.recover(spool.recordings);

    assertThat(runNext()).isInstanceOf(Published.class);
    assertThat(spool.files("archive")).containsExactly("a.wav", "a~2.wav");
  }

  @Test
  void aRecordingThatChangedIsProcessedAgain() throws IOException {
    Path dropped = spool.drop("a.wav", 640);
    runNext();
    Files.write(dropped, new byte[644]);

    assertThat(runNext()).isInstanceOf(Published.class);
    assertThat(spool.files("outbox")).contains("a.wav.json", "a.wav~2.json");
    assertThat(settled()).isEmpty();
  }

  @Test
  void otherContentOfTheSameSizeAndTimeIsProcessedAgain() throws IOException {
    Path dropped = spool.drop("a.wav", 640);
    FileTime before = Files.getLastModifiedTime(dropped);
    runNext();
    Files.write(dropped, new byte[640]);
    Files.setLastModifiedTime(dropped, before);

    assertThat(runNext()).isInstanceOf(Published.class);
  }

  @Test
  void otherAttributesOfTheSameContentMeanNothing() throws IOException {
    Path dropped = spool.drop("a.wav", 640);
    runNext();
    Files.setPosixFilePermissions(dropped, PosixFilePermissions.fromString("rw-rw-rw-"));

    assertThat(spool.claims.claim(settled().get(0))).isEmpty();
    assertThat(settled()).isEmpty();
    assertThat(spool.files("work")).isEmpty();
  }

  @Test
  void aPowerCutBeforeTheLedgerConfirmsDoublesNothing() throws IOException {
    spool.drop("a.wav", 640);
    claimNext();
    withoutLastLineOfLedger();
    spool = fresh();

    spool.inbox.recover(spool.recordings);
    assertThat(settled()).isEmpty();
    assertThat(spool.runner.run(spool.recovery.recover().get(0))).isInstanceOf(Published.class);
    assertThat(settled()).isEmpty();
  }

  @Test
  void aPowerCutBeforeTheCopyIsATasksLosesNothing() throws IOException {
    spool.drop("a.wav", 640);
    Task task = claimNext();
    withoutLastLineOfLedger();
    Files.delete(spool.store.folder(task).input(task));
    spool = fresh();

    spool.inbox.recover(spool.recordings);
    assertThat(spool.recovery.recover()).isEmpty();
    assertThat(runNext()).isInstanceOf(Published.class);
  }

  @Test
  void aFailedRecordingThatIsRetriedIsTakenFromTheInboxAgain() throws IOException {
    Path dropped = failNext("a.wav", 640);
    FailedRecordings failed = new FailedRecordings(spool.places.failed(), spool.inbox);

    failed.retry(Path.of("a.wav"));

    assertThat(spool.files("failed")).isEmpty();
    assertThat(dropped).exists();
    assertThat(settled()).hasSize(1);
    Files.delete(dropped);
    assertThatThrownBy(
            () -> spool.inbox.giveBack(home.resolve("archive"), Path.of("a.wav"), Optional.empty()))
        .hasMessageContaining("does not lie there any more");
  }

  /** In a mount namespace of its own, where that may be made. */
  @Test
  void aReadOnlyInboxIsNoticedWithoutASetting() throws Exception {
    spool.drop("a.wav", 640);
    String script =
        "mount --bind '%1$s' '%1$s' && mount -o remount,bind,ro '%1$s' && exec \"$@\""
            .formatted(home.resolve("inbox"));
    List<String> namespace =
        List.of(
            ExternalProgram.require("unshare").toString(),
            "--mount",
            "--map-root-user",
            "sh",
            "-c",
            script,
            "sh");
    assumeTrue(output(namespace, List.of("true")).isEmpty(), "no mounting in a namespace");

    String output =
        output(
            namespace,
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xshare:auto",
                "-cp",
                System.getProperty("java.class.path"),
                ReadOnlyInboxProbe.class.getName(),
                home.toString()));

    assertThat(output).contains("first 1 published", "again 0");
    assertThat(home.resolve("outbox/a.wav.json")).exists();
    assertThat(spool.files("inbox")).containsExactly("a.wav");
  }

  private String output(List<String> namespace, List<String> program)
      throws IOException, InterruptedException {
    Path output = home.resolve("output");
    List<String> command = new ArrayList<>(namespace);
    command.addAll(program);
    Process child =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    assertThat(child.waitFor(120, TimeUnit.SECONDS)).isTrue();
    return Files.readString(output, StandardCharsets.UTF_8);
  }

  /** The state after the announcement of the last claim. */
  private void withoutLastLineOfLedger() throws IOException {
    Path ledger = home.resolve("state/ledger");
    List<String> lines = Files.readAllLines(ledger);
    assertThat(lines.get(lines.size() - 1)).startsWith("taken");
    Files.writeString(ledger, String.join("\n", lines.subList(0, lines.size() - 1)) + "\n");
  }

  private static String sidecar(int number) {
    return "{\"metadata\": {\"case\": " + number + "}}";
  }

  private InboxEntry entry(Path recording) {
    return spool.inbox.scan().entries().stream()
        .filter(entry -> entry.path().equals(recording))
        .findFirst()
        .orElseThrow();
  }

  private Path failNext(String name, int bytes) throws IOException {
    Path dropped = spool.drop(name, bytes);
    spool.engines.on(
        Stage.DECODE,
        context -> {
          throw new ProcessingException(FailureCode.NO_AUDIO_STREAM, "scripted failure");
        });
    assertThat(runNext()).isInstanceOf(TaskOutcome.Quarantined.class);
    return dropped;
  }

  private TaskOutcome runNext() throws IOException {
    return spool.runner.run(claimNext());
  }

  private Task claimNext() throws IOException {
    return spool.claims.claim(settled().get(0)).orElseThrow();
  }

  private List<Candidate> settled() {
    spool.inbox.scan();
    time.advance(Duration.ofMinutes(3));
    return spool.inbox.scan().ready();
  }
}
