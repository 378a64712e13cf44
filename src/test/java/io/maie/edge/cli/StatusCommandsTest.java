package io.maie.edge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.maie.edge.telemetry.Check;
import io.maie.edge.telemetry.DiskLevel;
import io.maie.edge.telemetry.LifeState;
import io.maie.edge.telemetry.Status;
import io.maie.edge.telemetry.StatusFiles;
import io.maie.edge.time.Ticker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class StatusCommandsTest {
  private static final Instant NOON = Instant.parse("2026-03-04T12:00:00.123456789Z");

  @TempDir private Path home;

  @Test
  void statusShowsTheRunningTask() throws IOException {
    Shell shell = shell(status("WORKING", "OK", true));

    assertThat(shell.type("status")).isZero();

    assertThat(shell.out())
        .contains("täglich.wav", "42 %")
        .doesNotContain("not running. This is what it said last");
  }

  @Test
  void statusOfADeadDaemonSaysSo() throws IOException {
    Shell shell = shellOfDead(status("WORKING", "OK", true));

    assertThat(shell.type("status")).isZero();

    assertThat(shell.out()).startsWith("The daemon is not running.");
  }

  @Test
  void jsonIsPassedOnByteForByte() throws IOException {
    Shell shell = shell(status("WORKING", "OK", true));

    assertThat(shell.type("status", "--json")).isZero();

    assertThat(shell.out()).isEqualTo(Files.readString(statusFile()) + "\n");
  }

  @Test
  void health_runningWithoutFailures() throws IOException {
    Shell shell = shell(status("IDLE", "WARNING", false));

    assertThat(shell.type("health")).isZero();

    assertThat(shell.out()).isEqualTo("healthy: IDLE\n");
  }

  @Test
  void health_failedCheck() throws IOException {
    Shell shell = shell(status("IDLE", "FAILURE", false));

    assertThat(shell.type("health")).isEqualTo(1);

    assertThat(shell.out()).isEqualTo("unhealthy: model: damaged. import it again\n");
  }

  @Test
  void health_blocked() throws IOException {
    Shell shell = shell(status("BLOCKED", "OK", false));

    assertThat(shell.type("health")).isEqualTo(1);

    assertThat(shell.out()).contains("unhealthy: the disk is full");
  }

  @Test
  void health_killedDaemonWhoseNumberSomebodyElseHas() throws IOException {
    Shell shell = shellOfDead(status("IDLE", "OK", false));

    assertThat(shell.type("health")).isEqualTo(1);

    assertThat(shell.out()).contains("not running");
  }

  @Test
  void health_stoppedDaemon() throws IOException {
    Shell shell = shell(status("STOPPED", "OK", false));

    assertThat(shell.type("health")).isEqualTo(1);
  }

  @Test
  void health_neverRun() {
    Shell shell = new Shell(new FakeProgram(home), false);

    assertThat(shell.type("health")).isEqualTo(1);

    assertThat(shell.err()).contains("never run", "health", "maie-edge run");
  }

  @Test
  void health_daemonWithoutASignOfLife() throws IOException {
    FakeProgram program = new FakeProgram(home);
    program.daemonRuns = true;
    program.now = Instant.now().plusSeconds(95);
    Shell shell = shell(program, status("IDLE", "OK", false));

    assertThat(shell.type("health")).isEqualTo(1);
    assertThat(shell.type("status")).isZero();

    assertThat(shell.out())
        .contains("unhealthy: the daemon has shown no sign of life for 1 min 3")
        .contains("Its last status:");
  }

  @Test
  void health_startingDaemon() throws IOException {
    Shell shell = shell(status("STARTING", "OK", false));

    assertThat(shell.type("health")).isEqualTo(1);

    assertThat(shell.out()).isEqualTo("unhealthy: The program is starting.\n");
  }

  @Test
  void optionsBeforeAndAfterTheCommandAreUnderstoodQuicklyToo() throws IOException {
    Shell shell = shell(status("IDLE", "OK", false));

    assertThat(shell.type("--home", "/a", "status", "--config=/b.yaml", "--profile", "edge"))
        .isZero();
  }

  @Test
  void unknownArgumentsOfQuickCommandsGetTheUsualExplanation() throws IOException {
    Shell shell = shell(status("IDLE", "OK", false));

    assertThat(shell.type("status", "--jsn")).isEqualTo(64);
    assertThat(shell.type("health", "--json")).isEqualTo(64);
    assertThat(shell.type("status", "again")).isEqualTo(64);
    assertThat(shell.type("status", "--home")).isEqualTo(64);

    assertThat(shell.err()).contains("--jsn", "maie-edge status --help");
  }

  private Shell shell(Status status) throws IOException {
    FakeProgram program = new FakeProgram(home);
    program.daemonRuns = true;
    return shell(program, status);
  }

  private Shell shellOfDead(Status status) throws IOException {
    return shell(new FakeProgram(home), status);
  }

  private Shell shell(FakeProgram program, Status status) throws IOException {
    Path state = Files.createDirectories(home.resolve("state"));
    Path outbox = Files.createDirectories(home.resolve("outbox"));
    StatusFiles files =
        new StatusFiles(
            state,
            new StatusFiles.SharedFolder(outbox, () -> {}),
            Duration.ofSeconds(1),
            Ticker.system(),
            Instant::now);
    files.write(status);
    files.beat();
    return new Shell(program, false);
  }

  private Path statusFile() {
    return home.resolve("state/status.json");
  }

  private static Status status(String state, String level, boolean full) {
    Status.Ended failure =
        new Status.Ended(NOON, "t2", "b.wav", List.of(), null, null, "EMPTY_FILE", "0 bytes");
    Status.Ended result =
        new Status.Ended(NOON, "t3", "c.wav", List.of("c.wav.json"), 6.5, 1.25, null, null);
    return new Status(
        LifeState.valueOf(state),
        "1.2.3",
        7,
        NOON,
        full ? running() : null,
        state.equals("BLOCKED") ? List.of("the disk is full") : List.of(),
        full
            ? List.of(new Status.Waiting("d.wav", "settling", "still growing", 7, -3, null))
            : List.of(),
        full ? 17 : 0,
        full ? List.of(new Status.Waiting("link", "ignored", "a link", 0, 0, null)) : List.of(),
        full ? 1 : 0,
        full ? List.of(result) : List.of(),
        full ? List.of(failure) : List.of(),
        List.of(new Status.Disk("inbox", 1, 5_000_000_000L, 3, DiskLevel.FINE)),
        List.of(new Status.Model("small-asr", "asr", true, true)),
        List.of(
            new Status.CheckResult(
                "model", Check.Level.valueOf(level), "damaged", "import it again")),
        new Status.Scan(true, 15, full ? 12L : null),
        full ? new Status.NextDeletions(2, 99, "e.wav", null) : Status.NextDeletions.NONE,
        new Status.Counts(3, 1, 2, 61.5, 9.25, Map.of(), List.of()));
  }

  private static Status.@Nullable Running running() {
    return new Status.Running(
        "t1", "täglich.wav", "PROCESSING_ASR", "asr", 42, 420L, NOON, 61.2, 2);
  }
}
