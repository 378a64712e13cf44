package io.maie.edge.task;

import static java.util.Objects.requireNonNull;

import io.maie.edge.audio.Waveform;
import io.maie.edge.durable.Disk;
import io.maie.edge.durable.DurableFiles;
import io.maie.edge.pipeline.Diarized;
import io.maie.edge.pipeline.PipelineResult;
import io.maie.edge.pipeline.StageTiming;
import io.maie.edge.request.Feature;
import io.maie.edge.request.OutputFormat;
import io.maie.edge.request.RecordingParameters;
import io.maie.edge.result.CleanedText;
import io.maie.edge.result.EarlierResult;
import io.maie.edge.result.Envelope;
import io.maie.edge.result.FailureReport;
import io.maie.edge.result.Metrics;
import io.maie.edge.result.OutputFiles;
import io.maie.edge.result.ResultCodec;
import io.maie.edge.result.ResultDocument;
import io.maie.edge.result.Results;
import io.maie.edge.result.Source;
import io.maie.edge.result.SourceAudio;
import io.maie.edge.result.Speakers;
import io.maie.edge.result.StageReport;
import io.maie.edge.result.Versions;
import io.maie.edge.result.Warning;
import io.maie.edge.spool.Output;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Writes the documents of a task into its folder, from where they are published.
 *
 * <p>File contract: when a method returns, the content of its documents is flushed. Results count
 * only when the task's state says so, and their names are flushed with it; until then a restart
 * writes them again. The explanations of a failure are complete when the JSON is there, which comes
 * last.
 */
final class TaskDocuments {
  /** Format of the document that is always published. */
  static final String JSON_SUFFIX = "." + OutputFormat.JSON.label();

  private static final String RESULT_NAME = "result.";

  /** Forms in which the name of the recording does not occur. */
  private static final Set<OutputFormat> UNNAMED =
      EnumSet.of(OutputFormat.TXT, OutputFormat.SRT, OutputFormat.VTT);

  private static final String ERROR_JSON = "error.json";
  private static final String ERROR_TEXT = "error.txt";

  private final Installation installation;
  private final InstantSource clock;
  private final FaultPoint faults;

  TaskDocuments(Installation installation, InstantSource clock, FaultPoint faults) {
    this.installation = requireNonNull(installation, "installation is null");
    this.clock = requireNonNull(clock, "clock is null");
    this.faults = requireNonNull(faults, "faults is null");
  }

  /** Writes the documents of a task into its folder. */
  Writer of(Task task, TaskFolder folder) {
    return new Writer(task, folder);
  }

  /**
   * Result of a successful attempt.
   *
   * @param safePath of its JSON below the outbox, where that cannot hold the one it would have
   * @param key under which the result answers other recordings; null = it answers none
   */
  record Success(
      PipelineResult result,
      RecordingParameters parameters,
      Duration processing,
      @Nullable String safePath,
      @Nullable String key) {
    private Map<String, Double> stageSeconds() {
      Map<String, Double> seconds = new LinkedHashMap<>();
      for (StageTiming timing : result.timings()) {
        if (timing.outcome() != StageTiming.Outcome.SKIPPED) {
          seconds.merge(timing.stage().label(), timing.duration().toNanos() / 1e9, Double::sum);
        }
      }
      return seconds;
    }

    TaskFigures figures() {
      double audioSeconds = (double) result.audio().samples() / Waveform.SAMPLE_RATE;
      return new TaskFigures(audioSeconds, processing.toNanos() / 1e9, stageSeconds());
    }
  }

  /** A result that lacks something for a passing reason must not answer other recordings. */
  private static boolean isAsGoodAsEver(PipelineResult result) {
    return result.warnings().stream().noneMatch(warning -> warning.code().isPassing());
  }

  /** Content of a document. */
  @FunctionalInterface
  private interface Rendering {
    byte[] as(OutputFormat format) throws IOException;
  }

  /**
   * An earlier result of the same content.
   *
   * @param parameters of the recording that came now
   * @param safePath as of {@link Success}
   */
  record Answer(StoredResult earlier, RecordingParameters parameters, @Nullable String safePath) {}

  /** The result without speakers. */
  private static Results recognized(PipelineResult result) {
    return new Results(
        result.asrModel() == null ? null : result.recognized(),
        null,
        null,
        result.regions(),
        null,
        result.removed());
  }

  private static Path result(TaskFolder folder, OutputFormat format) {
    return folder.document(RESULT_NAME + format.label());
  }

  /** Returns whether the results are there; JSON is always among them, and comes last. */
  static boolean hasResults(TaskFolder folder) throws IOException {
    return DurableFiles.exists(result(folder, OutputFormat.JSON));
  }

  /** The written results in the order of publication, JSON last. */
  static List<Output> results(TaskFolder folder) throws IOException {
    List<Output> outputs = new ArrayList<>();
    for (OutputFormat format : OutputFormat.values()) {
      Path file = result(folder, format);
      if (DurableFiles.exists(file)) {
        outputs.add(new Output("." + format.label(), file));
      }
    }
    return outputs;
  }

  /** Files that the store of results keeps of a task, by the name there. */
  static Map<String, Path> stored(TaskFolder folder) throws IOException {
    Map<String, Path> documents = new TreeMap<>();
    for (Output output : results(folder)) {
      documents.put(String.valueOf(output.file().getFileName()), output.file());
    }
    for (String name : List.of(ERROR_JSON, ERROR_TEXT)) {
      if (DurableFiles.exists(folder.document(name))) {
        documents.put(name, folder.document(name));
      }
    }
    documents.putAll(folder.stored());
    return documents;
  }

  /** Returns whether the explanations are complete. */
  static boolean hasFailure(TaskFolder folder) throws IOException {
    return DurableFiles.exists(folder.document(ERROR_JSON));
  }

  /** The written explanations. */
  static List<Output> explanations(TaskFolder folder) {
    return List.of(
        new Output("." + ERROR_TEXT, folder.document(ERROR_TEXT)),
        new Output("." + ERROR_JSON, folder.document(ERROR_JSON)));
  }

  /** A name from the sender wins over one that a voice suggests. */
  private static Speakers speakers(Diarized diarized, Success success) {
    Map<String, String> names = new HashMap<>(diarized.names());
    names.putAll(success.parameters().speakerNames());
    return Speakers.of(diarized.turns(), success.result().transcript(), names, diarized.channels());
  }

  static StageReport report(StageTiming timing) {
    return new StageReport(
        timing.stage().label(),
        timing.duration(),
        timing.outcome().name().toLowerCase(Locale.ROOT));
  }

  /** Documents of one task. */
  final class Writer {
    private final Task task;
    private final TaskFolder folder;

    private Writer(Task task, TaskFolder folder) {
      this.task = task;
      this.folder = folder;
    }

    /**
     * Writes every document that was asked for, and no other is left of an earlier attempt. The
     * other formats are written for the store of results.
     */
    TaskFigures write(Success success) throws IOException {
      ResultDocument.Completed document = completed(success);
      writeFormats(success.parameters(), format -> OutputFiles.render(document, format));
      Path recognized = folder.stored(Reprocessing.RECOGNIZED);
      Disk.delete(recognized);
      if (success.result().diarized() != null) {
        DurableFiles.write(recognized, ResultCodec.encodeResults(recognized(success.result())));
      }
      Path identity = folder.stored(Duplicates.Identity.NAME);
      Disk.delete(identity);
      @Nullable String key = success.key();
      if (key != null && isAsGoodAsEver(success.result())) {
        String sha256 = success.result().audio().sha256();
        long bytes = task.source().signature().bytes();
        DurableFiles.write(identity, new Duplicates.Identity(sha256, bytes, key).document());
      }
      return success.figures();
    }

    private void writeFormats(RecordingParameters parameters, Rendering rendering)
        throws IOException {
      for (OutputFormat format : OutputFormat.values()) {
        Path file = result(folder, format);
        Path unpublished = folder.stored(RESULT_NAME + format.label());
        Disk.delete(file);
        Disk.delete(unpublished);
        boolean isAskedFor = parameters.outputFormats().contains(format);
        DurableFiles.write(isAskedFor ? file : unpublished, rendering.as(format));
        if (isAskedFor) {
          faults.reached(FaultPoint.Step.DOCUMENT_WRITTEN);
        }
      }
    }

    /**
     * Writes the results of an earlier task as those of this one. Forms that do not name the
     * recording are the same, byte for byte.
     */
    TaskFigures write(Answer answer) throws IOException {
      StoredResult earlier = answer.earlier();
      RecordingParameters parameters = answer.parameters();
      EarlierResult result =
          EarlierResult.read(earlier.bytes(RESULT_NAME + OutputFormat.JSON.label()));
      Envelope envelope = envelope(source(answer.safePath(), null), parameters, List.of());
      writeFormats(
          parameters,
          format ->
              UNNAMED.contains(format)
                  ? earlier.bytes(RESULT_NAME + format.label())
                  : result.renderFor(envelope, format));
      for (String name : List.of(Reprocessing.RECOGNIZED, Duplicates.Identity.NAME)) {
        Disk.delete(folder.stored(name));
        if (earlier.document(name).isPresent()) {
          DurableFiles.write(folder.stored(name), earlier.bytes(name));
        }
      }
      return earlier.figures();
    }

    /**
     * Writes the two explanations of a failure; those that an earlier call wrote stay as they are.
     *
     * @param safePath of the recording in quarantine, where that cannot hold the one it had
     */
    void write(TaskFailure failure, Optional<String> safePath) throws IOException {
      if (hasFailure(folder)) {
        return;
      }
      FailureReport report =
          new FailureReport(
              failure.code(),
              failure.stage(),
              failure.message(),
              failure.hint().orElseGet(() -> failure.code().advice()),
              failure.details());
      Source source = source(safePath.orElse(null), null);
      ResultDocument.Failed document =
          new ResultDocument.Failed(envelope(source, null, List.of()), report);
      DurableFiles.writeAtomically(folder.document(ERROR_TEXT), OutputFiles.explain(document));
      DurableFiles.writeAtomically(folder.document(ERROR_JSON), ResultCodec.encode(document));
    }

    private ResultDocument.Completed completed(Success success) {
      PipelineResult result = success.result();
      SourceAudio audio = result.audio();
      @Nullable Diarized diarized = result.diarized();
      @Nullable CleanedText cleaned = result.cleaned();
      boolean recognised = result.isTranscribed();
      boolean detected = result.vadModel() != null;
      List<StageReport> stages = result.timings().stream().map(TaskDocuments::report).toList();
      Metrics metrics =
          new Metrics(
              audio.samples(),
              success.processing(),
              detected ? result.regions() : null,
              recognised ? result.transcript() : null,
              cleaned == null ? null : cleaned.figures(),
              success.parameters().features().contains(Feature.ENHANCEMENT_METRICS),
              stages,
              PeakMemory.bytes());
      Versions versions =
          new Versions(
              installation.version(),
              result.asrModel(),
              result.vadModel(),
              diarized == null ? List.of() : diarized.models(),
              result.filter(),
              result.decoderVersion(),
              installation.runtime());
      return new ResultDocument.Completed(
          envelope(source(success.safePath(), audio), success.parameters(), result.warnings()),
          new Results(
              recognised ? result.transcript() : null,
              cleaned == null ? null : cleaned.transcript(),
              result.summary(),
              result.regions(),
              diarized == null ? null : speakers(diarized, success),
              result.removed()),
          metrics,
          versions);
    }

    private Source source(@Nullable String safePath, @Nullable SourceAudio audio) {
      TaskSource source = task.source();
      return new Source(
          source.name(),
          source.path(),
          source.rawNameHex(),
          safePath,
          source.signature().bytes(),
          audio);
    }

    private Envelope envelope(
        Source source, @Nullable RecordingParameters parameters, List<Warning> warnings) {
      Instant startedAt =
          task.facts().lastAttempt().map(attempt -> attempt.start().at()).orElse(null);
      return new Envelope(
          task.id(),
          source,
          task.facts().receivedAt(),
          startedAt,
          clock.instant(),
          task.facts().countedAttempts(),
          parameters,
          warnings);
    }
  }
}
