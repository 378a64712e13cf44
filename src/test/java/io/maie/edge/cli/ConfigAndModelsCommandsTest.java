package io.maie.edge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.maie.edge.telemetry.Check;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ConfigAndModelsCommandsTest {
  @TempDir private Path home;

  @Test
  void configShowPrintsTheSettings() {
    Shell shell = new Shell(new FakeProgram(home), false);

    assertThat(shell.type("config", "show")).isZero();

    assertThat(shell.out()).isEqualTo("inbox:\n  settle_time: 5s\n");
  }

  @Test
  void configCheckReportsEveryProblem() {
    FakeProgram program = new FakeProgram(home);
    program.settings = new SettingsView("", List.of("a.yaml:3: one", "a.yaml:7: two"));
    Shell shell = new Shell(program, false);

    assertThat(shell.type("config", "check")).isEqualTo(78);

    assertThat(shell.err()).isEqualTo("a.yaml:3: one\na.yaml:7: two\n");
  }

  @Test
  void aConfigCommandWithoutItsVerbIsWrongUsage() {
    assertThat(new Shell(new FakeProgram(home), false).type("config")).isEqualTo(64);
  }

  @Test
  void modelsListMarksWhatIsInUse() {
    FakeProgram program = new FakeProgram(home);
    program.models.add(model("starter-asr", true, ""));
    Shell shell = new Shell(program, false);

    assertThat(shell.type("models", "list")).isZero();

    assertThat(shell.out()).contains("* starter-asr", "12.0 MB", "ok (starter)");
  }

  @Test
  void aDamagedModelSaysWhyAndSetsTheExitCode() {
    FakeProgram program = new FakeProgram(home);
    program.models.add(model("starter-asr", false, "Expected 5 bytes, found 4"));
    Shell shell = new Shell(program, false);

    assertThat(shell.type("models", "verify")).isEqualTo(1);

    assertThat(program.asked).containsExactly("verify");
    assertThat(shell.out()).contains("Expected 5 bytes, found 4");
  }

  @Test
  void anImportedModelKeepsItsFolderNameUnlessOneIsGiven() {
    FakeProgram program = new FakeProgram(home);
    program.models.add(model("big", false, ""));
    Shell shell = new Shell(program, false);

    shell.type("models", "import", "/media/usb/big/.");
    shell.type("models", "import", "/media/usb/big.tar.gz");
    shell.type("models", "import", "/media/usb/big", "--name", "other");

    assertThat(program.asked).containsExactly("big", "big", "other");
  }

  @Test
  void theDoctorGivesItsHintsAndFailsOnAFailure() {
    FakeProgram program = new FakeProgram(home);
    program.checks.add(check("locale", Check.Finding.ok("UTF-8")));
    program.checks.add(check("ffmpeg", Check.Finding.failure("not found", "apt install ffmpeg")));
    Shell shell = new Shell(program, false);

    assertThat(shell.type("doctor", "--deep")).isEqualTo(1);

    assertThat(program.asked).containsExactly(DoctorDepth.DEEP);
    assertThat(shell.out())
        .contains("ok    locale", "FAIL  ffmpeg", "-> apt install ffmpeg", "1 failures");
  }

  @Test
  void aWarningOfTheDoctorIsNoFailure() {
    FakeProgram program = new FakeProgram(home);
    program.checks.add(check("clock", Check.Finding.warning("not synchronised", "wait")));
    Shell shell = new Shell(program, false);

    assertThat(shell.type("doctor")).isZero();

    assertThat(program.asked).containsExactly(DoctorDepth.QUICK);
  }

  private static ModelLine model(String name, boolean inUse, String reason) {
    return new ModelLine(
        name,
        "asr",
        "ctc",
        "1",
        List.of("en"),
        12_000_000,
        "Apache-2.0",
        true,
        inUse,
        reason.isEmpty() ? "ok" : "damaged",
        reason);
  }

  private static Check check(String name, Check.Finding finding) {
    return new Check() {
      @Override
      public String name() {
        return name;
      }

      @Override
      public Finding run() {
        return finding;
      }
    };
  }
}
