package io.maie.edge.result;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.toSet;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.maie.edge.audio.Waveform;
import io.maie.edge.request.OutputFormat;
import io.maie.edge.request.RecordingParameters;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The document of a task that succeeded, to be worked on again. Parts that a revision does not
 * concern, and keys that this version does not know, stay unchanged.
 */
public final class EarlierResult {
  static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();

  private static final String RESULTS = "results";
  private static final String METRICS = "metrics";
  private static final String VERSIONS = "versions";
  private static final String STAGES = "stages";
  private static final String SPEAKERS = "speakers";
  private static final String WARNINGS = "warnings";
  private static final String TASK_ID = "task_id";
  private static final String SUMMARY = "summary";
  private static final String DUPLICATE_OF = "duplicate_of";

  /** Keys of the source that only some names bring. */
  private static final List<String> NAMES_OF_PLACES = List.of("name_raw_hex", "safe_path");

  private static final String CLEANING = "cleaning";

  /** Results that are absent from a revision because it has none. */
  private static final Set<String> REVISED =
      Set.of(SPEAKERS, "turns", "clean_transcript", "paragraphs", SUMMARY, "summary_sources");

  /** Figures that are absent from a revision because it has none. */
  private static final List<String> REVISED_METRICS =
      List.of("edit_rate_cleaning", "enhancement_metrics", "grounded_share");

  private final ObjectNode document;

  private EarlierResult(ObjectNode document) {
    this.document = document;
  }

  /**
   * Reads what {@link ResultCodec} wrote.
   *
   * @throws IOException if it is no document of a task that succeeded
   */
  public static EarlierResult read(byte[] json) throws IOException {
    if (MAPPER.readTree(json) instanceof ObjectNode document
        && document.path(RESULTS).isObject()
        && document.path("parameters").isObject()) {
      return new EarlierResult(document);
    }
    throw new IOException("expected the JSON of a result, found something else");
  }

  /** The results without the clean transcript; times are as exact as three decimals. */
  public Results results() throws IOException {
    return ResultReader.results(document.path(RESULTS));
  }

  /**
   * The transcript as it was before it was split by speakers.
   *
   * @param json what {@link ResultCodec#encodeResults} wrote
   */
  public static Results results(byte[] json) throws IOException {
    return ResultReader.results(MAPPER.readTree(json));
  }

  /** The results in the form of {@link ResultCodec#encodeResults}. */
  public byte[] recognized() throws IOException {
    return ResultCodec.encodeResults(results());
  }

  /** The parameters in the form of a sidecar. */
  public byte[] parameters() {
    return document.path("parameters").toString().getBytes(StandardCharsets.UTF_8);
  }

  /** The SHA-256 of the recording, 64 lower-case hexadecimal digits. */
  public Optional<String> sourceHash() {
    return Optional.ofNullable(document.path("source").path("sha256").textValue());
  }

  /** The revised document as {@code format}. */
  public byte[] render(Revision revision, OutputFormat format) throws IOException {
    if (format == OutputFormat.JSON) {
      return bytes(revised(revision));
    }
    JsonNode source = document.path("source");
    double seconds = source.path("duration_seconds").asDouble();
    Report report =
        new Report(
            revision.results(),
            source.path("name").asText(),
            receivedAt(),
            Math.round(seconds * Waveform.SAMPLE_RATE),
            revision.parameters().subtitleSpeakers());
    return OutputFiles.render(report, format);
  }

  /**
   * The document for another recording of the same content as {@code format}.
   *
   * @param envelope of that recording; its source needs no audio
   */
  public byte[] renderFor(Envelope envelope, OutputFormat format) throws IOException {
    if (format == OutputFormat.JSON) {
      return bytes(answering(envelope));
    }
    @Nullable RecordingParameters asked = envelope.parameters();
    double seconds = document.path("source").path("duration_seconds").asDouble();
    Report report =
        new Report(
            ResultReader.whole(document.path(RESULTS), document.path(VERSIONS)),
            envelope.source().name(),
            envelope.receivedAt(),
            Math.round(seconds * Waveform.SAMPLE_RATE),
            asked != null && asked.subtitleSpeakers());
    return OutputFiles.render(report, format);
  }

  /** The task that made the results; it may have answered other recordings too. */
  private JsonNode origin() {
    JsonNode known = document.path(DUPLICATE_OF);
    return known.isMissingNode() ? document.path(TASK_ID) : known;
  }

  private ObjectNode answering(Envelope envelope) throws IOException {
    JsonNode made = MAPPER.readTree(ResultCodec.encode(envelope));
    ObjectNode whole = document.deepCopy();
    new Behind(whole, TASK_ID).set(DUPLICATE_OF, origin());
    for (String key :
        List.of(TASK_ID, "received_at", "started_at", "completed_at", "attempts", "parameters")) {
      new Behind(whole, "received_at").set(key, made.path(key));
    }
    ObjectNode source = whole.withObject("/source");
    source.remove(NAMES_OF_PLACES);
    for (Map.Entry<String, JsonNode> named : made.path("source").properties()) {
      new Behind(source, "path").set(named.getKey(), named.getValue());
    }
    return whole;
  }

  private Instant receivedAt() throws IOException {
    String text = document.path("received_at").asText();
    try {
      return Instant.parse(text);
    } catch (DateTimeParseException e) {
      throw new IOException("expected an instant as 'received_at', found '" + text + "'", e);
    }
  }

  private ObjectNode revised(Revision revision) throws IOException {
    JsonNode made = MAPPER.readTree(ResultCodec.encode(revision));
    ObjectNode whole = document.deepCopy();
    new Behind(whole, TASK_ID).set("reprocessed_from", whole.path(TASK_ID));
    for (String key : List.of(TASK_ID, "started_at", "completed_at", "parameters")) {
      new Behind(whole, "received_at").set(key, made.path(key));
    }
    new Behind(whole, "parameters").set(RESULTS, results(made));
    Set<String> stages = revision.stages().stream().map(StageReport::name).collect(toSet());
    ArrayNode timings =
        kept(
            whole.path(METRICS).path(STAGES),
            entry -> !stages.contains(entry.path("name").asText()));
    made.path(STAGES).forEach(timings::add);
    whole.withObject("/" + METRICS).set(STAGES, timings);
    ArrayNode warnings =
        kept(whole.path(WARNINGS), entry -> !stages.contains(entry.path("stage").asText()));
    made.path(WARNINGS).forEach(warnings::add);
    whole.set(WARNINGS, warnings);
    texts(whole, made);
    @Nullable List<ModelIdentity> models = revision.speakerModels();
    if (models != null) {
      setSpeakers(
          whole.withObject("/" + VERSIONS),
          models.isEmpty() ? MissingNode.getInstance() : made.path(SPEAKERS));
    }
    return whole;
  }

  /** Channels need no models; then the earlier models did not tell anybody apart. */
  private static void setSpeakers(ObjectNode versions, JsonNode models) {
    if (models.isMissingNode()) {
      versions.remove(SPEAKERS);
    } else {
      String before = versions.has("vad") ? "vad" : "pipeline_version";
      new Behind(versions, before).set(SPEAKERS, models);
    }
  }

  /** Updates places that repeat the clean transcript and the summary. */
  private static void texts(ObjectNode whole, JsonNode made) {
    ObjectNode metrics = whole.withObject("/" + METRICS);
    metrics.remove(REVISED_METRICS);
    String before = STAGES;
    for (String key : REVISED_METRICS) {
      JsonNode value = made.path(METRICS).path(key);
      if (!value.isMissingNode()) {
        new Behind(metrics, before).set(key, value);
        before = key;
      }
    }
    ObjectNode versions = whole.withObject("/" + VERSIONS);
    versions.remove(List.of(CLEANING, SUMMARY));
    for (String key : List.of(CLEANING, SUMMARY)) {
      JsonNode version = made.path(key);
      if (!version.isMissingNode()) {
        String last =
            Stream.of(CLEANING, "hallucination_filter", SPEAKERS, "vad", "asr_backend")
                .filter(versions::has)
                .findFirst()
                .orElse("pipeline_version");
        new Behind(versions, last).set(key, version);
      }
    }
  }

  /** The new results, then the old keys that this program does not know. */
  private ObjectNode results(JsonNode made) {
    ObjectNode results = (ObjectNode) made.path(RESULTS);
    for (Map.Entry<String, JsonNode> old : document.path(RESULTS).properties()) {
      if (!results.has(old.getKey()) && !REVISED.contains(old.getKey())) {
        results.set(old.getKey(), old.getValue());
      }
    }
    return results;
  }

  private static ArrayNode kept(JsonNode entries, Predicate<JsonNode> isKept) {
    ArrayNode kept = MAPPER.createArrayNode();
    for (JsonNode entry : entries) {
      if (isKept.test(entry)) {
        kept.add(entry);
      }
    }
    return kept;
  }

  /** A place behind a key, for values that are new. */
  private record Behind(ObjectNode parent, String before) {

    /** Sets a value in its place if there is one with that key, else here. */
    void set(String key, JsonNode value) {
      if (parent.has(key)) {
        parent.set(key, value);
        return;
      }
      ObjectNode copy = parent.deepCopy();
      parent.removeAll();
      for (Map.Entry<String, JsonNode> entry : copy.properties()) {
        parent.set(entry.getKey(), entry.getValue());
        if (entry.getKey().equals(before)) {
          parent.set(key, value);
        }
      }
    }
  }

  private static byte[] bytes(ObjectNode document) throws IOException {
    String text = MAPPER.writer(new LinePrinter()).writeValueAsString(document);
    return requireNonNull(text, "a tree has a text").concat("\n").getBytes(StandardCharsets.UTF_8);
  }
}
