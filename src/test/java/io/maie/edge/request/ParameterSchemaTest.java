package io.maie.edge.request;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.maie.edge.schema.Problem;
import io.maie.edge.testing.GeneratedText;
import io.maie.edge.testing.ShippedSchema;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The schemas of sidecars and folder profiles agree with the validator. */
final class ParameterSchemaTest {
  @Test
  void theSchemasForEditorsAreMadeFromTheKeys() throws Exception {
    GeneratedText.file(
        Path.of("docs", "schema", "parameters-v1.json"), ParameterSchemas.sidecar().print());
    GeneratedText.file(
        Path.of("docs", "schema", "folder-v1.json"), ParameterSchemas.folderProfile().print());
  }

  static Stream<Arguments> words() {
    return Stream.of(
        words(Parameters.ASR_BACKEND, AsrBackend.values(), AsrBackend::label),
        words(Parameters.CLEANING, Cleaning.values(), Cleaning::label),
        words(Parameters.FEATURES, Feature.values(), Feature::label),
        words(Parameters.OUTPUT_FORMATS, OutputFormat.values(), OutputFormat::label),
        words(Parameters.SPEAKER_SOURCE, SpeakerSource.values(), SpeakerSource::label));
  }

  private static <E> Arguments words(
      Parameter<?> parameter, E[] values, Function<E, String> label) {
    return Arguments.of(parameter, Arrays.stream(values).map(label).toList());
  }

  @ParameterizedTest
  @MethodSource("words")
  void theSentenceNamesEveryWord(Parameter<?> parameter, List<String> words) {
    assertThat(parameter.description()).endsWith(".").contains(words);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"features\": [\"summary\", \"raw_transcript\"]}",
        "{\"template_id\": \"meeting_v1\"}",
        "{\"template_id\": null}",
        "{\"asr_model\": \"a.b-c_d\"}",
        "{\"language\": \"auto\"}",
        "{\"language\": \"yue\"}",
        "{\"language\": \"zh-Hant\"}",
        "{\"languages\": [\"en\", \"vi\", \"zh-Hans\"]}",
        "{\"languages\": []}",
        "{\"channels\": \"each\", \"tracks\": \"all\"}",
        "{\"channels\": \"left\", \"tracks\": \"en\"}",
        "{\"channels\": 64, \"tracks\": 2}",
        "{\"channels\": \"2\", \"tracks\": \"2\"}",
        "{\"initial_prompt\": null}",
        "{\"vocabulary\": []}",
        "{\"vad_threshold\": 0}",
        "{\"vad_threshold\": 1.0}",
        "{\"max_speakers\": 64}",
        "{\"speaker_source\": \"channels\"}",
        "{\"subtitle_speakers\": true}",
        "{\"output_formats\": [\"srt\", \"vtt\", \"txt\", \"json\"]}",
        "{\"allow_duplicate\": true}",
        "{\"priority\": -1000}",
        "{\"priority\": 5.0}",
        "{\"cleaning\": []}",
        "{\"cleaning\": [\"numbers\", \"fillers\", \"commands\"]}",
        "{\"speaker_names\": {\"S1\": \"Anna\"}}",
        "{\"metadata\": {\"a\": [null, {}]}}"
      })
  void bothAccept(String json) {
    assertThat(ShippedSchema.parameters().violations(json)).isEmpty();
    assertThat(problems(json)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[]",
        "{\"feature\": []}",
        "{\"features\": []}",
        "{\"features\": [\"Summery\"]}",
        "{\"features\": null}",
        "{\"template_id\": \"../x\"}",
        "{\"asr_backend\": \"vosk\"}",
        "{\"language\": \"english\"}",
        "{\"languages\": \"en\"}",
        "{\"languages\": [\"auto\"]}",
        "{\"channels\": \"middle\"}",
        "{\"channels\": 0}",
        "{\"channels\": null}",
        "{\"channels\": [1]}",
        "{\"tracks\": \"english\"}",
        "{\"tracks\": 1.5}",
        "{\"tracks\": true}",
        "{\"translate\": \"yes\"}",
        "{\"initial_prompt\": \"\"}",
        "{\"vocabulary\": [\"\"]}",
        "{\"vad_threshold\": 1.01}",
        "{\"vad_threshold\": \"0.5\"}",
        "{\"num_speakers\": 0}",
        "{\"speaker_source\": \"left\"}",
        "{\"num_speakers\": 1.5}",
        "{\"output_formats\": [\"docx\"]}",
        "{\"priority\": 1001}",
        "{\"speaker_names\": {\"Anna\": \"S1\"}}",
        "{\"metadata\": []}"
      })
  void bothRefuse(String json) {
    assertThat(ShippedSchema.parameters().violations(json)).isNotEmpty();
    assertThat(problems(json)).isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "# nothing yet",
        "sidecar: required",
        "companions: archive-with\nlanguage: no",
        "language: vi\nlanguages: [vi, en]\nasr_model: null"
      })
  void bothAcceptTheFolderProfile(String yaml) throws IOException {
    assertThat(ShippedSchema.folderProfile().yamlViolations(yaml)).isEmpty();
    assertThat(folderProblems(yaml)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[]",
        "sidecar: maybe",
        "companions: archive",
        "companion: leave",
        "language: english",
        "vad_threshold: '0.5'"
      })
  void bothRefuseTheFolderProfile(String yaml) throws IOException {
    assertThat(ShippedSchema.folderProfile().yamlViolations(yaml)).isNotEmpty();
    assertThat(folderProblems(yaml)).isNotEmpty();
  }

  private static List<Problem> folderProblems(String yaml) {
    return ParameterReader.readFolderProfile("_folder.yaml", yaml.getBytes(UTF_8)).problems();
  }

  private static List<Problem> problems(String json) {
    return ParameterReader.readSidecar("s", json.getBytes(UTF_8)).problems();
  }
}
