package io.maie.edge.result;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.maie.edge.request.Feature;
import io.maie.edge.request.ParameterDocument;
import io.maie.edge.request.RecordingParameters;
import io.maie.edge.transcript.Language;
import io.maie.edge.transcript.RemovedSegment;
import io.maie.edge.transcript.Transcript;
import io.maie.edge.transcript.Turn;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes result documents as JSON: keys in documented order, the same bytes for the same document.
 * The schema is the resource {@code /schema/result-v1.json}.
 */
public final class ResultCodec {
  /** Grows by optional keys only; consumers ignore keys that they do not know. */
  public static final int SCHEMA_VERSION = 1;

  private static final JsonFactory FACTORY = new JsonFactory();
  private static final String METADATA = "metadata";

  private ResultCodec() {}

  /** The document in UTF-8, indented, with a line feed at its end. */
  public static byte[] encode(ResultDocument document) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator json = FACTORY.createGenerator(bytes)) {
      json.setPrettyPrinter(new LinePrinter());
      new Writer(new JsonFields(json)).write(document);
      json.writeRaw('\n');
    } catch (IOException e) {
      throw new UncheckedIOException("memory could not be written", e);
    }
    return bytes.toByteArray();
  }

  /** The results alone, in UTF-8: what later stages begin with when they are repeated. */
  public static byte[] encodeResults(Results results) {
    return object(writer -> writer.results(results));
  }

  /** The parts of a revised document, each under its own key. */
  static byte[] encode(Revision revision) {
    return object(writer -> writer.revision(revision));
  }

  /** Envelope of the results: the source as far as its name, times, parameters. */
  static byte[] encode(Envelope envelope) {
    return object(
        writer -> {
          writer.json().text("task_id", envelope.taskId());
          writer.envelope(envelope);
        });
  }

  /** Writes the body of an object. */
  @FunctionalInterface
  private interface Content {
    void write(Writer writer) throws IOException;
  }

  private static byte[] object(Content content) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator json = FACTORY.createGenerator(bytes)) {
      JsonFields fields = new JsonFields(json);
      fields.object(() -> content.write(new Writer(fields)));
    } catch (IOException e) {
      throw new UncheckedIOException("memory could not be written", e);
    }
    return bytes.toByteArray();
  }

  /** One document. */
  private record Writer(JsonFields json) {

    void write(ResultDocument document) throws IOException {
      json.object(
          () -> {
            json.integer("schema_version", SCHEMA_VERSION);
            json.text("task_id", document.envelope().taskId());
            if (document instanceof ResultDocument.Completed completed) {
              json.text("status", "COMPLETE");
              envelope(completed.envelope());
              json.object("results", () -> results(completed.results()));
              json.object("metrics", () -> metrics(completed.metrics(), completed.results()));
              json.object("versions", () -> versions(completed));
            } else if (document instanceof ResultDocument.Failed failed) {
              json.text("status", "FAILED");
              envelope(failed.envelope());
              json.object("error", () -> error(failed.error()));
            }
            json.array("warnings", document.envelope().warnings(), this::warning);
          });
    }

    void revision(Revision revision) throws IOException {
      json.text("task_id", revision.taskId());
      json.instant("started_at", revision.startedAt());
      json.instant("completed_at", revision.completedAt());
      json.object("parameters", () -> parameters(ParameterDocument.of(revision.parameters())));
      json.object("results", () -> results(revision.results()));
      TextFields text = new TextFields(json);
      boolean detailed = revision.parameters().features().contains(Feature.ENHANCEMENT_METRICS);
      json.object(
          "metrics",
          () -> {
            text.metrics(revision.enhancement(), detailed);
            text.grounding(revision.results().summary());
          });
      text.cleaner(revision.enhancement());
      text.version(revision.results().summary());
      json.array("stages", revision.stages(), this::stage);
      @Nullable List<ModelIdentity> speakers = revision.speakerModels();
      if (speakers != null) {
        json.array("speakers", speakers, (model, index) -> json.object(() -> model(model)));
      }
      json.array("warnings", revision.warnings(), this::warning);
    }

    void envelope(Envelope envelope) throws IOException {
      json.object("source", () -> new SourceFields(json).write(envelope.source()));
      json.instant("received_at", envelope.receivedAt());
      json.instant("started_at", envelope.startedAt());
      json.instant("completed_at", envelope.completedAt());
      json.integer("attempts", envelope.attempts());
      @Nullable RecordingParameters parameters = envelope.parameters();
      if (parameters != null) {
        json.object("parameters", () -> parameters(ParameterDocument.of(parameters)));
      }
    }

    private void parameters(Map<String, Object> parameters) throws IOException {
      for (Map.Entry<String, Object> entry : parameters.entrySet()) {
        if (entry.getKey().equals(METADATA)) {
          json.untouched(METADATA, entry.getValue());
        } else {
          json.value(entry.getKey(), entry.getValue());
        }
      }
    }

    void results(Results results) throws IOException {
      @Nullable Transcript transcript = results.transcript();
      if (transcript != null) {
        language(transcript);
        languages(transcript);
        json.text("raw_transcript", transcript.text());
      }
      new TextFields(json).results(results);
      json.array(
          "speech_regions",
          results.speechRegions(),
          (region, index) ->
              json.object(
                  () -> {
                    json.seconds("start", region.span().start());
                    json.seconds("end", region.span().end());
                  }));
      @Nullable Speakers speakers = results.speakers();
      if (speakers != null) {
        json.array("speakers", speakers.speakers(), this::speaker);
        json.array("turns", speakers.turns(), this::turn);
      }
      if (transcript != null) {
        json.array("segments", transcript.segments(), new SegmentFields(json)::segment);
      }
      if (!results.removed().isEmpty()) {
        json.array("removed", results.removed(), this::removed);
      }
    }

    private void language(Transcript transcript) throws IOException {
      if (transcript.language().isPresent()) {
        Language language = transcript.language().get();
        json.object(
            "language",
            () -> {
              json.text("code", language.code());
              json.decimal("probability", language.probability());
            });
      }
    }

    private void languages(Transcript transcript) throws IOException {
      if (!transcript.languageShares().isEmpty()) {
        json.array(
            "languages",
            transcript.languageShares(),
            (each, index) ->
                json.object(
                    () -> {
                      json.text("code", each.code());
                      json.decimal("share", each.share());
                    }));
      }
    }

    private void speaker(SpeakerSummary speaker, int index) throws IOException {
      json.object(
          () -> {
            json.text("id", speaker.id());
            json.text("name", speaker.name());
            new SegmentFields(json).channel(speaker.channel());
            json.seconds("seconds", speaker.samples());
            json.integer("words", speaker.words());
            json.decimal("share", speaker.share());
          });
    }

    private void turn(Turn turn, int index) throws IOException {
      json.object(
          () -> {
            json.seconds("start", turn.span().start());
            json.seconds("end", turn.span().end());
            json.text("speaker", turn.speakerId());
          });
    }

    private void removed(RemovedSegment segment, int index) throws IOException {
      json.object(
          () -> {
            json.text("text", segment.text());
            json.seconds("start", segment.span().start());
            json.seconds("end", segment.span().end());
            json.text("rule", segment.rule().label());
            json.text("pattern", segment.pattern());
          });
    }

    private void metrics(Metrics metrics, Results results) throws IOException {
      json.seconds("input_duration_seconds", metrics.inputSamples());
      json.seconds("processing_time_seconds", metrics.processing());
      json.decimal("rtf", metrics.rtf());
      if (metrics.vadCoverage().isPresent()) {
        json.decimal("vad_coverage", metrics.vadCoverage().getAsDouble());
        json.integer("vad_segments", metrics.vadSegments());
      }
      if (metrics.unheardSamples().isPresent()) {
        json.seconds("unheard_seconds", metrics.unheardSamples().getAsLong());
      }
      if (metrics.asrConfidence().isPresent()) {
        json.decimal("asr_confidence_avg", metrics.asrConfidence().getAsDouble());
      }
      TextFields text = new TextFields(json);
      text.metrics(metrics.enhancement(), metrics.detailed());
      text.grounding(results.summary());
      json.array("stages", metrics.stages(), this::stage);
      json.integer("peak_rss_bytes", metrics.peakRssBytes());
    }

    private void stage(StageReport stage, int index) throws IOException {
      json.object(
          () -> {
            json.text("name", stage.name());
            json.seconds("seconds", stage.duration());
            json.text("outcome", stage.outcome().toLowerCase(Locale.ROOT));
          });
    }

    private void versions(ResultDocument.Completed completed) throws IOException {
      Versions versions = completed.versions();
      json.text("pipeline_version", versions.pipelineVersion());
      model("asr_backend", versions.asr());
      model("vad", versions.vad());
      if (!versions.speakers().isEmpty()) {
        json.array(
            "speakers", versions.speakers(), (model, index) -> json.object(() -> model(model)));
      }
      filter(versions.filter());
      TextFields text = new TextFields(json);
      text.cleaner(completed.metrics().enhancement());
      text.version(completed.results().summary());
      json.text("ffmpeg", versions.ffmpeg());
      RuntimeEnvironment runtime = versions.runtime();
      json.object(
          "runtime",
          () -> {
            json.text("java", runtime.java());
            json.text("onnxruntime", runtime.onnxruntime());
            json.text("device", runtime.device());
            json.integer("threads", runtime.threads());
            json.text("os", runtime.os());
            json.text("cpu", runtime.cpu());
          });
    }

    private void model(String key, @Nullable ModelIdentity model) throws IOException {
      if (model == null) {
        return;
      }
      json.object(key, () -> model(model));
    }

    private void model(ModelIdentity model) throws IOException {
      json.text("name", model.name());
      json.text("model_variant", model.variant());
      json.text("checkpoint_hash", model.checkpointHash());
      json.text("compute_type", model.computeType());
      json.sorted("decoding_params", model.decodingParams());
    }

    private void filter(@Nullable FilterIdentity filter) throws IOException {
      if (filter != null) {
        json.object(
            "hallucination_filter",
            () -> {
              json.sorted("patterns", filter.patterns());
              json.sorted("params", filter.params());
            });
      }
    }

    private void error(FailureReport error) throws IOException {
      json.text("code", error.code().name());
      json.text("stage", error.stage());
      json.text("message", error.message());
      json.text("hint", error.hint());
      json.value("details", error.details());
    }

    private void warning(Warning warning, int index) throws IOException {
      json.object(
          () -> {
            json.text("code", warning.code().name());
            json.text("stage", warning.stage());
            json.text("message", warning.message());
          });
    }
  }
}
