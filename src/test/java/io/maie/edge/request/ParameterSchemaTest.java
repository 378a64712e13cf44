package io.maie.edge.request;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.maie.edge.schema.Problem;
import io.maie.edge.testing.ShippedSchema;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The shipped schema and the validator are written apart; here they must agree. */
final class ParameterSchemaTest {

  @Test
  void theSchemaListsEveryKeyInOrderWithItsMeaning() throws Exception {
    JsonNode properties = properties();

    List<String> keys = new ArrayList<>();
    properties.fieldNames().forEachRemaining(keys::add);
    assertThat(keys).isEqualTo(ParameterKey.labels());
    assertThat(properties)
        .allMatch(property -> property.path("description").asText().endsWith("."));
  }

  static Stream<Arguments> words() {
    return Stream.of(
        words(ParameterKey.ASR_BACKEND, AsrBackend.values(), AsrBackend::label),
        words(ParameterKey.CLEANING, Cleaning.values(), Cleaning::label),
        words(ParameterKey.FEATURES, Feature.values(), Feature::label),
        words(ParameterKey.OUTPUT_FORMATS, OutputFormat.values(), OutputFormat::label),
        words(ParameterKey.SPEAKER_SOURCE, SpeakerSource.values(), SpeakerSource::label));
  }

  private static <E> Arguments words(ParameterKey key, E[] values, Function<E, String> label) {
    return Arguments.of(key, Arrays.stream(values).map(label).toList());
  }

  @ParameterizedTest
  @MethodSource("words")
  void schemaAndSentenceNameEveryWord(ParameterKey key, List<String> words) throws Exception {
    JsonNode property = properties().path(key.label());
    List<String> listed = new ArrayList<>();
    property.findValue("enum").forEach(word -> listed.add(word.asText()));

    assertThat(listed).containsExactlyInAnyOrderElementsOf(words);
    assertThat(key.description()).contains(words);
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

  private static JsonNode properties() throws IOException {
    try (InputStream resource =
        ParameterSchemaTest.class.getResourceAsStream("/schema/parameters-v1.json")) {
      return new ObjectMapper().readTree(Objects.requireNonNull(resource)).path("properties");
    }
  }

  private static List<Problem> problems(String json) {
    return ParameterReader.readSidecar("s", json.getBytes(UTF_8)).problems();
  }
}
