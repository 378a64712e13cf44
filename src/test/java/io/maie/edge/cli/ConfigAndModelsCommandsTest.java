package io.maie.edge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.maie.edge.modelfile.ListedModel;
import io.maie.edge.telemetry.Check;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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

  @ParameterizedTest
  @CsvSource({
    "'', urn:maie-edge:schema:settings:1",
    "settings, urn:maie-edge:schema:settings:1",
    "sidecar, urn:maie-edge:schema:parameters:1",
    "FOLDER, urn:maie-edge:schema:folder:1"
  })
  void configSchemaPrintsTheSchemaOfAFile(String kind, String id) throws Exception {
    Shell shell = new Shell(new FakeProgram(home), false);
    String[] words = kind.isEmpty() ? words("config", "schema") : words("config", "schema", kind);

    assertThat(shell.type(words)).isZero();

    assertThat(new ObjectMapper().readTree(shell.out()).path("$id").asText()).isEqualTo(id);
  }

  private static String[] words(String... words) {
    return words;
  }

  @Test
  void configSchemaRefusesTheNameOfAnyOtherFile() {
    Shell shell = new Shell(new FakeProgram(home), false);

    assertThat(shell.type("config", "schema", "result")).isEqualTo(64);
  }

  @Test
  void aConfigCommandWithoutItsVerbIsWrongUsage() {
    assertThat(new Shell(new FakeProgram(home), false).type("config")).isEqualTo(64);
  }

  @Test
  void modelsListMarksWhatIsInUse() {
    FakeProgram program = new FakeProgram(home);
    program.models.add(model("small-asr", true, ""));
    Shell shell = new Shell(program, false);

    assertThat(shell.type("models", "list")).isZero();

    assertThat(shell.out())
        .contains("* small-asr", "12.0 MB", " ok", "* asr: 'small-asr' is the only one");
  }

  @Test
  void manyLanguagesAreCounted() {
    FakeProgram program = new FakeProgram(home);
    program.models.add(
        new ListedModel(
            "whisper",
            "asr",
            "whisper",
            "int8",
            List.of("de", "en", "fr", "ja", "zh"),
            1,
            "MIT",
            false,
            "the only one",
            "ok",
            "",
            "onnx/a_int8.onnx: bytes are fastest"));
    Shell shell = new Shell(program, false);

    shell.type("models", "list");

    assertThat(shell.out())
        .contains("5 languages", "    onnx/a_int8.onnx: bytes are fastest")
        .doesNotContain("de,en");
  }

  @Test
  void aDamagedModelSaysWhyAndSetsTheExitCode() {
    FakeProgram program = new FakeProgram(home);
    program.models.add(model("small-asr", false, "Expected 5 bytes, found 4"));
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
    shell.type("models", "import", "/media/usb/big.zip");
    shell.type("models", "import", "/media/usb/big", "--name", "other", "--license", "MIT");

    assertThat(program.asked)
        .containsExactly(
            new ImportOrder(Path.of("/media/usb/big/."), "big", null),
            new ImportOrder(Path.of("/media/usb/big.zip"), "big", null),
            new ImportOrder(Path.of("/media/usb/big"), "other", "MIT"));
  }

  @Test
  void anImportedModelIsPreparedForThisMachine() {
    FakeProgram program = new FakeProgram(home);
    program.models.add(model("big", true, ""));
    program.account = "8-bit blocks are in use";
    Shell shell = new Shell(program, false);

    shell.type("models", "import", "/media/usb/big");
    shell.type("models", "import", "/media/usb/big", "--precision", "fp32", "--keep-original");

    assertThat(program.prepared)
        .containsExactly(
            new PreparationOrder("big", DecoderPrecision.AUTO, false),
            new PreparationOrder("big", DecoderPrecision.FP32, true));
    assertThat(shell.out()).contains("8-bit blocks are in use.");
  }

  @Test
  void aModelThatNeedsNoPreparationIsListedAsItIs() {
    FakeProgram program = new FakeProgram(home);
    program.models.add(model("tiny", true, ""));
    Shell shell = new Shell(program, false);

    assertThat(shell.type("models", "prepare", "tiny")).isZero();
    assertThat(shell.out()).contains("* tiny");
    assertThat(shell.type("models", "prepare", "tiny", "--precision", "q5")).isEqualTo(64);
  }

  @Test
  void aPullFetchesTheGraphsThatThePrecisionIsMadeOf() {
    FakeProgram program = new FakeProgram(home);
    program.models.add(model("tiny", true, ""));
    Shell shell = new Shell(program, false);

    shell.type("models", "pull", "tiny", "--precision", "q8");
    shell.type("models", "pull", "tiny", "--precision", "int8");

    assertThat(program.asked)
        .containsExactly(
            new PullOrder("tiny", null, "fp32", null, null),
            new PullOrder("tiny", null, "int8", null, null));
  }

  @Test
  void thePublishedModelsAreListedWithLicenceAndSize() {
    Shell shell = new Shell(new FakeProgram(home), false);

    assertThat(shell.type("models", "catalog")).isZero();

    assertThat(shell.out()).contains("tiny", "MIT", "~44.0 MB", "acme/tiny (estimated)");
  }

  @Test
  void aPullSaysHowItComesAlong() {
    FakeProgram program = new FakeProgram(home);
    program.models.add(model("tiny", true, ""));
    Shell shell = new Shell(program, false);

    assertThat(shell.type("models", "pull", "tiny")).isZero();

    assertThat(program.asked).containsExactly(new PullOrder("tiny", null, null, null, null));
    assertThat(shell.out()).contains("'tiny' was pulled:", "* tiny");
    assertThat(shell.err())
        .contains("7 files", "10 %", "it broke off; trying again in 2 s", "100 %");
  }

  @Test
  void aPullTakesANameAVariantAHubAndALicence() {
    FakeProgram program = new FakeProgram(home);
    program.models.add(model("mine", true, ""));
    Shell shell = new Shell(program, false);

    shell.type(
        "models",
        "pull",
        "a/b@v1",
        "--name",
        "mine",
        "--variant",
        "fp16",
        "--hub",
        "https://h",
        "--license",
        "CC-BY-4.0");

    assertThat(program.asked)
        .containsExactly(new PullOrder("a/b@v1", "mine", "fp16", "https://h", "CC-BY-4.0"));
  }

  @Test
  void aPullThatFailsSetsTheExitCode() {
    FakeProgram program = new FakeProgram(home);
    program.failure = new CommandException(ExitCode.TRY_AGAIN, "Somebody else pulls it", "Wait");
    Shell shell = new Shell(program, false);

    assertThat(shell.type("models", "pull", "tiny")).isEqualTo(75);

    assertThat(shell.err()).contains("Somebody else pulls it", "Wait");
  }

  @Test
  void aPullWithoutAModelIsWrongUsage() {
    assertThat(new Shell(new FakeProgram(home), false).type("models", "pull")).isEqualTo(64);
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
        .contains("ok    locale", "FAIL  ffmpeg", "-> apt install ffmpeg", "1 failure.");
  }

  @Test
  void aWarningOfTheDoctorIsNoFailure() {
    FakeProgram program = new FakeProgram(home);
    program.checks.add(check("clock", Check.Finding.warning("not synchronised", "wait")));
    Shell shell = new Shell(program, false);

    assertThat(shell.type("doctor")).isZero();

    assertThat(program.asked).containsExactly(DoctorDepth.QUICK);
  }

  private static ListedModel model(String name, boolean inUse, String reason) {
    return new ListedModel(
        name,
        "asr",
        "ctc",
        "1",
        List.of("en"),
        12_000_000,
        "Apache-2.0",
        true,
        inUse ? "the only one" : "",
        reason.isEmpty() ? "ok" : "damaged",
        reason,
        "");
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
