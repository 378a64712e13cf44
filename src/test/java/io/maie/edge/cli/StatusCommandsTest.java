package io.maie.edge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.maie.edge.telemetry.Status;
import io.maie.edge.telemetry.StatusCodec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class StatusCommandsTest {
  private static final Instant NOON = Instant.parse("2026-03-04T12:00:00.123456789Z");
  private static final long OWN_PID = ProcessHandle.current().pid();

  @TempDir private Path home;

  @Test
  void theQuickReaderReadsWhatTheCodecWrites() throws IOException {
    Status full = status("WORKING", OWN_PID, "FAILURE", true);

    assertThat(StatusReader.read(StatusCodec.encode(full))).isEqualTo(full);
  }

  @Test
  void theQuickReaderReadsWhatIsAbsent() throws IOException {
    Status sparse = status("IDLE", OWN_PID, "OK", false);

    assertThat(StatusReader.read(StatusCodec.encode(sparse))).isEqualTo(sparse);
  }

  @Test
  void theStatusThatShipsForTheLauncherIsComplete() throws IOException {
    byte[] shipped = Files.readAllBytes(Path.of("src/main/dist/samples/home/state/status.json"));

    assertThat(StatusReader.read(shipped)).isEqualTo(StatusCodec.decode(shipped));
    assertThat(StatusReader.read(shipped).running()).isNotNull();
  }

  @Test
  void statusShowsTheRunningTask() throws IOException {
    Shell shell = shell(status("WORKING", OWN_PID, "OK", true));

    assertThat(shell.type("status")).isZero();

    assertThat(shell.out())
        .contains("täglich.wav", "42 %")
        .doesNotContain("not running. This is what it said last");
  }

  @Test
  void statusOfADeadDaemonSaysSo() throws IOException {
    Shell shell = shellOfDead(status("WORKING", OWN_PID, "OK", true));

    assertThat(shell.type("status")).isZero();

    assertThat(shell.out()).startsWith("The daemon is not running.");
  }

  @Test
  void jsonIsPassedOnByteForByte() throws IOException {
    Shell shell = shell(status("WORKING", OWN_PID, "OK", true));

    assertThat(shell.type("status", "--json")).isZero();

    assertThat(shell.out()).isEqualTo(Files.readString(statusFile()) + "\n");
  }

  @Test
  void health_runningWithoutFailures() throws IOException {
    Shell shell = shell(status("IDLE", OWN_PID, "WARNING", false));

    assertThat(shell.type("health")).isZero();

    assertThat(shell.out()).isEqualTo("healthy: IDLE\n");
  }

  @Test
  void health_failedCheck() throws IOException {
    Shell shell = shell(status("IDLE", OWN_PID, "FAILURE", false));

    assertThat(shell.type("health")).isEqualTo(1);

    assertThat(shell.out()).isEqualTo("unhealthy: model: damaged. import it again\n");
  }

  @Test
  void health_blocked() throws IOException {
    Shell shell = shell(status("BLOCKED", OWN_PID, "OK", false));

    assertThat(shell.type("health")).isEqualTo(1);

    assertThat(shell.out()).contains("unhealthy: the disk is full");
  }

  @Test
  void health_killedDaemonWhoseNumberSomebodyElseHas() throws IOException {
    Shell shell = shellOfDead(status("IDLE", OWN_PID, "OK", false));

    assertThat(shell.type("health")).isEqualTo(1);

    assertThat(shell.out()).contains("not running");
  }

  @Test
  void health_stoppedDaemon() throws IOException {
    Shell shell = shell(status("STOPPED", OWN_PID, "OK", false));

    assertThat(shell.type("health")).isEqualTo(1);
  }

  @Test
  void health_neverRun() {
    Shell shell = new Shell(new FakeProgram(home), false);

    assertThat(shell.type("health")).isEqualTo(1);

    assertThat(shell.err()).contains("never run", "status.json", "maie-edge run");
  }

  @Test
  void aStatusOfAnotherSchemaIsRefused() throws IOException {
    Shell shell = shell(status("IDLE", OWN_PID, "OK", false));
    Files.writeString(statusFile(), "{\"schema_version\": 2}");

    assertThat(shell.type("status")).isEqualTo(74);

    assertThat(shell.err()).contains("schema_version 1, found 2");
  }

  @Test
  void aTornStatusIsRefused() throws IOException {
    Shell shell = shell(status("IDLE", OWN_PID, "OK", false));
    Files.writeString(statusFile(), "{\"schema_version\": 1, \"state\": \"ID");

    assertThat(shell.type("status")).isEqualTo(74);
  }

  @Test
  void optionsBeforeAndAfterTheCommandAreUnderstoodQuicklyToo() throws IOException {
    Shell shell = shell(status("IDLE", OWN_PID, "OK", false));

    assertThat(shell.type("--home", "/a", "status", "--config=/b.yaml", "--profile", "edge"))
        .isZero();
  }

  @Test
  void whatIsNotUnderstoodQuicklyIsExplainedAsEverywhere() throws IOException {
    Shell shell = shell(status("IDLE", OWN_PID, "OK", false));

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
    Files.createDirectories(home.resolve("state"));
    Files.write(statusFile(), StatusCodec.encode(status));
    return new Shell(program, false);
  }

  private Path statusFile() {
    return home.resolve("state/status.json");
  }

  private static Status status(String state, long pid, String level, boolean full) {
    Status.Ended failure =
        new Status.Ended(NOON, "t2", "b.wav", List.of(), null, null, "EMPTY_FILE", "0 bytes");
    Status.Ended result =
        new Status.Ended(NOON, "t3", "c.wav", List.of("c.wav.json"), 6.5, 1.25, null, null);
    return new Status(
        state,
        "1.2.3",
        pid,
        NOON,
        full ? running() : null,
        state.equals("BLOCKED") ? List.of("the disk is full") : List.of(),
        full ? List.of(new Status.Waiting("d.wav", "settling", "still growing", 7, -3)) : List.of(),
        full ? 17 : 0,
        full ? List.of(new Status.Waiting("link", "ignored", "a link", 0, 0)) : List.of(),
        full ? List.of(result) : List.of(),
        full ? List.of(failure) : List.of(),
        List.of(new Status.Disk("inbox", 1, 5_000_000_000L, 3, "FINE")),
        List.of(new Status.Model("small-asr", "asr", true, true)),
        List.of(new Status.CheckResult("model", level, "damaged", "import it again")),
        new Status.Scan(true, 15, full ? 12L : null),
        full ? new Status.NextDeletions(2, 99, "e.wav", null) : Status.NextDeletions.NONE,
        new Status.Counts(3, 1, 2, 61.5, 9.25));
  }

  private static Status.@Nullable Running running() {
    return new Status.Running(
        "t1", "täglich.wav", "PROCESSING_ASR", "asr", 42, 420L, NOON, 61.2, 2);
  }
}
