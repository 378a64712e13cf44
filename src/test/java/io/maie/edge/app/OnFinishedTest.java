package io.maie.edge.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.maie.edge.task.FinishedNotes;
import io.maie.edge.testing.ExternalProgram;
import io.maie.edge.testing.ManualTicker;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The operator's program for finished results, run by the daemon and by the script of the unit. */
final class OnFinishedTest {
  private static final Duration AMPLE = Duration.ofMinutes(1);

  @TempDir private Path home;
  private final ManualTicker time = new ManualTicker();
  private Path result;
  private Path log;

  @BeforeEach
  void publishOneResult() throws IOException {
    ExternalProgram.require("setsid");
    result = Files.writeString(home.resolve("it's 1; rm *.wav.json"), "{}");
    log = home.resolve("log");
    note("0199a1b2-c3d4-7000-8000-000000000001", result);
  }

  @Test
  void theProgramGetsThePathBehindItsArgumentsAndNothingElse() throws Exception {
    OnFinished finished =
        finished(program("env >> \"$1\"; printf '%s|%s|%s' \"$#\" \"$2\" \"$3\" >> \"$1\""), AMPLE);

    finished.pass();

    String seen = Files.readString(log);
    assertThat(seen).endsWith("3|plain|" + result);
    assertThat(seen.lines().filter(line -> line.contains("=")).map(line -> line.split("=", 2)[0]))
        .contains("PATH", "LC_ALL")
        .isSubsetOf("PATH", "LC_ALL", "PWD", "SHLVL", "_", "OLDPWD");
    assertThat(notes()).isEmpty();
  }

  @Test
  void aProgramThatFailsIsTriedAgainLaterAndNotForEver() throws Exception {
    OnFinished finished = finished(program("echo x >> \"$1\"; exit 3"), AMPLE);

    finished.pass();
    finished.pass();
    assertThat(Files.readAllLines(log)).hasSize(1);
    for (int i = 0; i < 4; i++) {
      time.advance(Duration.ofHours(1));
      finished.pass();
    }

    assertThat(Files.readAllLines(log)).hasSize(3);
    assertThat(notes()).isEmpty();
  }

  @Test
  void aProgramThatHangsIsEndedWithAllThatItStarted() throws Exception {
    OnFinished finished =
        finished(
            program("sh -c 'sleep 600 & echo $! >> \"$0\"' \"$1\"; sleep 600"),
            Duration.ofSeconds(3));

    finished.pass();

    long orphan = Long.parseLong(Files.readString(log).strip());
    await().atMost(AMPLE).until(() -> !isAlive(orphan));
    assertThat(notes()).hasSize(1);
  }

  @Test
  void aResultThatWasFetchedMeanwhileIsPassedOver() throws Exception {
    Files.delete(result);

    finished(program("echo x >> \"$1\""), AMPLE).pass();

    assertThat(log).doesNotExist();
    assertThat(notes()).isEmpty();
  }

  @Test
  void notesLeftByAStopAreServedAtTheNextStart() throws Exception {
    OnFinished first = finished(program("echo x >> \"$1\"; sleep 600"), AMPLE);
    first.start();
    await().atMost(AMPLE).until(() -> Files.exists(log));

    first.close();
    assertThat(notes()).hasSize(1);
    finished(program("echo y >> \"$1\""), AMPLE).pass();

    assertThat(Files.readAllLines(log)).containsExactly("x", "y");
    assertThat(notes()).isEmpty();
  }

  @Test
  void theScriptOfTheUnitDoesTheSame() throws Exception {
    Path program = script(home.resolve("on-finished"), "printf '%s' \"$1\" > '" + log + "'");

    assertThat(runFinished(program, "60")).isZero();

    assertThat(log).hasContent(result.toString());
    assertThat(notes()).isEmpty();
  }

  @Test
  void theScriptOfTheUnitGivesUpAProgramThatHangs() throws Exception {
    Path program = script(home.resolve("on-finished"), "echo x >> '" + log + "'; sleep 600");

    assertThat(runFinished(program, "0.5")).isZero();

    assertThat(Files.readAllLines(log)).hasSize(3);
    assertThat(notes()).isEmpty();
  }

  private int runFinished(Path program, String seconds) throws Exception {
    ProcessBuilder builder =
        new ProcessBuilder(
            "sh",
            "systemd/run-finished",
            home.resolve(FinishedNotes.FOLDER).toString(),
            program.toString(),
            seconds);
    builder.environment().put("RUN_FINISHED_PAUSE", "0");
    Process process =
        builder.redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
    assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
    return process.exitValue();
  }

  private OnFinished finished(Path program, Duration limit) {
    return new OnFinished(
        new OnFinished.Options(
            List.of(program.toString(), log.toString(), "plain"), limit, Duration.ofSeconds(30)),
        FinishedNotes.in(home),
        time);
  }

  private Path program(String body) throws IOException {
    return script(home.resolve("program"), body);
  }

  private static Path script(Path file, String body) throws IOException {
    Files.writeString(file, "#!/bin/sh\n" + body + "\n", StandardCharsets.UTF_8);
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private void note(String task, Path about) throws IOException {
    Path folder = Files.createDirectories(home.resolve(FinishedNotes.FOLDER));
    Files.writeString(folder.resolve(task), about.toString());
  }

  private List<FinishedNotes.Note> notes() throws IOException {
    return FinishedNotes.in(home).list();
  }

  private static boolean isAlive(long pid) {
    return ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isPresent();
  }
}
