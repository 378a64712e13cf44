package io.maie.edge.result;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.maie.edge.audio.SampleSpan;
import io.maie.edge.audio.SpeechRegion;
import io.maie.edge.request.ParameterReader;
import io.maie.edge.request.RecordingParameters;
import io.maie.edge.request.ValidatedParameters;
import io.maie.edge.testing.ShippedSchema;
import io.maie.edge.transcript.Segment;
import io.maie.edge.transcript.Transcript;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.text.Normalizer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ResultCodecTest {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  @Test
  void bothKindsOfDocumentObeyTheSchema() {
    ShippedSchema.result().accepts(ResultCodec.encode(SampleDocuments.complete()));
    ShippedSchema.result().accepts(ResultCodec.encode(SampleDocuments.failed()));
  }

  @Test
  void keysComeInDocumentedOrder() {
    assertThat(keys(encode(SampleDocuments.complete())))
        .containsExactly(
            "schema_version",
            "task_id",
            "status",
            "source",
            "received_at",
            "started_at",
            "completed_at",
            "attempts",
            "parameters",
            "results",
            "metrics",
            "versions",
            "warnings");
    assertThat(keys(encode(SampleDocuments.failed())))
        .containsSubsequence("status", "source", "attempts", "parameters", "error", "warnings")
        .doesNotContain("results", "metrics", "versions");
  }

  @Test
  void timesHaveThreeDecimalsAndInstantsEndWithZ() {
    String json = encode(SampleDocuments.complete());

    assertThat(json)
        .contains("{ \"start\": 0.320, \"end\": 0.600, \"word\": \"Good\", \"probability\": 0.970,")
        .contains("\"received_at\": \"2026-01-02T03:04:05.000Z\"")
        .contains("\"completed_at\": \"2026-01-02T03:04:07.730Z\"")
        .contains("\"rtf\": 0.247");
  }

  @Test
  void scoresAndEstimatedTimesAppearIfTheModelGivesThem() throws Exception {
    JsonNode document = MAPPER.readTree(encode(SampleDocuments.complete()));
    JsonNode segments = document.at("/results/segments");

    assertThat(keys(segments.get(0).toString()))
        .containsExactly("id", "start", "end", "speaker", "text", "confidence", "words");
    assertThat(segments.get(0).at("/words/0/estimated").isMissingNode()).isTrue();
    assertThat(keys(segments.get(1).toString()))
        .containsExactly(
            "id",
            "start",
            "end",
            "speaker",
            "overlap",
            "text",
            "confidence",
            "avg_logprob",
            "no_speech_prob",
            "compression_ratio",
            "temperature",
            "words");
    assertThat(segments.get(1).at("/avg_logprob").doubleValue()).isEqualTo(-0.214);
    assertThat(segments.get(1).at("/words/0/estimated").booleanValue()).isTrue();
  }

  @Test
  void speakersAreListedWithWhatTheySaidAndWhen() throws Exception {
    JsonNode results = MAPPER.readTree(encode(SampleDocuments.complete())).path("results");

    assertThat(results.at("/speakers/0").toString())
        .isEqualTo("{\"id\":\"S1\",\"seconds\":2.4,\"words\":3,\"share\":0.632}");
    assertThat(results.at("/speakers/1/name").asText()).isEqualTo("Zo\u00EB");
    assertThat(results.at("/turns/1").toString())
        .isEqualTo("{\"start\":2.9,\"end\":4.3,\"speaker\":\"S2\"}");
    assertThat(results.at("/segments/1/words/0/speaker").asText()).isEqualTo("S2");
    assertThat(results.at("/segments/1/words/0/overlap").asBoolean()).isTrue();
    assertThat(results.at("/segments/0/overlap").isMissingNode()).isTrue();
  }

  @Test
  void withoutDiarizationNoKeySpeaksOfSpeakers() {
    String json =
        encode(withResults(SampleDocuments.plain(SampleDocuments.transcript())))
            .replaceFirst("(?s)\"versions\".*", "");

    assertThat(json).doesNotContain("\"speaker", "\"turns\"", "\"overlap\"");
  }

  @Test
  void theSchemaRefusesIncompleteScores() {
    String json = encode(SampleDocuments.complete());

    assertThat(ShippedSchema.result().violations(json.replace("\"temperature\"", "\"warmth\"")))
        .isNotEmpty();
    assertThat(
            ShippedSchema.result()
                .violations(json.replace("\"estimated\": true", "\"estimated\": false")))
        .isNotEmpty();
  }

  @Test
  void everyTextIsComposed() {
    String json = encode(SampleDocuments.complete());

    assertThat(json).contains("Zo\u00EB");
    assertThat(Normalizer.isNormalized(json, Normalizer.Form.NFC)).isTrue();
  }

  @Test
  void theSendersParametersComeBackVerbatim() throws Exception {
    String metadata =
        "{\"case\":1.10,\"na\u0308me\":\"<script>\\n"
            + "\",\"n\":null,\"deep\":[{\"b\":true,\"a\":12345678901234567890}]}";
    byte[] sidecar = ("{\"metadata\":" + metadata + "}").getBytes(UTF_8);
    RecordingParameters parameters =
        ValidatedParameters.merge(
                RecordingParameters.DEFAULTS, List.of(ParameterReader.readSidecar("s", sidecar)))
            .orThrow();

    String json = encode(with(parameters));

    assertThat(json.replaceAll("\\s*\\n\\s*| (?=[\"\\[{}])|(?<=[{\\[]) ", "").replace(": ", ":"))
        .contains("\"metadata\":" + metadata);
  }

  @Test
  void transcriptsAreNeverSanitised() throws Exception {
    String text = "<script>alert(1)</script> onload=\"x\" javascript: \u0000\u2028 \uD83D\uDE00";
    Transcript transcript = Transcript.of(List.of(SampleDocuments.segment(0, 1, text)));

    JsonNode json = MAPPER.readTree(encode(withResults(SampleDocuments.plain(transcript))));

    assertThat(json.at("/results/raw_transcript").textValue()).isEqualTo(text);
    assertThat(json.at("/results/segments/0/text").textValue()).isEqualTo(text);
  }

  @Test
  void halfACharacterBecomesTheReplacementCharacter() throws Exception {
    Transcript transcript = Transcript.of(List.of(SampleDocuments.segment(0, 1, "a\uD83D b")));

    JsonNode json = MAPPER.readTree(encode(withResults(SampleDocuments.plain(transcript))));

    assertThat(json.at("/results/raw_transcript").textValue()).isEqualTo("a\uFFFD b");
  }

  @Test
  void silenceIsACompleteResult() throws Exception {
    byte[] bytes = ResultCodec.encode(withResults(SampleDocuments.plain(Transcript.of(List.of()))));

    ShippedSchema.result().accepts(bytes);
    assertThat(MAPPER.readTree(bytes).at("/results").toString())
        .isEqualTo("{\"raw_transcript\":\"\",\"speech_regions\":[],\"segments\":[]}");
  }

  @Test
  void unmeasuredValuesAreAbsent() throws Exception {
    Metrics metrics = new Metrics(0, Duration.ofSeconds(1), null, null, null, false, List.of(), 0);
    ResultDocument.Completed sample = SampleDocuments.complete();
    byte[] bytes =
        ResultCodec.encode(
            new ResultDocument.Completed(
                sample.envelope(), SampleDocuments.plain(null), metrics, sample.versions()));

    ShippedSchema.result().accepts(bytes);
    assertThat(keys(MAPPER.readTree(bytes).at("/metrics").toString()))
        .containsExactly(
            "input_duration_seconds", "processing_time_seconds", "rtf", "stages", "peak_rss_bytes");
    assertThat(keys(MAPPER.readTree(bytes).at("/results").toString()))
        .containsExactly("speech_regions");
  }

  @Test
  void theResultsBlockDoesNotDependOnTimeOrAttempt() throws Exception {
    ResultDocument.Completed first = SampleDocuments.complete();
    ResultDocument.Completed second =
        new ResultDocument.Completed(
            new Envelope(
                "another",
                first.envelope().source(),
                first.envelope().completedAt(),
                first.envelope().completedAt(),
                first.envelope().completedAt().plusSeconds(60),
                3,
                RecordingParameters.DEFAULTS,
                List.of()),
            first.results(),
            new Metrics(1, Duration.ofHours(1), null, null, null, false, List.of(), 1),
            first.versions());

    assertThat(block(encode(second))).isEqualTo(block(encode(first)));
  }

  @Test
  void mapsWithoutAnOrderAreWrittenInAlphabeticalOrder() {
    String json =
        encode(
            withModel(Map.of("zeta", 1, "alpha", Map.of("y", 1, "x", 0.1f), "mid", List.of(true))));

    assertThat(json.replaceAll("\\s+", ""))
        .contains("\"decoding_params\":{\"alpha\":{\"x\":0.1,\"y\":1},\"mid\":[true],\"zeta\":1}");
  }

  @ParameterizedTest
  @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
  void numbersThatJsonLacksAreRefused(double number) {
    assertThatThrownBy(() -> ResultCodec.encode(withModel(Map.of("a", number))))
        .isInstanceOf(NumberFormatException.class);
  }

  @Test
  void theSchemaRefusesWhatIsWrong() {
    String json = encode(SampleDocuments.complete());
    ShippedSchema schema = ShippedSchema.result();

    assertThat(schema.violations(json.replace("COMPLETE", "DONE"))).isNotEmpty();
    assertThat(schema.violations(json.replace("COMPLETE", "FAILED"))).isNotEmpty();
    assertThat(schema.violations(json.replace("\"start\": 0.320", "\"start\": \"0.320\"")))
        .isNotEmpty();
    assertThat(schema.violations(json.replace(".000Z", "+01:00"))).isNotEmpty();
    assertThat(schema.violations(json.replaceFirst("\"rtf\": [0-9.]+,", ""))).isNotEmpty();
    assertThat(schema.violations(json.replaceFirst("\\{", "{\"later\": 1,"))).isEmpty();
  }

  @Test
  void confidenceIsWeighedByLength() {
    Transcript transcript =
        Transcript.of(
            List.of(
                new Segment(new SampleSpan(0, 300), "a", 1, List.of()),
                new Segment(new SampleSpan(300, 400), "b", 0, List.of())));
    Metrics metrics =
        new Metrics(
            1_000,
            Duration.ofMillis(125),
            List.of(new SpeechRegion(new SampleSpan(0, 250))),
            transcript,
            null,
            false,
            List.of(),
            0);

    assertThat(metrics.asrConfidence()).hasValue(0.75);
    assertThat(metrics.vadCoverage()).hasValue(0.25);
    assertThat(metrics.rtf()).isEqualTo(2);
  }

  private static ResultDocument with(RecordingParameters parameters) {
    ResultDocument.Completed sample = SampleDocuments.complete();
    Envelope envelope = sample.envelope();
    return new ResultDocument.Completed(
        new Envelope(
            envelope.taskId(),
            envelope.source(),
            envelope.receivedAt(),
            envelope.startedAt(),
            envelope.completedAt(),
            1,
            parameters,
            List.of()),
        sample.results(),
        sample.metrics(),
        sample.versions());
  }

  private static ResultDocument withResults(Results results) {
    ResultDocument.Completed sample = SampleDocuments.complete();
    return new ResultDocument.Completed(
        sample.envelope(), results, sample.metrics(), sample.versions());
  }

  private static ResultDocument withModel(Map<String, Object> decodingParams) {
    ResultDocument.Completed sample = SampleDocuments.complete();
    ModelIdentity model =
        new ModelIdentity("m", "1", "sha256:" + "0".repeat(64), "fp32", decodingParams);
    return new ResultDocument.Completed(
        sample.envelope(),
        sample.results(),
        sample.metrics(),
        new Versions("1", model, null, List.of(), null, "5", sample.versions().runtime()));
  }

  private static String encode(ResultDocument document) {
    return new String(ResultCodec.encode(document), UTF_8);
  }

  private static String block(String json) {
    return json.substring(json.indexOf("\"results\""), json.indexOf("\"metrics\""));
  }

  private static List<String> keys(String json) {
    try {
      List<String> keys = new ArrayList<>();
      MAPPER.readTree(json).fieldNames().forEachRemaining(keys::add);
      return keys;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
