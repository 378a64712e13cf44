package io.maie.edge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RequestCommandsTest {
  @TempDir private Path home;
  private FakeProgram program = new FakeProgram(Path.of("."));
  private Shell shell = new Shell(program, false);

  @BeforeEach
  void open() {
    program = new FakeProgram(home);
    shell = new Shell(program, false);
  }

  @Test
  void retryAsksForEachRecordingByName() {
    assertThat(shell.type("retry", "a.wav", "folder/b.wav")).isZero();

    assertThat(program.asked)
        .containsExactly(new Request.Retry("a.wav"), new Request.Retry("folder/b.wav"));
  }

  @Test
  void retryAllAsksOnce() {
    assertThat(shell.type("retry", "--all")).isZero();

    assertThat(program.asked).containsExactly(new Request.RetryAll());
  }

  @Test
  void retryOfNothingIsWrongUsage() {
    assertThat(shell.type("retry")).isEqualTo(64);
    assertThat(program.asked).isEmpty();
  }

  @Test
  void retryOfSomeAndAllIsWrongUsage() {
    assertThat(shell.type("retry", "--all", "a.wav")).isEqualTo(64);
    assertThat(program.asked).isEmpty();
  }

  @Test
  void cancelWithoutANameMeansTheRunningTask() {
    assertThat(shell.type("cancel")).isZero();

    assertThat(program.asked).containsExactly(new Request.Cancel(null));
  }

  @Test
  void cancelMayNameATask() {
    shell.type("cancel", "0199");

    assertThat(program.asked).containsExactly(new Request.Cancel("0199"));
  }

  @Test
  void pausePrintsTheCommandThatResumes() {
    assertThat(shell.type("pause")).isZero();

    assertThat(program.asked).containsExactly(new Request.Pause());
    assertThat(shell.out()).contains("maie-edge resume");
  }

  @Test
  void resumeAsksTheDaemon() {
    assertThat(shell.type("resume")).isZero();

    assertThat(program.asked).containsExactly(new Request.Resume());
  }
}
