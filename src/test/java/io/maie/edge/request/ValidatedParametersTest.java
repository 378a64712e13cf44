package io.maie.edge.request;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.maie.edge.failure.FailureCode;
import io.maie.edge.failure.ProcessingException;
import io.maie.edge.schema.Problem;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class ValidatedParametersTest {

  @Test
  void theStrongerLayerWinsKeyByKey() throws Exception {
    RecordingParameters merged =
        merge("{\"language\": \"de\", \"priority\": 1}", "{\"priority\": 2}").orThrow();

    assertThat(merged.language()).isEqualTo("de");
    assertThat(merged.priority()).isEqualTo(2);
    assertThat(merged.vadThreshold()).isEqualTo(0.5);
  }

  @Test
  void aSummaryNeedsATemplateFromAnyLayer() {
    assertThat(merge("{\"features\": [\"summary\"]}").problems())
        .singleElement()
        .hasToString("layer 1: template_id: expected a template, because features holds summary");
    assertThat(merge("{\"template_id\": \"t\"}", "{\"features\": [\"summary\"]}").problems())
        .isEmpty();
  }

  @Test
  void speakerNumbersMustAgree() {
    assertThat(merge("{\"min_speakers\": 3}", "{\"max_speakers\": 2}").problems())
        .singleElement()
        .extracting(Problem::field)
        .isEqualTo("min_speakers");
    assertThat(merge("{\"min_speakers\": 3, \"num_speakers\": 2}").problems())
        .singleElement()
        .extracting(Problem::field)
        .isEqualTo("num_speakers");
    assertThat(merge("{\"min_speakers\": 2, \"num_speakers\": 2}").problems()).isEmpty();
  }

  @Test
  void theFailureNamesEveryFieldOfEveryLayer() {
    ProcessingException failure =
        catchThrowableOfType(
            ProcessingException.class,
            () -> merge("{\"priority\": \"high\"}", "{\"langage\": \"de\"}").orThrow());

    assertThat(failure.code()).isEqualTo(FailureCode.INVALID_PARAMETERS);
    assertThat(failure)
        .hasMessageContaining("layer 1:1:2: priority: expected a whole number")
        .hasMessageContaining("layer 2:1:2: langage: unknown key; did you mean 'language'?");
    assertThat(failure.details()).containsEntry("fields", "priority, langage");
    assertThat(failure.hint()).isPresent();
  }

  @Test
  void aListOfTurnsNeedsDiarization() {
    assertThat(merge("{\"output_formats\": [\"rttm\"]}").problems())
        .singleElement()
        .extracting(Problem::field)
        .isEqualTo("enable_diarization");
    assertThat(merge("{\"output_formats\": [\"rttm\"], \"enable_diarization\": true}").problems())
        .isEmpty();
  }

  @Test
  void jsonIsAlwaysPublished() throws Exception {
    assertThat(merge("{\"output_formats\": [\"vtt\"]}").orThrow().outputFormats())
        .containsExactly(OutputFormat.VTT, OutputFormat.JSON);
  }

  @Test
  void aFaultyLayerStillHasItsPriority() {
    ParameterLayer faulty = layer(1, "{\"priority\": 9, \"language\": 7}");

    assertThat(faulty.priorityOver(0)).isEqualTo(9);
    assertThat(layer(1, "{}").priorityOver(3)).isEqualTo(3);
  }

  @Test
  void theFingerprintFollowsWhatCanChangeAResult() throws Exception {
    String plain = fingerprint("{}");

    assertThat(plain).matches("[0-9a-f]{64}");
    assertThat(fingerprint("{\"priority\": 5, \"metadata\": {\"case\": 1}}")).isEqualTo(plain);
    assertThat(fingerprint("{\"vad_threshold\": 0.50}")).isEqualTo(plain);
    assertThat(fingerprint("{\"vad_threshold\": 0.51}")).isNotEqualTo(plain);
    assertThat(fingerprint("{\"vocabulary\": [\"a\"]}")).isNotEqualTo(plain);
  }

  /** Recorded: a new release must not change the fingerprint of unchanged parameters. */
  @Test
  void theFingerprintOfTheDefaultsNeverChanges() {
    assertThat(ParameterDocument.fingerprint(RecordingParameters.DEFAULTS))
        .isEqualTo("e010b3abaf59ee5b58c182d90b470395e6f82c4d1eb135d69372c58d6416fa1c");
  }

  @Test
  void theEchoOfAnyParametersIsAValidSidecar() {
    ParameterLayer again =
        ParameterReader.check(
            "echo", ParameterDocument.of(RecordingParameters.DEFAULTS), field -> "echo");

    assertThat(again.problems()).isEmpty();
    assertThat(ValidatedParameters.merge(RecordingParameters.DEFAULTS, List.of(again)))
        .isEqualTo(new ValidatedParameters.Valid(RecordingParameters.DEFAULTS));
  }

  @Test
  void checkedValuesKnowTheirPlace() {
    assertThat(
            ParameterReader.check("flags", Map.of("vad_threshold", 2L), field -> "--" + field)
                .problems())
        .singleElement()
        .hasToString("--vad_threshold: vad_threshold: expected a number from 0 to 1, found 2");
  }

  private static String fingerprint(String json) throws ProcessingException {
    return ParameterDocument.fingerprint(merge(json).orThrow());
  }

  private static ValidatedParameters merge(String... layers) {
    List<ParameterLayer> read =
        IntStream.range(0, layers.length).mapToObj(i -> layer(i + 1, layers[i])).toList();
    return ValidatedParameters.merge(RecordingParameters.DEFAULTS, read);
  }

  private static ParameterLayer layer(int number, String json) {
    return ParameterReader.readSidecar("layer " + number, json.getBytes(UTF_8));
  }
}
