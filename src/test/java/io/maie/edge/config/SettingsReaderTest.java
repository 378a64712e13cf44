package io.maie.edge.config;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import io.maie.edge.schema.InvalidValueException;
import io.maie.edge.schema.Problem;
import io.maie.edge.testing.ScratchSettings;
import io.maie.edge.testing.ScriptedDecoder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class SettingsReaderTest {
  @TempDir private Path home;
  private final Map<String, String> environment = new HashMap<>();
  private final Map<String, String> flags = new HashMap<>();

  @BeforeEach
  void resolveLinks() throws IOException {
    home = home.toRealPath();
  }

  @Test
  void allMistakesAreReportedAtOnceWithFileLineAndColumn() throws IOException {
    write(
        """
        inbox:
          settle_tiem: 10s
          depth: many
        outbox:
          path: inbox/results
        limitz:
          max_file_size: 4GB
        limits:
          max_file_size: 4
          max_duration: 12
        vad:
          threshold: 0.4
        onnx:
          device: gpu
        defaults:
          vad_threshold: 2
          langauge: de
        """);

    assertThat(lines())
        .containsExactly(
            "2:3: inbox.settle_tiem: unknown setting; did you mean 'inbox.settle_time'?",
            "7:3: limitz.max_file_size: unknown setting; did you mean 'limits.max_file_size'?",
            "12:3: vad.threshold: this setting was removed; use defaults.vad_threshold instead",
            "17:3: defaults.langauge: unknown setting; did you mean 'defaults.language'?",
            "3:3: inbox.depth: expected a whole number from 0 to 30, found the text 'many'",
            "9:3: limits.max_file_size: expected a size above zero with its unit (B, KB, MB, GB,"
                + " TB), such as 50MB or 4GB, found 4",
            "10:3: limits.max_duration: expected a duration with its unit (ms, s, min, h, d), such"
                + " as 30s or 7d, found 12",
            "14:3: onnx.device: expected one of [auto, cpu, cuda], found the text 'gpu'"
                + "; did you mean 'cpu'?",
            "16:3: defaults.vad_threshold: expected a number from 0 to 1, found 2",
            "5:3: outbox.path: expected a folder outside of inbox.path '%s', found '%s'"
                .formatted(home.resolve("inbox"), home.resolve("inbox/results")));
  }

  @Test
  void eachLayerIsStrongerThanTheOneBefore() throws IOException {
    String name = "inbox.settle_time";
    assertThat(settleTime()).isEqualTo(Duration.ofSeconds(5));

    environment.put("ENVIRONMENT", "development");
    assertThat(settleTime()).isEqualTo(Duration.ofSeconds(1));
    assertThat(read().best().values().origin(name).where()).isEqualTo("profile development:3:3");

    write("inbox:\n  settle_time: 7s\n");
    assertThat(settleTime()).isEqualTo(Duration.ofSeconds(7));
    assertThat(read().best().values().origin(name).where()).endsWith("maie-edge.yaml:2:3");

    environment.put("MAIE_INBOX__SETTLE_TIME", "8s");
    assertThat(settleTime()).isEqualTo(Duration.ofSeconds(8));
    assertThat(read().best().values().origin(name).where()).isEqualTo("MAIE_INBOX__SETTLE_TIME");

    flags.put(name, "9s");
    assertThat(settleTime()).isEqualTo(Duration.ofSeconds(9));
  }

  @ParameterizedTest
  @ValueSource(strings = {"a.local, b.local", "[a.local, b.local]", "[\"a.local\", \"b.local\"]"})
  void aListInAVariableMayHaveBrackets(String list) throws IOException {
    environment.put("MAIE_HTTP__NAMES", list);

    assertThat(read().best().http().names()).containsExactly("a.local", "b.local");
  }

  @Test
  void emptyBracketsInAVariableAreNoTexts() throws IOException {
    environment.put("MAIE_HTTP__NAMES", "[]");

    assertThat(read().best().http().names()).isEmpty();
  }

  @Test
  void aMistakeIsReportedEvenWhereItIsOverridden() throws IOException {
    write("inbox:\n  settle_time: soon\n");
    environment.put("MAIE_INBOX__SETTLE_TIME", "8s");

    assertThat(read().problems()).hasSize(1);
  }

  @Test
  void theSmallProfileIsTight() {
    Settings settings = settings("edge_small");

    assertThat(settings.decode().maxBytes()).isEqualTo(100_000_000);
    assertThat(settings.retention().archiveAge()).isEqualTo(Duration.ofDays(1));
    assertThat(settings.whisper().batch()).isEqualTo(1);
  }

  @Test
  void theOrdinaryProfileIsWhatTheDefaultsAreButForTheSearch() {
    Settings settings = settings("edge");

    assertThat(settings.whisper().beamSize()).isEqualTo(1);
    assertThat(settings.whisper().bestOf()).isEqualTo(2);
    assertThat(settings.decode().maxBytes()).isEqualTo(4_000_000_000L);
    assertThat(settings.decode().maxDuration()).isEqualTo(Duration.ofHours(12));
    assertThat(settings.daemon("1", null).cleanupInterval()).isEqualTo(Duration.ofMinutes(10));
    assertThat(settings.retention().archiveAge()).isEqualTo(Duration.ofDays(7));
    assertThat(settings.retention().failedAge()).isEqualTo(Duration.ofDays(30));
    assertThat(settings.logging().maxFileBytes()).isEqualTo(50_000_000);
    assertThat(settings.retention().logAge()).isEqualTo(Duration.ofDays(7));
    assertThat(read().best().values().origin("limits.max_file_size")).isEqualTo(Origin.DEFAULT);
  }

  @Test
  void anUnknownProfileIsAMistake() {
    environment.put("ENVIRONMENT", "edge_smal");

    assertThat(read().problems())
        .singleElement()
        .asString()
        .isEqualTo(
            "profile: expected one of [edge, edge_small, development] or the name of a file in"
                + " config/profiles, found 'edge_smal'; did you mean 'edge_small'? (--profile, or"
                + " the variable ENVIRONMENT)");
  }

  @ParameterizedTest
  @ValueSource(strings = {"../x", "/etc/passwd", "a/b"})
  void aProfileIsANameAndNotAPath(String name) {
    environment.put("ENVIRONMENT", name);

    assertThat(read().problems()).hasSize(1);
  }

  @Test
  void aProfileFileAddsToTheBuiltInOne() throws IOException {
    Path folder = Files.createDirectories(home.resolve("config/profiles"));
    Files.writeString(folder.resolve("edge_small.yaml"), "retention:\n  archive_keep: 2d\n");
    Files.writeString(folder.resolve("court.yaml"), "retention:\n  archive_keep: 99d\n");

    assertThat(settings("edge_small").retention().archiveAge()).isEqualTo(Duration.ofDays(2));
    assertThat(settings("edge_small").decode().maxBytes()).isEqualTo(100_000_000);
    assertThat(settings("court").retention().archiveAge()).isEqualTo(Duration.ofDays(99));
  }

  @Test
  void theHomeOfAPackageHasTheModelsAndSettingsOfTheInstallation() throws IOException {
    Path installation = Files.createDirectories(home.resolve("usr"));
    Path srv = Files.createDirectories(home.resolve("srv"));
    Files.createDirectories(installation.resolve("config"));
    Files.writeString(installation.resolve("config/maie-edge.yaml"), "inbox:\n  settle_time: 3s\n");
    environment.put("MAIE_HOME", srv.toString());

    LoadedSettings loaded = SettingsReader.read(ScratchSettings.of(installation, environment));

    assertThat(loaded.problems()).isEmpty();
    assertThat(loaded.best().folders().inbox()).isEqualTo(srv.resolve("inbox"));
    assertThat(loaded.best().folders().models()).isEqualTo(installation.resolve("models"));
    assertThat(loaded.best().inbox().settle().local()).isEqualTo(Duration.ofSeconds(3));
  }

  @Test
  void patternFilesOfAllFoldersAddUpAndTheStrongestOfEachNameCounts() throws IOException {
    Path installation = Files.createDirectories(home.resolve("usr"));
    Path srv = Files.createDirectories(home.resolve("srv"));
    pattern(installation, "shipped.yaml", "en: {exact: [shipped]}");
    pattern(installation, "hallucinations.yaml", "en: {exact: [replaced]}");
    pattern(srv, "hallucinations.yaml", "en: {exact: [ours]}");
    pattern(srv, "notes.txt", "not a pattern file");
    environment.put("MAIE_HOME", srv.toString());

    LoadedSettings loaded = SettingsReader.read(ScratchSettings.of(installation, environment));

    assertThat(loaded.problems()).isEmpty();
    assertThat(loaded.best().hallucinationPatterns().checksums())
        .containsOnlyKeys("hallucinations.yaml", "shipped.yaml")
        .containsEntry(
            "hallucinations.yaml",
            "sha256:" + ScriptedDecoder.sha256("en: {exact: [ours]}".getBytes(UTF_8)));
  }

  @Test
  void aMistakeInAPatternFileIsOneInTheSettings() throws IOException {
    pattern(home, "ours.yaml", "en:\n  regex:\n    - 'sub(scribe'\n");

    assertThat(read().settings()).isEmpty();
    assertThat(read().problems())
        .singleElement()
        .hasToString(
            home.resolve("config/patterns/ours.yaml")
                + ":3:7: en.regex[0]: expected a regular expression of RE2, found the text 'sub(scribe':"
                + " missing closing )");
  }

  @Test
  void theFewestWordsAreNotMoreThanTheMost() throws IOException {
    write("asr: {hallucination: {min_words: 3, max_words: 2}}");

    assertThat(lines())
        .containsExactly(
            "1:23: asr.hallucination.min_words: expected at most asr.hallucination.max_words 2,"
                + " found 3");
  }

  private static void pattern(Path folder, String name, String yaml) throws IOException {
    Path patterns = Files.createDirectories(folder.resolve("config/patterns"));
    Files.writeString(patterns.resolve(name), yaml);
  }

  @Test
  void aSettingsFileThatWasAskedForMustBeThere() {
    Path absent = home.resolve("absent.yaml");
    LoadedSettings loaded =
        SettingsReader.read(new SettingsSources(home, Map.of(), null, absent, null, Map.of()));

    assertThat(loaded.problems()).singleElement().hasToString(absent + ": no such file");
    assertThat(loaded.settings()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "outbox: {path: inbox} | outbox.path | another folder than inbox.path",
        "inbox: {path: outbox/in} | inbox.path | a folder outside of outbox.path",
        "work: {path: inbox/.work} | work.path | a folder outside of inbox.path",
        "archive: {path: failed/old} | archive.path | a folder outside of failed.path",
        "models: {path: inbox/models} | models.path | a folder outside of inbox.path",
        "logging: {file: ../archive/a.log} | logging.file | a file outside of archive.path",
        "state: {path: link} | state.path | another folder than outbox.path"
      })
  void foldersMustNotLieInEachOther(String yaml, String setting, String sentence)
      throws IOException {
    Files.createDirectory(home.resolve("outbox"));
    Files.createSymbolicLink(home.resolve("link"), home.resolve("outbox"));
    write(yaml);

    assertThat(read().problems())
        .singleElement()
        .satisfies(problem -> assertThat(problem.field()).isEqualTo(setting))
        .satisfies(problem -> assertThat(problem.sentence()).contains(sentence))
        .satisfies(problem -> assertThat(problem.where()).contains("maie-edge.yaml:1:"));
  }

  @Test
  void theStateFolderMayHoldWorkAndModels() throws IOException {
    write("work: {path: state/work}\nmodels: {path: state/models}\n");

    assertThat(read().problems()).isEmpty();
  }

  @Test
  void theLogMayLieBesideTheFolders() throws IOException {
    write("logging: {file: ../maie-edge.log}\n");

    assertThat(read().problems()).isEmpty();
  }

  @Test
  void theShortestMustNotBeLongerThanTheLongest() throws IOException {
    write("limits: {min_duration: 2h, max_duration: 1h}\n");

    assertThat(lines())
        .containsExactly(
            "1:10: limits.min_duration: expected at most limits.max_duration 1h, found 2h");
  }

  @Test
  void aServerThatIsToSumUpNeedsAnAddress() throws IOException {
    write("text: {engine: server}\n");
    assertThat(lines())
        .containsExactly("1:8: text.engine: expected text.summary.url to be set with server");

    write("text: {cleaning: {engine: server}}\n");
    assertThat(lines())
        .containsExactly(
            "1:19: text.cleaning.engine: expected text.cleaning.url to be set with server");

    write("text: {engine: server, summary: {url: 'ftp://box/v1'}}\n");
    assertThat(lines()).anyMatch(line -> line.contains("expected an address such as http://"));
  }

  @Test
  void variablesOverrideDefaultParametersToo() {
    environment.put("MAIE_DEFAULTS__LANGUAGE", "de");
    environment.put("MAIE_DEFAULTS__VAD_THRESHOLD", "0.4");
    environment.put("MAIE_DEFAULTS__ENABLE_VAD", "false");
    environment.put("MAIE_DEFAULTS__VOCABULARY", "Ada, MAIE");
    environment.put("MAIE_INBOX__IGNORE", "*.bak, *.old");

    Settings settings = read().settings().orElseThrow();

    assertThat(settings.defaults().language()).isEqualTo("de");
    assertThat(settings.defaults().vadThreshold()).isEqualTo(0.4);
    assertThat(settings.defaults().enableVad()).isFalse();
    assertThat(settings.defaults().vocabulary()).containsExactly("Ada", "MAIE");
    assertThat(settings.inbox().ignore()).containsExactly("*.bak", "*.old");
  }

  @Test
  void aTextMayStandForANumberABooleanOrAList() throws IOException {
    write("inbox:\n  depth: '3'\n  watch: 'false'\n  ignore: '*.a, *.b'\n");
    environment.put("MAIE_ASR__WHISPER__TEMPERATURES", "0.5");
    environment.put("MAIE_VAD__MODEL", "7");

    Settings settings = read().settings().orElseThrow();

    assertThat(settings.inbox().depth()).isEqualTo(3);
    assertThat(settings.watchesInbox()).isFalse();
    assertThat(settings.inbox().ignore()).containsExactly("*.a", "*.b");
    assertThat(settings.whisper().temperatures()).containsExactly(0.5);
    assertThat(settings.vadModel()).contains("7");
  }

  @Test
  void aTextThatMeansANumberIsShownAsOne() {
    environment.put("MAIE_INBOX__DEPTH", "99");
    environment.put("MAIE_ASR__WHISPER__TEMPERATURES", "[0, 2]");

    assertThat(lines())
        .containsExactlyInAnyOrder(
            "MAIE_INBOX__DEPTH: inbox.depth: expected a whole number from 0 to 30, found 99",
            "MAIE_ASR__WHISPER__TEMPERATURES: asr.whisper.temperatures[1]: expected a number from"
                + " 0 to 1, found 2");
  }

  @Test
  void aSectionWithinASectionHasVariablesAndFlagsToo() throws IOException {
    write("asr:\n  model: small\n  whisper:\n    beam_size: 2\n    best_of: 3\n");
    environment.put("MAIE_ASR__WHISPER__BEAM_SIZE", "4");
    flags.put("asr.whisper.temperatures", "0, 0.5");

    Settings settings = read().settings().orElseThrow();

    assertThat(settings.asrModel()).contains("small");
    assertThat(settings.whisper().beamSize()).isEqualTo(4);
    assertThat(settings.whisper().bestOf()).isEqualTo(3);
    assertThat(settings.whisper().temperatures()).containsExactly(0.0, 0.5);
    assertThat(settings.values().origin("asr.whisper.best_of").where())
        .endsWith("maie-edge.yaml:5:5");
  }

  @Test
  void misspeltVariablesAreMistakes() {
    environment.put("MAIE_INBOX__SETLE_TIME", "1s");
    environment.put("MAIE_INBOX_SETTLE_TIME", "1s");
    environment.put("MAIE_JAVA_OPTS", "-Xmx1g");
    environment.put("PATH", "/bin");

    assertThat(read().problems())
        .extracting(Problem::toString)
        .containsExactly(
            "MAIE_INBOX_SETTLE_TIME: inbox.settle_time: did you mean MAIE_INBOX__SETTLE_TIME?",
            "MAIE_INBOX__SETLE_TIME: inbox.setle_time: unknown setting; did you mean"
                + " 'inbox.settle_time'?");
  }

  @Test
  void theRightKeyInTheWrongSectionIsFound() throws IOException {
    write("outbox:\n  settle_time: 1s\n");

    assertThat(lines())
        .containsExactly(
            "2:3: outbox.settle_time: unknown setting; did you mean 'inbox.settle_time'?");
  }

  @Test
  void aSectionWithoutKeysSaysNothing() throws IOException {
    write("inbox:\n#  settle_time: 1s\noutbox:\n");

    assertThat(read().problems()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "inbox: 5 | inbox: expected keys below this section, found a value",
        "inbox: {path: } | inbox.path: expected a value, found none; remove the key for the"
            + " default",
        "inbox: {watch: maybe} | inbox.watch: expected true or false, found the text 'maybe'",
        "inbox: {settle_time: 0s} | inbox.settle_time: expected a duration above zero, found the text '0s'",
        "ffmpeg: {stall: 200000d} | ffmpeg.stall: expected at most 36500d, found the text '200000d'",
        "disk: {warn_at: 0.8} | disk.warn_at: expected a share from 0% to 100%, such as 80%, found"
            + " 0.8",
        "disk: {warn_at: 101%} | disk.warn_at: expected a share from 0% to 100%, such as 80%, found"
            + " the text '101%'",
        "asr: {model: ../x} | asr.model: expected the name of something installed (letters,"
            + " digits, '.', '_', '-'; no path, no address), or auto, found the text '../x'",
        "onnx: {threads: 0} | onnx.threads: expected a whole number from 1 to 256, or auto, found 0",
        "disk: {min_free: -1MB} | disk.min_free: expected a size above zero with its unit (B, KB,"
            + " MB, GB, TB), such as 50MB or 4GB, found the text '-1MB'",
        "disk: {min_free: 99999999999999TB} | disk.min_free: expected a size above zero with its"
            + " unit (B, KB, MB, GB, TB), such as 50MB or 4GB, found the text '99999999999999TB'",
        "inbox: {path: 7} | inbox.path: expected a path, found 7",
        "asr: {whisper: 5} | asr.whisper: expected keys below this section, found a value",
        "asr: {whisper: {beam: 5}} | asr.whisper.beam: unknown setting; did you mean"
            + " 'asr.whisper.batch'?",
        "asr: {whisper: {batch: all}} | asr.whisper.batch: expected a whole number from 1 to 64,"
            + " or auto, found the text 'all'",
        "asr: {whisper: {logprob_threshold: 1}} | asr.whisper.logprob_threshold: expected a number"
            + " from -1000 to 0, found 1",
        "asr: {whisper: {temperatures: []}} | asr.whisper.temperatures: expected a list of"
            + " ascending numbers from 0 to 1, found an empty list",
        "asr: {whisper: {temperatures: [0, 1, 0.5]}} | asr.whisper.temperatures[2]: expected a number"
            + " above the one before, found 0.5",
        "asr: {whisper: {temperatures: [0, 2]}} | asr.whisper.temperatures[1]: expected a number from"
            + " 0 to 1, found 2"
      })
  void aWrongValueSaysWhatWasExpected(String yaml, String sentence) throws IOException {
    write(yaml);

    assertThat(lines()).singleElement().asString().endsWith(": " + sentence);
  }

  @ParameterizedTest
  @CsvSource({
    "500ms, PT0.5S",
    "30s, PT30S",
    "10min, PT10M",
    "1.5h, PT1H30M",
    "7d, PT168H",
    "90 s, PT1M30S"
  })
  void durationsHaveUnits(String written, Duration meant) throws InvalidValueException {
    assertThat(Amounts.duration(written)).isEqualTo(meant);
    assertThat(Amounts.duration(Amounts.format(meant))).isEqualTo(meant);
  }

  @ParameterizedTest
  @CsvSource({
    "1B, 1",
    "50MB, 50000000",
    "4GB, 4000000000",
    "1.5KB, 1500",
    "2TB, 2000000000000",
    "1GiB, 1073741824",
    "512 KiB, 524288"
  })
  void sizesHaveUnits(String written, long meant) throws InvalidValueException {
    assertThat(Amounts.bytes(written)).isEqualTo(meant);
    assertThat(Amounts.bytes(Amounts.format(meant))).isEqualTo(meant);
  }

  @Test
  void aListHoldsNoNulls() throws IOException {
    write("asr:\n  whisper:\n    temperatures: [0, null]\n");

    assertThat(lines())
        .containsExactly(
            "3:5: asr.whisper.temperatures[1]: expected a number from 0 to 1, found null");
  }

  @Test
  void brokenYamlIsOneOfTheMistakes() throws IOException {
    write("inbox:\n  path: [\n");
    environment.put("MAIE_INBOX__DEPTH", "x");

    assertThat(read().problems()).hasSize(2);
  }

  @Test
  void aPasswordInAWebAddressIsNotShownInTheMistake() {
    environment.put("MAIE_MODELS__HUB", "https://anna:geheim@hub.example");

    assertThat(lines())
        .singleElement(STRING)
        .contains("models.hub", "[redacted]")
        .doesNotContain("geheim");
  }

  @Test
  void theLogNamesOnlyWhatDiffersFromTheDefaults() throws IOException {
    assertThat(SettingsReport.changes(read()))
        .containsExactly(
            "asr.whisper.beam_size=1 from profile edge:7:5",
            "asr.whisper.best_of=2 from profile edge:8:5",
            "asr.whisper.batch=1 from profile edge:6:5");

    write("inbox:\n  settle_time: 7s\ndefaults:\n  language: de\n");

    assertThat(SettingsReport.changes(read()))
        .containsExactly(
            "inbox.settle_time=7s from " + file() + ":2:3",
            "asr.whisper.beam_size=1 from profile edge:7:5",
            "asr.whisper.best_of=2 from profile edge:8:5",
            "asr.whisper.batch=1 from profile edge:6:5",
            "defaults.language=de from " + file() + ":4:3");
  }

  private Duration settleTime() {
    return read().settings().orElseThrow().inbox().settle().local();
  }

  private Settings settings(String profile) {
    LoadedSettings loaded =
        SettingsReader.read(new SettingsSources(home, Map.of(), null, null, profile, Map.of()));
    assertThat(loaded.problems()).isEmpty();
    return loaded.settings().orElseThrow();
  }

  private LoadedSettings read() {
    return SettingsReader.read(new SettingsSources(home, environment, null, null, null, flags));
  }

  /** The problems without the name of the file. */
  private List<String> lines() {
    return SettingsReport.check(read()).stream()
        .map(line -> line.replace(file() + ":", ""))
        .toList();
  }

  private Path file() {
    return home.resolve("config/maie-edge.yaml");
  }

  private void write(String yaml) throws IOException {
    @Nullable Path folder = file().getParent();
    if (folder != null) {
      Files.createDirectories(folder);
    }
    Files.writeString(file(), yaml);
  }
}
