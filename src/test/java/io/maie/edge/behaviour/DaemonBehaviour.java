package io.maie.edge.behaviour;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.maie.edge.daemon.RunSummary;
import io.maie.edge.failure.FailureCode;
import io.maie.edge.failure.ProcessingException;
import io.maie.edge.progress.Stage;
import io.maie.edge.task.TaskLimits;
import io.maie.edge.telemetry.Check;
import io.maie.edge.telemetry.LifeState;
import io.maie.edge.telemetry.Status;
import io.maie.edge.telemetry.StatusCodec;
import io.maie.edge.testing.ScratchDaemon;
import io.maie.edge.testing.ShippedSchema;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Behaviour of the whole daemon, with and without change reports of the system. */
abstract class DaemonBehaviour {
  @TempDir private Path home;
  private ScratchDaemon scratch;

  abstract boolean isWatching();

  @BeforeEach
  void prepare() {
    scratch = ScratchDaemon.prepare(home, isWatching());
  }

  @AfterEach
  void stopAndCheckEveryDocument() throws IOException {
    scratch.close();
    ShippedSchema.acceptsAllDocumentsOf(home);
  }

  @Test
  void aDroppedRecordingBecomesADocument() throws IOException {
    scratch.daemon.start();

    scratch.spool.drop("mit Umlaut ä/a b.wav", 64);

    eventually(
        () ->
            assertThat(scratch.spool.files("outbox"))
                .contains("mit Umlaut ä/a b.wav.json", "mit Umlaut ä/a b.wav.txt"));
    eventually(() -> assertThat(scratch.spool.files("archive")).hasSize(1));
  }

  @Test
  void recordingsFromBeforeTheStartAreProcessed() throws IOException {
    scratch.spool.drop("early.wav", 64);

    scratch.daemon.start();

    eventually(() -> assertThat(scratch.spool.files("archive")).containsExactly("early.wav"));
  }

  @Test
  void drainingProcessesEverythingThatSettlesAndReturns() throws Exception {
    failOn(13);
    IntStream.range(10, 20).forEach(i -> assertThat(dropQuietly("r" + i + ".wav", 2 * i)).exists());
    scratch.daemon.start();

    RunSummary summary = scratch.daemon.drain();

    assertThat(summary).isEqualTo(new RunSummary(9, 1, 0, 0, List.of()));
    assertThat(scratch.spool.files("inbox")).isEmpty();
    assertThat(scratch.spool.files("archive")).hasSize(9);
    assertThat(scratch.spool.files("failed")).hasSize(3);
  }

  /** A recording with two names is claimed by a copy, and a file lies where that begins. */
  @Test
  @Timeout(60)
  void drainingEndsAlthoughARecordingCannotBeTaken() throws Exception {
    Path file = scratch.spool.drop("a.wav", 64);
    Files.createLink(home.resolve("second name"), file);
    Files.createFile(home.resolve("inbox/.maie-claimed"));
    scratch.spool.drop("b.wav", 32);
    scratch.daemon.start();

    RunSummary summary = scratch.daemon.drain();

    assertThat(summary).isEqualTo(new RunSummary(1, 0, 0, 0, List.of()));
    assertThat(scratch.spool.files("inbox")).containsExactly("a.wav");
    eventually(
        () ->
            assertThat(status().ignored())
                .anySatisfy(
                    entry ->
                        assertThat(entry.state() + entry.reason())
                            .contains("PERMISSION_DENIED", "cannot be moved")));
  }

  /** Somebody who reaches the device through the shared folder alone. */
  @Test
  void aFilePauseInTheInboxStopsClaimingUntilItIsDeleted() throws IOException {
    Files.createFile(home.resolve("inbox/PAUSE.txt"));
    scratch.daemon.start();
    eventually(() -> assertThat(status().state()).isEqualTo(LifeState.PAUSED));
    assertThat(status().blocked())
        .singleElement()
        .asString()
        .contains("file PAUSE.txt in", "delete it to continue");

    scratch.spool.drop("a.wav", 64);
    eventually(
        () ->
            assertThat(status().waiting())
                .singleElement()
                .extracting(Status.Waiting::reason)
                .isEqualTo("complete; waits until recordings are taken again"));
    Files.delete(home.resolve("inbox/PAUSE.txt"));

    eventually(() -> assertThat(home.resolve("outbox/a.wav.json")).exists());
    assertThat(scratch.spool.files("failed")).isEmpty();
  }

  @Test
  void aPausedDaemonTakesNothingUntilItIsResumed_alsoOverARestart() throws IOException {
    scratch.daemon.start();
    scratch.pause.pause();
    eventually(() -> assertThat(status().state()).isEqualTo(LifeState.PAUSED));
    scratch.daemon.stop();
    scratch = ScratchDaemon.prepare(home, isWatching());
    scratch.daemon.start();

    scratch.spool.drop("a.wav", 64);

    eventually(() -> assertThat(status().waiting()).hasSize(1));
    assertThat(scratch.spool.files("inbox")).containsExactly("a.wav");

    scratch.pause.resume();

    eventually(() -> assertThat(scratch.spool.files("archive")).containsExactly("a.wav"));
  }

  @Test
  void aFailedRecordingThatIsPutBackIsTriedAgain() throws IOException {
    failOn(32);
    scratch.daemon.start();
    scratch.spool.drop("sub/a.wav", 64);
    eventually(() -> assertThat(scratch.spool.files("failed")).hasSize(3));
    scratch.spool.engines.on(Stage.ASR, context -> {});

    scratch.failed.retry(Path.of("sub/a.wav"));

    eventually(() -> assertThat(scratch.spool.files("archive")).containsExactly("sub/a.wav"));
    assertThat(scratch.spool.files("failed")).isEmpty();
  }

  @Test
  void aRunningTaskIsCancelledOnRequest() throws IOException {
    startEndlessTask();

    scratch.cancel("a.wav");

    eventually(
        () -> assertThat(home.resolve("failed/a.wav.error.txt")).content().contains("CANCELLED"));
  }

  @Test
  void aFailingCheckStopsClaimingAndSaysWhyUntilItIsFine() throws IOException {
    scratch.setFinding(Check.Finding.failure("the model is damaged", "Install it again"));
    scratch.daemon.start();
    scratch.spool.drop("a.wav", 64);

    eventually(() -> assertThat(status().state()).isEqualTo(LifeState.BLOCKED));
    eventually(() -> assertThat(status().waiting()).hasSize(1));
    assertThat(home.resolve("outbox/STATUS.txt")).content().contains("the model is damaged");
    assertThat(scratch.spool.files("inbox")).containsExactly("a.wav");

    scratch.setFinding(Check.Finding.ok("fine"));

    eventually(() -> assertThat(scratch.spool.files("archive")).containsExactly("a.wav"));
  }

  /** A folder in place of the sidecar prevents archiving. */
  @Test
  void aRecordingThatCannotBePutAwayWaitsAloneAndSaysWhy() throws IOException {
    scratch.spool.engines.on(
        Stage.ASR,
        context -> {
          if (Files.size(runningInput()) == 64) {
            Files.createDirectories(runningInput().resolveSibling("input.job.json/x"));
          }
        });
    scratch.daemon.start();
    scratch.spool.drop("bad.wav", 64);
    eventually(() -> assertThat(status().waiting()).hasSize(1));

    scratch.spool.drop("good.wav", 32);

    eventually(() -> assertThat(scratch.spool.files("archive")).containsExactly("good.wav"));
    assertThat(status().blocked()).isEmpty();
    // the status tells of the inbox what the latest scan saw there
    eventually(
        () ->
            assertThat(status().waiting())
                .singleElement()
                .satisfies(
                    waiting ->
                        assertThat(waiting.reason())
                            .contains("Is a directory", "next attempt at")));
    assertThat(scratch.spool.files("outbox")).contains("bad.wav.json");
    assertThat(scratch.spool.files("work")).anyMatch(name -> name.endsWith("/input.wav"));
  }

  @Test
  void aFullDiskStopsClaimingAndTheInboxStaysUntouched() throws IOException {
    scratch.freeBytes.set(10);
    scratch.daemon.start();
    scratch.spool.drop("a.wav", 64);

    eventually(() -> assertThat(status().blocked()).isNotEmpty());
    assertThat(status().blocked().get(0)).contains("DISK_FULL");
    assertThat(scratch.spool.files("inbox")).containsExactly("a.wav");

    scratch.freeBytes.set(900_000);

    eventually(() -> assertThat(scratch.spool.files("archive")).containsExactly("a.wav"));
  }

  @Test
  void aTaskIsInterruptedWithoutFailureWhenAnotherThreadDies() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    AtomicBoolean ended = new AtomicBoolean();
    scratch.spool.engines.on(
        Stage.ASR,
        context -> {
          begun.countDown();
          try {
            while (true) {
              context.tick(0.5);
              Thread.onSpinWait();
            }
          } finally {
            ended.set(true);
          }
        });
    scratch.daemon.start();
    scratch.spool.drop("a.wav", 64);
    awaitGate(begun);

    scratch.breakUpkeep();

    assertThat(scratch.daemon.awaitEnd()).isFalse();
    assertThat(ended).isTrue();
    assertThat(scratch.spool.files("failed")).isEmpty();
    assertThat(scratch.spool.files("work")).anyMatch(name -> name.endsWith(".wav"));
  }

  @Test
  void aStopInterruptsTheRunningTaskAndTheNextStartFinishesIt() throws IOException {
    startEndlessTask();

    scratch.daemon.stop();

    assertThat(scratch.notifier.messages()).contains("ready", "stopping");
    assertThat(status().state()).isEqualTo(LifeState.STOPPED);
    scratch = ScratchDaemon.prepare(home, isWatching());
    scratch.daemon.start();
    eventually(() -> assertThat(scratch.spool.files("archive")).containsExactly("a.wav"));
    assertThat(home.resolve("outbox/a.wav.json")).content().contains("\"attempts\": 1");
  }

  @Test
  void anEngineThatDoesNotAnswerDelaysTheStopOnlySoLongAndCountsNoAttempt() throws IOException {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch never = new CountDownLatch(1);
    scratch.spool.engines.on(
        Stage.ASR,
        context -> {
          begun.countDown();
          awaitUninterruptibly(never);
        });
    scratch.daemon.start();
    scratch.spool.drop("a.wav", 64);
    awaitGate(begun);

    scratch.daemon.stop();

    assertThat(scratch.spool.recovery.recover().get(0).facts().countedAttempts()).isZero();
    never.countDown();
  }

  /** An error is no failure of a recording; but one that brings it back and back is put aside. */
  @Test
  void aRecordingThatEndsTheProcessWithAnErrorFailsAfterTheAllowedCrashes() throws Exception {
    scratch.spool.drop("a.wav", 64);
    for (int crash = 0; crash < TaskLimits.DEFAULTS.crashes(); crash++) {
      scratch.spool.engines.on(
          Stage.ASR,
          context -> {
            context.checkpoint().begin("window 1");
            throw new StackOverflowError("scripted");
          });
      scratch.daemon.start();

      assertThat(scratch.daemon.awaitEnd()).as("asked to end").isFalse();

      scratch.daemon.stop();
      assertThat(scratch.spool.files("failed")).isEmpty();
      scratch = ScratchDaemon.prepare(home, isWatching());
    }
    scratch.spool.drop("b.wav", 66);
    scratch.daemon.start();

    eventually(() -> assertThat(scratch.spool.files("archive")).containsExactly("b.wav"));
    assertThat(home.resolve("failed/a.wav.error.txt")).content().contains("POISON_FILE");
    assertThat(scratch.spool.files("work")).isEmpty();
  }

  /** More signs than come before an idle thread would count as stuck. */
  @Test
  void anIdleDaemonGivesSignsOfLife() throws IOException {
    scratch.daemon.start();

    eventually(
        () ->
            assertThat(scratch.notifier.messages())
                .filteredOn(message -> message.equals("watchdog"))
                .hasSizeGreaterThan(4));
  }

  @Test
  void anInboxThatDisappearsBlocksAndComesBack() throws IOException {
    scratch.daemon.start();
    eventually(() -> assertThat(status().state()).isEqualTo(LifeState.IDLE));
    Path away = home.resolve("away");
    Files.move(home.resolve("inbox"), away);

    eventually(() -> assertThat(status().state()).isEqualTo(LifeState.BLOCKED));

    Files.move(away, home.resolve("inbox"));
    scratch.spool.drop("a.wav", 64);
    eventually(() -> assertThat(scratch.spool.files("archive")).containsExactly("a.wav"));
  }

  @Test
  void theRecordingOfHigherPriorityGoesFirst() throws IOException {
    scratch.pause.pause();
    scratch.spool.drop("a.wav", 64);
    scratch.spool.drop("b.wav", 66);
    Files.writeString(home.resolve("inbox/b.wav.job.json"), "{\"priority\": 5}");
    scratch.daemon.start();
    eventually(
        () ->
            assertThat(status().waiting())
                .extracting(Status.Waiting::name)
                .containsExactly("b.wav", "a.wav"));

    scratch.pause.resume();

    eventually(() -> assertThat(status().results()).hasSize(2));
    assertThat(status().results().get(1).name()).isEqualTo("b.wav");
  }

  @Test
  void theStatusTellsWhatRunsWithStageAndShare() throws IOException {
    CountDownLatch release = new CountDownLatch(1);
    scratch.spool.engines.on(
        Stage.ASR,
        context -> {
          context.tick(0.5);
          awaitUninterruptibly(release);
        });
    scratch.daemon.start();
    scratch.spool.drop("a.wav", 64);

    eventually(() -> assertThat(status().running()).isNotNull());
    eventually(
        () -> {
          Status.Running running = requireNonNull(status().running(), "nothing runs yet");
          assertThat(running.stage()).isEqualTo("asr");
          assertThat(running.status()).isEqualTo("PROCESSING_ASR");
          assertThat(running.percent()).isBetween(40, 70);
        });
    release.countDown();
  }

  @Test
  void aLateSidecarIsReported() throws IOException {
    scratch.daemon.start();
    scratch.spool.drop("a.wav", 64);
    eventually(() -> assertThat(status().results()).hasSize(1));

    Files.writeString(home.resolve("inbox/a.wav.job.json"), "{}");

    eventually(
        () ->
            assertThat(status().ignored())
                .singleElement()
                .satisfies(entry -> assertThat(entry.reason()).contains("SIDECAR_LATE")));
    eventually(
        () -> assertThat(home.resolve("outbox/STATUS.txt")).content().contains("SIDECAR_LATE"));
    assertThat(home.resolve("state/history.jsonl"))
        .content()
        .containsOnlyOnce("\"remark\":\"SIDECAR_LATE\"");
    assertThat(scratch.spool.places.history().recent(10_000)).hasSize(1);
  }

  @Test
  void aLateSidecarInASpellingOfItsOwnIsReportedToo() throws IOException {
    String name = Normalizer.normalize("M\u00FCller.wav", Normalizer.Form.NFD);
    scratch.daemon.start();
    scratch.spool.drop(name, 64);
    eventually(() -> assertThat(status().results()).hasSize(1));

    Files.writeString(home.resolve("inbox/" + name + ".job.json"), "{}");

    eventually(
        () ->
            assertThat(status().ignored())
                .singleElement()
                .satisfies(entry -> assertThat(entry.reason()).contains("SIDECAR_LATE")));
  }

  /** Recordings of that many samples fail in recognition. */
  private void failOn(int samples) {
    scratch.spool.engines.on(
        Stage.ASR,
        context -> {
          if (Files.size(runningInput()) == 2L * samples) {
            throw new ProcessingException(FailureCode.ASR_PROCESSING_ERROR, "scripted");
          }
        });
  }

  private Path runningInput() {
    return home.resolve("work")
        .resolve(scratch.spool.runner.running().orElseThrow().task().id())
        .resolve("input.wav");
  }

  private Path dropQuietly(String name, int bytes) {
    try {
      return scratch.spool.drop(name, bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Status status() throws IOException {
    return StatusCodec.decode(Files.readAllBytes(home.resolve("state/status.json")));
  }

  private static void eventually(ThrowingRunnable assertion) {
    await().atMost(20, TimeUnit.SECONDS).untilAsserted(assertion);
  }

  /** Starts the daemon with a recording whose recognition goes on until the task is stopped. */
  private void startEndlessTask() throws IOException {
    CountDownLatch begun = new CountDownLatch(1);
    scratch.spool.engines.on(
        Stage.ASR,
        context -> {
          begun.countDown();
          while (true) {
            context.tick(0.5);
            Thread.onSpinWait();
          }
        });
    scratch.daemon.start();
    scratch.spool.drop("a.wav", 64);
    awaitGate(begun);
  }

  private static void awaitGate(CountDownLatch gate) {
    await().atMost(20, TimeUnit.SECONDS).until(() -> gate.getCount() == 0);
  }

  private static void awaitUninterruptibly(CountDownLatch gate) {
    boolean interrupted = false;
    while (gate.getCount() > 0) {
      try {
        gate.await();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
