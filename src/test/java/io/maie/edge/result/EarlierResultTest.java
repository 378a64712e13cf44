package io.maie.edge.result;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.maie.edge.request.OutputFormat;
import io.maie.edge.request.RecordingParameters;
import io.maie.edge.testing.ShippedSchema;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class EarlierResultTest {
  private static final Instant NOW = Instant.parse("2026-02-03T04:05:06Z");

  private final ResultDocument.Completed original = SampleDocuments.complete();
  private final byte[] json = ResultCodec.encode(original);

  @Test
  void resultsAreReadAsTheyWereWritten() throws IOException {
    Results results = EarlierResult.read(json).results();

    assertThat(ResultCodec.encodeResults(results))
        .isEqualTo(ResultCodec.encodeResults(withoutClean(original.results())));
  }

  @ParameterizedTest
  @EnumSource
  void equalResultsGiveEqualDocumentsInEveryFormat(OutputFormat format) throws IOException {
    if (format == OutputFormat.JSON) {
      return;
    }
    EarlierResult earlier = EarlierResult.read(json);

    assertThat(earlier.render(revision(earlier.results()), format))
        .isEqualTo(
            OutputFiles.render(
                new Report(
                    withoutClean(original.results()),
                    "call 7.wav",
                    original.envelope().receivedAt(),
                    6 * 16_000,
                    false),
                format));
  }

  @Test
  void aRevisionChangesWhatItConcernsAndLeavesTheRest() throws IOException {
    EarlierResult earlier = EarlierResult.read(json);
    Results results = earlier.results();
    Speakers speakers = requireNonNull(results.speakers());
    Results named =
        new Results(
            results.transcript(),
            original.results().clean(),
            original.results().summary(),
            results.speechRegions(),
            speakers.named(Map.of("S1", "Zoë")),
            results.removed());

    byte[] revised = earlier.render(revision(named), OutputFormat.JSON);

    ShippedSchema.result().accepts(revised);
    JsonNode before = new ObjectMapper().readTree(json);
    JsonNode after = new ObjectMapper().readTree(revised);
    assertThat(after.path("task_id").asText()).isEqualTo("0199a1b2c3d5-0002");
    assertThat(after.path("reprocessed_from")).isEqualTo(before.path("task_id"));
    assertThat(after.at("/results/speakers/0/name").asText()).isEqualTo("Zoë");
    assertThat(after.path("source")).isEqualTo(before.path("source"));
    assertThat(after.at("/results/segments")).isEqualTo(before.at("/results/segments"));
    assertThat(after.at("/metrics/stages")).hasSameSizeAs(before.at("/metrics/stages"));
    assertThat(after.at("/metrics/stages/4/seconds").asDouble()).isEqualTo(0.5);
    assertThat(after.path("warnings")).isEqualTo(before.path("warnings"));
    assertThat(new String(revised, StandardCharsets.UTF_8))
        .startsWith(
            """
            {
              "schema_version": 1,
              "task_id": "0199a1b2c3d5-0002",
              "reprocessed_from": "0199a1b2c3d4-0001",
            """)
        .contains("\"duration_seconds\": 6.000,")
        .endsWith("}\n");
  }

  @Test
  void modelsAreNamedOnlyIfTheyToldTheSpeakersApart() throws IOException {
    EarlierResult earlier = EarlierResult.read(json);
    List<ModelIdentity> models = original.versions().speakers();
    ModelIdentity other =
        new ModelIdentity("other", "1", "sha256:" + "0".repeat(64), "fp32", Map.of());

    assertThat(models).isNotEmpty();
    assertThat(namesOfModels(earlier, null))
        .isEqualTo(models.stream().map(ModelIdentity::name).toList());
    assertThat(namesOfModels(earlier, List.of())).isEmpty();
    assertThat(namesOfModels(earlier, List.of(other))).containsExactly("other");
  }

  private static List<String> namesOfModels(
      EarlierResult earlier, @Nullable List<ModelIdentity> models) throws IOException {
    byte[] revised = earlier.render(revision(earlier.results(), models), OutputFormat.JSON);
    ShippedSchema.result().accepts(revised);
    List<String> names = new ArrayList<>();
    new ObjectMapper()
        .readTree(revised)
        .at("/versions/speakers")
        .forEach(model -> names.add(model.path("name").asText()));
    return names;
  }

  @Test
  void keysThatThisVersionDoesNotKnowAreKept() throws IOException {
    String later =
        new String(json, StandardCharsets.UTF_8)
            .replaceFirst("\"speech_regions\"", "\"later\": {\"a\": 1.50}, \"speech_regions\"")
            .replaceFirst("\"attempts\"", "\"also_later\": [1], \"attempts\"");
    EarlierResult earlier = EarlierResult.read(later.getBytes(StandardCharsets.UTF_8));

    String revised =
        new String(
            earlier.render(revision(earlier.results()), OutputFormat.JSON), StandardCharsets.UTF_8);

    assertThat(revised).contains("\"also_later\"").contains("\"a\": 1.50");
  }

  @Test
  void anythingElseIsRefused() {
    assertThatThrownBy(
            () -> EarlierResult.read(ResultCodec.encode(SampleDocuments.failed())).results())
        .isInstanceOf(IOException.class);
    assertThatThrownBy(() -> EarlierResult.read("[]".getBytes(StandardCharsets.UTF_8)))
        .isInstanceOf(IOException.class);
  }

  /** It is made of the transcript, and not read. */
  private static Results withoutClean(Results results) {
    return new Results(
        results.transcript(),
        null,
        null,
        results.speechRegions(),
        results.speakers(),
        results.removed());
  }

  private static Revision revision(Results results) {
    return revision(results, null);
  }

  private static Revision revision(Results results, @Nullable List<ModelIdentity> speakerModels) {
    return new Revision(
        "0199a1b2c3d5-0002",
        NOW,
        NOW.plusSeconds(1),
        RecordingParameters.DEFAULTS,
        results,
        null,
        List.of(new StageReport("diarization", Duration.ofMillis(500), "ok")),
        speakerModels,
        List.of());
  }
}
