package io.maie.edge.request;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.maie.edge.schema.Problem;
import java.nio.charset.Charset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ParameterReaderTest {

  @Test
  void everyKeyIsRead() {
    RecordingParameters parameters =
        valid(
            """
            {"features": ["raw_transcript", "summary"], "template_id": "meeting_v1",
             "asr_backend": "CTC", "asr_model": "small-ctc-en", "language": "EN",
             "translate": true, "initial_prompt": "Names: Ada.", "vocabulary": ["Ada", "MAIE"],
             "enable_vad": false, "vad_threshold": 0.35, "enable_diarization": true,
             "num_speakers": 2, "min_speakers": 1, "max_speakers": 3, "speaker_source": "acoustic",
             "speaker_names": {"S2": "Ben", "S1": "Anna"},
             "subtitle_speakers": true, "output_formats": ["srt"], "priority": 7, "metadata": {"case": 1.10, "x": [null]}}
            """);

    assertThat(ParameterDocument.of(parameters).toString())
        .isEqualTo(
            "{features=[raw_transcript, summary], template_id=meeting_v1, asr_backend=ctc,"
                + " asr_model=small-ctc-en, language=en, translate=true, initial_prompt=Names:"
                + " Ada., vocabulary=[Ada, MAIE], enable_vad=false, vad_threshold=0.35,"
                + " enable_diarization=true, num_speakers=2, min_speakers=1, max_speakers=3,"
                + " speaker_source=acoustic, speaker_names={S1=Anna, S2=Ben},"
                + " subtitle_speakers=true, output_formats=[srt, json], priority=7,"
                + " metadata={case=1.10, x=[null]}}");
  }

  @Test
  void anEmptySidecarChangesNothing() {
    assertThat(valid("{}")).isEqualTo(RecordingParameters.DEFAULTS);
  }

  @Test
  void aFolderProfileOfCommentsChangesNothing() {
    assertThat(folder("# nothing yet\n").problems()).isEmpty();
  }

  @Test
  void allProblemsAreReportedAtOnceWithTheirPlaces() {
    List<Problem> problems =
        sidecar(
                """
                {"vad_treshold": 0.4,
                 "vad_threshold": 1.5,
                 "features": ["raw_transcript", "sumary"],
                 "enable_vad": "yes",
                 "num_speakers": 2.5}
                """)
            .problems();

    assertThat(problems)
        .extracting(Problem::field)
        .containsExactly(
            "vad_treshold", "vad_threshold", "features[1]", "enable_vad", "num_speakers");
    assertThat(problems)
        .extracting(Problem::where)
        .containsExactly(
            "a.job.json:1:2",
            "a.job.json:2:2",
            "a.job.json:3:33",
            "a.job.json:4:2",
            "a.job.json:5:2");
    assertThat(problems.get(0).sentence()).startsWith("unknown key; did you mean 'vad_threshold'?");
    assertThat(problems.get(1).sentence()).isEqualTo("expected a number from 0 to 1, found 1.5");
    assertThat(problems.get(2).sentence())
        .isEqualTo(
            "expected one of [raw_transcript, clean_transcript, summary, enhancement_metrics],"
                + " found the text 'sumary'; did you mean 'summary'?");
    assertThat(problems.get(3).sentence())
        .isEqualTo("expected true or false, found the text 'yes'");
    assertThat(problems.get(4).sentence())
        .isEqualTo("expected a whole number from 1 to 64, found 2.5");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "../../etc/passwd",
        "/etc/passwd",
        "http://example.org/x",
        "a/b",
        "a\\\\b",
        "-x",
        "",
        ".x"
      })
  void neitherPathsNorAddressesNameAModelOrTemplate(String name) {
    assertThat(sidecar("{\"asr_model\": \"" + name + "\", \"template_id\": \"" + name + "\"}"))
        .extracting(layer -> layer.problems().stream().map(Problem::field).toList())
        .isEqualTo(List.of("asr_model", "template_id"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"webhook", "output", "model_path", "hook", "ffmpeg", "sidecar"})
  void aSidecarCannotReachBeyondItsRecording(String key) {
    assertThat(sidecar("{\"" + key + "\": \"x\"}").problems()).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"features\": \"summary\"} | features",
        "{\"features\": []} | features",
        "{\"features\": [1, 2]} | features[0]",
        "{\"vad_threshold\": \"0.5\"} | vad_threshold",
        "{\"vad_threshold\": -0.0001} | vad_threshold",
        "{\"vad_threshold\": true} | vad_threshold",
        "{\"vad_threshold\": null} | vad_threshold",
        "{\"num_speakers\": 0} | num_speakers",
        "{\"num_speakers\": 65} | num_speakers",
        "{\"num_speakers\": 99999999999999999999} | num_speakers",
        "{\"language\": \"english\"} | language",
        "{\"language\": \"en-US\"} | language",
        "{\"vocabulary\": [\"a\", 2]} | vocabulary[1]",
        "{\"vocabulary\": \"a\"} | vocabulary",
        "{\"initial_prompt\": \"\"} | initial_prompt",
        "{\"speaker_names\": [\"Anna\"]} | speaker_names",
        "{\"speaker_names\": {\"Anna\": \"S1\"}} | speaker_names.Anna",
        "{\"speaker_names\": {\"S1\": \" \"}} | speaker_names.S1",
        "{\"metadata\": []} | metadata",
        "{\"metadata\": {\"a\": 1e400}} | metadata.a",
        "{\"metadata\": {\"a\": 1e99999999999999}} | metadata.a",
        "{\"metadata\": {\"a\": \"\\ud800\"}} | metadata.a",
        "{\"priority\": 1001} | priority",
        "{\"asr_backend\": 5} | asr_backend"
      })
  void aWrongValueIsNamedByItsField(String json, String field) {
    assertThat(sidecar(json).problems()).first().extracting(Problem::field).isEqualTo(field);
  }

  @Test
  void theEndsOfRangesAreInside() {
    assertThat(valid("{\"vad_threshold\": 0}").vadThreshold()).isZero();
    assertThat(valid("{\"vad_threshold\": 1}").vadThreshold()).isEqualTo(1);
    assertThat(valid("{\"num_speakers\": 64}").numSpeakers()).isEqualTo(64);
  }

  @Test
  void nullTakesBackWhatAWeakerLayerSays() throws Exception {
    ParameterLayer folder = folder("asr_model: big\nlanguage: de\n");

    RecordingParameters merged =
        ValidatedParameters.merge(
                RecordingParameters.DEFAULTS, List.of(folder, sidecar("{\"asr_model\": null}")))
            .orThrow();

    assertThat(merged.asrModel()).isNull();
    assertThat(merged.language()).isEqualTo("de");
  }

  @Test
  void aKeyWrittenTwiceIsRefused() {
    assertThat(sidecar("{\"priority\": 1,\n \"priority\": 2}").problems())
        .singleElement()
        .hasToString(
            "a.job.json:2:2: priority: expected each key once, found it again; first at 1:2");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "metadata: {a: &x 1, b: *x}\n",
        "metadata: {a: &x [1], b: *x}\n",
        "language: !!str en\n",
        "language: !x en\n"
      })
  void yamlWithAnchorsAliasesOrTagsIsRefused(String yaml) {
    assertThat(folder(yaml).problems())
        .anyMatch(problem -> problem.sentence().startsWith("expected plain YAML, found"));
  }

  @Test
  void norwegianIsALanguageAndNotFalse() throws Exception {
    ParameterLayer folder = folder("language: no\nmetadata: {case: 007, when: 2026-01-02}\n");

    RecordingParameters merged =
        ValidatedParameters.merge(RecordingParameters.DEFAULTS, List.of(folder)).orThrow();

    assertThat(merged.language()).isEqualTo("no");
    assertThat(merged.metadata()).isEqualTo(Map.of("case", "007", "when", "2026-01-02"));
  }

  @Test
  void aFolderProfileMayAskForASidecar() {
    assertThat(folder("sidecar: required\n").folderRules().sidecarRequired()).isTrue();
    assertThat(folder("sidecar: optional\n").folderRules().sidecarRequired()).isFalse();
    assertThat(folder("language: en\n").folderRules().sidecarRequired()).isFalse();
    assertThat(folder("sidecar: maybe\n").problems())
        .singleElement()
        .hasToString(
            "in/_folder.yaml:1:1: sidecar: expected one of [optional, required], found the text"
                + " 'maybe'");
  }

  @Test
  void aFolderProfileMaySayWhatBecomesOfCompanions() {
    assertThat(folder("companions: archive-with\n").folderRules().companions())
        .isEqualTo(FolderRules.Companions.ARCHIVE_WITH);
    assertThat(folder("companions: fail\n").folderRules().companions())
        .isEqualTo(FolderRules.Companions.FAIL);
    assertThat(folder("language: en\n").folderRules().companions())
        .isEqualTo(FolderRules.Companions.LEAVE);
    assertThat(folder("companions: archive\n").problems())
        .singleElement()
        .hasToString(
            "in/_folder.yaml:1:1: companions: expected one of [leave, archive-with, fail], found"
                + " the text 'archive'");
  }

  @Test
  void aSidecarKnowsNoKeyOfFolders() {
    assertThat(sidecar("{\"companions\": \"leave\"}").problems()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "[]", "null", "\"x\"", "{\"priority\": 1} {}", "{\"a\": ", "{'a': 1}"})
  void anAnswerThatIsNotOneJsonObjectIsRefused(String json) {
    assertThat(sidecar(json).problems()).isNotEmpty();
  }

  @Test
  void brokenYamlNamesLineAndColumn() {
    assertThat(folder("language: en\n\tpriority: 1\n").problems())
        .first()
        .asString()
        .startsWith("in/_folder.yaml:2:")
        .doesNotContain("\n");
  }

  @Test
  void moreThan64KibibytesAreRefusedUnread() {
    byte[] bytes = new byte[ParameterReader.MAX_BYTES + 1];

    assertThat(ParameterReader.readSidecar("a.job.json", bytes).problems())
        .singleElement()
        .hasToString("a.job.json: expected at most 65536 bytes, found 65537 bytes");
  }

  @Test
  void deepNestingIsRefusedWithoutExhaustingTheStack() {
    String deep = "{\"metadata\": " + "[".repeat(30_000) + "]".repeat(30_000) + "}";

    assertThat(sidecar(deep).problems()).isNotEmpty();
    assertThat(folder("metadata: " + "[".repeat(30_000)).problems()).isNotEmpty();
    assertThat(folder("- ".repeat(15_000)).problems()).isNotEmpty();
  }

  @Test
  void metadataIsLimitedInDepthAndSize() {
    String nine = "{\"a\":".repeat(9) + "1" + "}".repeat(9);
    String many = "{\"a\": [" + "1,".repeat(1_000) + "1]}";

    assertThat(sidecar("{\"metadata\": " + nine + "}").problems())
        .singleElement()
        .extracting(Problem::sentence)
        .isEqualTo("expected at most 8 levels, found 9");
    assertThat(sidecar("{\"metadata\": " + many + "}").problems())
        .singleElement()
        .extracting(Problem::sentence)
        .isEqualTo("expected at most 1000 values, found 1003");
  }

  @Test
  void aFloodOfUnknownKeysIsCutShort() {
    StringBuilder json = new StringBuilder("{\"" + "k".repeat(5_000) + "\": 0");
    for (int i = 0; i < 4_000; i++) {
      json.append(", \"key").append(i).append("\": 0");
    }

    List<Problem> problems = sidecar(json + "}").problems();

    assertThat(problems).hasSize(21);
    assertThat(problems.get(0).field()).hasSize(63);
    assertThat(problems.get(20).sentence()).isEqualTo("more unknown keys than can be listed");
  }

  @Test
  void aFloodOfWrongItemsIsCutShort() {
    String items = "1,".repeat(900) + "1";

    assertThat(sidecar("{\"vocabulary\": [" + items + "]}").problems())
        .hasSize(21)
        .last()
        .hasToString("a.job.json:1:2: vocabulary: more wrong items than can be listed");
  }

  @Test
  void windowsEditorsMayWriteAByteOrderMark() {
    assertThat(sidecar("\uFEFF{\"priority\": 1}").problems()).isEmpty();
  }

  /** Letters without marks are bytes that UTF-8 allows in these encodings too. */
  @ParameterizedTest
  @CsvSource({
    "UTF-16,vi",
    "UTF-16LE,vi",
    "UTF-16BE,vi",
    "x-UTF-16LE-BOM,vi",
    "UTF-32,vi",
    "UTF-32LE,vi",
    "UTF-16LE,ü"
  })
  void anotherEncodingOfUnicodeIsNamedAsTheProblem(Charset encoding, String text) {
    byte[] json = ("{\"language\": \"" + text + "\"}").getBytes(encoding);
    byte[] yaml = ("language: " + text + "\n").getBytes(encoding);
    String advice = ": expected text in UTF-8; save the file with that encoding";

    assertThat(ParameterReader.readSidecar("a.job.json", json).problems())
        .singleElement()
        .hasToString("a.job.json" + advice);
    assertThat(ParameterReader.readFolderProfile("_folder.yaml", yaml).problems())
        .singleElement()
        .hasToString("_folder.yaml" + advice);
  }

  @Test
  void anotherEncodingIsNamedAsTheProblem() {
    assertThat(
            ParameterReader.readSidecar("a.job.json", new byte[] {'{', (byte) 0xFC, '}'})
                .problems())
        .singleElement()
        .hasToString("a.job.json: expected text in UTF-8; save the file with that encoding");
  }

  private static RecordingParameters valid(String json) {
    ValidatedParameters merged =
        ValidatedParameters.merge(RecordingParameters.DEFAULTS, List.of(sidecar(json)));
    assertThat(merged.problems()).isEmpty();
    return ((ValidatedParameters.Valid) merged).parameters();
  }

  private static ParameterLayer sidecar(String json) {
    return ParameterReader.readSidecar("a.job.json", json.getBytes(UTF_8));
  }

  private static ParameterLayer folder(String yaml) {
    return ParameterReader.readFolderProfile("in/_folder.yaml", yaml.getBytes(UTF_8));
  }
}
