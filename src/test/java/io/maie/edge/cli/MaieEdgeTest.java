package io.maie.edge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.maie.edge.request.AsrBackend;
import io.maie.edge.request.Cleaning;
import io.maie.edge.request.Feature;
import io.maie.edge.request.OutputFormat;
import io.maie.edge.request.SpeakerSource;
import io.maie.edge.testing.OrdinaryUser;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class MaieEdgeTest {
  @TempDir private Path home;

  @Test
  void withoutACommandItTeachesAndReportsWrongUsage() {
    Shell shell = shell(new FakeProgram(home));

    assertThat(shell.type()).isEqualTo(64);

    assertThat(shell.err()).contains("run", "process", "demo", "doctor", "Exit codes");
  }

  @Test
  void theVersionIsThatOfTheProgram() {
    Shell shell = shell(new FakeProgram(home));

    assertThat(shell.type("--version")).isZero();

    assertThat(shell.out()).isEqualTo("maie-edge 1.2.3\n");
  }

  @Test
  void theHelpNamesEveryWordOfAParameter() {
    Shell shell = shell(new FakeProgram(home));

    assertThat(shell.type("process", "--help")).isZero();

    assertThat(shell.out())
        .contains(Arrays.stream(AsrBackend.values()).map(AsrBackend::label).toList())
        .contains(Arrays.stream(Cleaning.values()).map(Cleaning::label).toList())
        .contains(Arrays.stream(Feature.values()).map(Feature::label).toList())
        .contains(Arrays.stream(OutputFormat.values()).map(OutputFormat::label).toList())
        .contains(Arrays.stream(SpeakerSource.values()).map(SpeakerSource::label).toList());
  }

  @Test
  void aMisspelledCommandIsCorrected() {
    Shell shell = shell(new FakeProgram(home));

    assertThat(shell.type("docter")).isEqualTo(64);

    assertThat(shell.err()).contains("docter", "Did you mean", "doctor", "maie-edge --help");
  }

  @Test
  void aMissingPermissionIsExplainedToPeople() throws Exception {
    Path state = Files.createDirectory(home.resolve("state"));
    Files.setAttribute(state, "unix:mode", 0);
    Shell shell = shell(new FakeProgram(home));

    int code = OrdinaryUser.call(() -> shell.type("status"));

    Files.setAttribute(state, "unix:mode", 0755);
    assertThat(code).isEqualTo(ExitCode.IO.number());
    assertThat(shell.err())
        .startsWith("maie-edge: the permission is missing: '" + state)
        .doesNotContain("Exception");
  }

  @Test
  void aMisspelledOptionIsCorrected() {
    Shell shell = shell(new FakeProgram(home));

    assertThat(shell.type("run", "--onec")).isEqualTo(64);

    assertThat(shell.err()).contains("--onec", "maie-edge run --help");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "run",
        "process",
        "demo",
        "retry",
        "cancel",
        "pause",
        "resume",
        "cleanup",
        "config",
        "models",
        "doctor",
        "completion"
      })
  void everyCommandExplainsItself(String command) {
    Shell shell = shell(new FakeProgram(home));

    assertThat(shell.type(command, "--help")).isZero();

    assertThat(shell.out()).contains("Usage: maie-edge " + command, "--home", "--config");
  }

  @Test
  void theHomeMayStandBeforeTheCommand() {
    FakeProgram program = new FakeProgram(home);

    shell(program).type("--home", "/mnt/usb", "run", "--profile", "edge_small");

    assertThat(program.asked)
        .containsExactly(
            new InstallationChoice(Path.of("/mnt/usb"), null, "edge_small"), RunMode.UNTIL_STOPPED);
  }

  @Test
  void runOnceIsAskedForByItsOption() {
    FakeProgram program = new FakeProgram(home);

    shell(program).type("run", "--once", "--home=/mnt/usb");

    assertThat(program.asked)
        .containsExactly(new InstallationChoice(Path.of("/mnt/usb"), null, null), RunMode.ONCE);
  }

  @Test
  void runWithTheApiPrintsTheLinkToThePage() {
    Shell shell = shell(new FakeProgram(home));

    shell.type("run", "--http");

    assertThat(shell.out()).contains("http://127.0.0.1:8480/?code=c");
  }

  @Test
  void aFailureOfACommandSaysWhatToDoAndSetsTheExitCode() {
    FakeProgram program = new FakeProgram(home);
    program.failure =
        new CommandException(ExitCode.UNAVAILABLE, "Another instance runs", "stop it first");
    Shell shell = shell(program);

    assertThat(shell.type("run")).isEqualTo(69);

    assertThat(shell.err()).isEqualTo("maie-edge: Another instance runs\n  stop it first\n");
  }

  @Test
  void aDefectIsAnInternalError() {
    FakeProgram program = new FakeProgram(home);
    program.defect = new IllegalStateException("a defect that this test plants");

    assertThat(shell(program).type("run")).isEqualTo(70);
  }

  @Test
  void ioTroubleHasItsExitCode() {
    Shell shell = shell(new FakeProgram(home));

    assertThat(shell.type("cleanup")).isEqualTo(74);

    assertThat(shell.err()).contains("no cleanup was laid out");
  }

  @Test
  void theCompletionScriptKnowsEveryCommand() {
    Shell shell = shell(new FakeProgram(home));

    assertThat(shell.type("completion")).isZero();

    assertThat(shell.out()).contains("complete ", "doctor", "--once", "process");
  }

  private static Shell shell(FakeProgram program) {
    return new Shell(program, false);
  }
}
