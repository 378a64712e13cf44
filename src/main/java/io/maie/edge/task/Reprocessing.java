package io.maie.edge.task;

import static java.util.Objects.requireNonNull;

import io.maie.edge.durable.DurableFiles;
import io.maie.edge.durable.Sha256;
import io.maie.edge.failure.FailureCode;
import io.maie.edge.failure.ProcessingException;
import io.maie.edge.pipeline.Diarized;
import io.maie.edge.pipeline.Pipeline;
import io.maie.edge.pipeline.Repeated;
import io.maie.edge.pipeline.Transcribed;
import io.maie.edge.progress.Progress;
import io.maie.edge.progress.Stage;
import io.maie.edge.progress.StageContext;
import io.maie.edge.progress.StageMonitor;
import io.maie.edge.progress.TaskStoppedException;
import io.maie.edge.request.OutputFormat;
import io.maie.edge.request.ParameterLayer;
import io.maie.edge.request.ParameterReader;
import io.maie.edge.request.RecordingParameters;
import io.maie.edge.result.CleanedText;
import io.maie.edge.result.EarlierResult;
import io.maie.edge.result.Results;
import io.maie.edge.result.Revision;
import io.maie.edge.result.SpeakerSummary;
import io.maie.edge.result.Speakers;
import io.maie.edge.spool.Outbox;
import io.maie.edge.spool.Sidecars;
import io.maie.edge.transcript.Transcript;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Repeats stages on stored results. The result becomes a task of its own: the earlier one stays in
 * the store, and what was published stays in the outbox; the new documents appear beside it under
 * the next free number.
 */
public final class Reprocessing {
  /** Name of the transcript before it was split by speakers, in the store. */
  static final String RECOGNIZED = "recognized.json";

  private static final String RESULT = "result.";

  private final StoredResults stored;
  private final Outbox outbox;
  private final KeptRecordings recordings;
  private final TaskStore scratch;
  private final Pipeline pipeline;
  private final TaskIds ids;
  private final TaskClock clock;

  /**
   * Order to reprocess.
   *
   * @param parameters laid over those of the earlier result
   * @param speakerNames added to those of the earlier result
   * @param recording its path; null = in the archive
   */
  public record Order(
      ParameterLayer parameters, Map<String, String> speakerNames, @Nullable Path recording) {

    public Order {
      requireNonNull(parameters, "parameters is null");
      speakerNames = Map.copyOf(speakerNames);
    }
  }

  /**
   * Outcome of reprocessing.
   *
   * @param task in the store
   * @param json the new JSON document
   * @param heardAgain false if the recording was not at hand, so that only names are new
   */
  public record Reprocessed(Task task, Path json, boolean heardAgain) {}

  /**
   * Reprocessing.
   *
   * @param recordings finds them where they were put away
   * @param scratch the folder for temporary files
   */
  public Reprocessing(
      StoredResults stored,
      Outbox outbox,
      KeptRecordings recordings,
      TaskStore scratch,
      Pipeline pipeline,
      TaskIds ids,
      TaskClock clock) {
    this.stored = requireNonNull(stored, "stored is null");
    this.outbox = requireNonNull(outbox, "outbox is null");
    this.recordings = requireNonNull(recordings, "recordings is null");
    this.scratch = requireNonNull(scratch, "scratch is null");
    this.pipeline = requireNonNull(pipeline, "pipeline is null");
    this.ids = requireNonNull(ids, "ids is null");
    this.clock = requireNonNull(clock, "clock is null");
  }

  /** The latest success of that id, name or path. */
  public Optional<StoredResult> find(String target) throws IOException {
    Optional<StoredResult> byId = stored.find(target);
    return byId.isPresent()
        ? byId.filter(StoredResult::isSuccess)
        : stored.latest(Integer.MAX_VALUE, Optional.empty()).stream()
            .filter(result -> result.isSuccess() && result.task().isCalled(target))
            .findFirst();
  }

  /**
   * Tells speakers apart again if the recording is at hand, else names those of before.
   *
   * @param progress told the share of each stage that is done
   * @throws ProcessingException {@code INVALID_PARAMETERS}, {@code FILE_SYSTEM_ERROR} if the
   *     recording is needed and not there, or what the stages throw
   */
  public Reprocessed speakers(StoredResult earlier, Order order, BiConsumer<Stage, Double> progress)
      throws ProcessingException, TaskStoppedException, IOException {
    Instant started = clock.wall().instant();
    EarlierResult before = EarlierResult.read(document(earlier, RESULT + "json"));
    @Nullable Path given = order.recording();
    Optional<Path> recording =
        given == null ? recordings.find(earlier.task()) : Optional.of(recordingOf(before, given));
    List<ParameterLayer> layers = new ArrayList<>();
    layers.add(ParameterReader.readSidecar("earlier result", before.parameters()));
    editedSidecar(earlier, recording).ifPresent(layers::add);
    RecordingParameters parameters =
        RepeatedParameters.ofSpeakers(layers, recording.isPresent(), order);
    Work work = new Work(again(earlier), earlier, before, parameters, started, monitor(progress));
    Path json =
        repeat(work, () -> recording.isPresent() ? heard(recording.get(), work) : named(work));
    return new Reprocessed(work.task(), json, recording.isPresent());
  }

  /**
   * Makes the clean transcript and the summary again; the recording is not needed.
   *
   * @param progress told the share of each stage that is done
   * @throws ProcessingException {@code INVALID_PARAMETERS}
   */
  public Reprocessed text(StoredResult earlier, Order order, BiConsumer<Stage, Double> progress)
      throws ProcessingException, TaskStoppedException, IOException {
    Instant started = clock.wall().instant();
    EarlierResult before = EarlierResult.read(document(earlier, RESULT + "json"));
    ParameterLayer sidecar = ParameterReader.readSidecar("earlier result", before.parameters());
    RecordingParameters parameters = RepeatedParameters.ofText(sidecar, order);
    Work work = new Work(again(earlier), earlier, before, parameters, started, monitor(progress));
    return new Reprocessed(work.task(), repeat(work, () -> rewritten(work)), true);
  }

  /** A task of its own with a new result of the same recording; its documents are yet to come. */
  private Task again(StoredResult earlier) {
    TaskFacts facts = earlier.task().facts().withId(ids.next());
    return new Task.Finished(facts, earlier.figures(), List.of());
  }

  /** The stages that are repeated. */
  @FunctionalInterface
  private interface Stages {
    Revision run() throws ProcessingException, TaskStoppedException, IOException;
  }

  /** Runs the stages and concludes the task; returns the JSON of its result. */
  private Path repeat(Work work, Stages stages)
      throws ProcessingException, TaskStoppedException, IOException {
    scratch.create(work.task());
    try {
      TaskFolder folder = scratch.folder(work.task());
      work.write(folder, stages.run());
      return conclude(work.task(), folder);
    } finally {
      scratch.remove(work.task());
    }
  }

  /**
   * One order at work.
   *
   * @param task the new one
   * @param before the content of {@code earlier}
   */
  private record Work(
      Task task,
      StoredResult earlier,
      EarlierResult before,
      RecordingParameters parameters,
      Instant started,
      StageMonitor monitor) {

    /** Writes the documents of the revision, and those that only the store keeps. */
    void write(TaskFolder folder, Revision revision) throws IOException {
      for (OutputFormat format : OutputFormat.values()) {
        boolean isAskedFor = revision.parameters().outputFormats().contains(format);
        String name = RESULT + format.label();
        DurableFiles.write(
            isAskedFor ? folder.document(name) : folder.stored(name),
            before.render(revision, format));
      }
      Optional<Path> kept = earlier.document(RECOGNIZED);
      byte[] recognized = kept.isPresent() ? Files.readAllBytes(kept.get()) : before.recognized();
      DurableFiles.write(folder.stored(RECOGNIZED), recognized);
    }
  }

  private static byte[] document(StoredResult earlier, String name) throws IOException {
    Optional<Path> file = earlier.document(name);
    if (file.isEmpty()) {
      throw new IOException("expected '" + name + "' in '" + earlier.folder() + "', found none");
    }
    return Files.readAllBytes(file.get());
  }

  private static Path recordingOf(EarlierResult result, Path given)
      throws ProcessingException, IOException {
    if (!Sha256.of(given).equals(result.sourceHash().orElse(""))) {
      throw new ProcessingException(
          FailureCode.FILE_SYSTEM_ERROR,
          "Expected the recording that the result is of, found another one at '" + given + "'",
          "Transcribe it on its own: maie-edge process");
    }
    return given;
  }

  /** The sidecar beside the recording, if it was edited since the result was written. */
  private static Optional<ParameterLayer> editedSidecar(
      StoredResult earlier, Optional<Path> recording) throws IOException {
    if (recording.isEmpty()) {
      return Optional.empty();
    }
    Path sidecar = recording.get().resolveSibling(recording.get().getFileName() + Sidecars.SUFFIX);
    Optional<byte[]> bytes = ParameterFiles.read(sidecar);
    Path result = earlier.folder().resolve(RESULT + "json");
    boolean isEdited =
        bytes.isPresent()
            && Files.getLastModifiedTime(sidecar).compareTo(Files.getLastModifiedTime(result)) > 0;
    return isEdited
        ? bytes.map(text -> ParameterReader.readSidecar(sidecar.toString(), text))
        : Optional.empty();
  }

  private Revision heard(Path recording, Work work)
      throws ProcessingException, TaskStoppedException, IOException {
    Results before = recognized(work.earlier());
    Path folder = scratch.folder(work.task()).path();
    Repeated again =
        pipeline.speakersAgain(recording, folder, transcribed(before, work), work.monitor());
    Diarized diarized = requireNonNull(again.diarized(), "speakers were told apart");
    Map<String, String> names = new HashMap<>(diarized.names());
    names.putAll(work.parameters().speakerNames());
    Speakers speakers =
        Speakers.of(diarized.turns(), again.transcript(), names, diarized.channels());
    return revision(before, again, speakers, work);
  }

  private Revision named(Work work) throws ProcessingException, TaskStoppedException, IOException {
    Results before = work.before().results();
    @Nullable Speakers speakers = before.speakers();
    if (speakers == null) {
      throw RepeatedParameters.recordingMissing();
    }
    Repeated again = pipeline.textAgain(transcribed(before, work), work.monitor());
    return revision(before, again, speakers.named(work.parameters().speakerNames()), work);
  }

  private Revision rewritten(Work work)
      throws ProcessingException, TaskStoppedException, IOException {
    Results before = work.before().results();
    Repeated again = pipeline.textAgain(transcribed(before, work), work.monitor());
    @Nullable Speakers speakers = before.speakers();
    @Nullable Speakers named =
        speakers == null ? null : speakers.named(work.parameters().speakerNames());
    return revision(before, again, named, work);
  }

  private static Transcribed transcribed(Results before, Work work) {
    @Nullable Transcript transcript = before.transcript();
    return new Transcribed(
        transcript == null ? Transcript.of(List.of()) : transcript,
        before.speechRegions(),
        names(before.speakers()),
        work.parameters());
  }

  private static Map<String, String> names(@Nullable Speakers speakers) {
    Map<String, String> names = new HashMap<>();
    if (speakers != null) {
      for (SpeakerSummary speaker : speakers.speakers()) {
        @Nullable String name = speaker.name();
        if (name != null) {
          names.put(speaker.id(), name);
        }
      }
    }
    return names;
  }

  private Revision revision(
      Results before, Repeated again, @Nullable Speakers speakers, Work work) {
    @Nullable CleanedText cleaned = again.cleaned();
    @Nullable Diarized diarized = again.diarized();
    return new Revision(
        work.task().id(),
        work.started(),
        clock.wall().instant(),
        work.parameters(),
        new Results(
            before.transcript() == null ? null : again.transcript(),
            cleaned == null ? null : cleaned.transcript(),
            again.summary(),
            before.speechRegions(),
            speakers,
            before.removed()),
        cleaned == null ? null : cleaned.figures(),
        again.timings().stream()
            .filter(timing -> timing.stage() != Stage.DECODE)
            .map(TaskDocuments::report)
            .toList(),
        diarized == null ? null : diarized.models(),
        again.warnings());
  }

  /** The results as they were before speakers were told apart. */
  private static Results recognized(StoredResult earlier) throws IOException {
    return earlier.document(RECOGNIZED).isPresent()
        ? EarlierResult.results(document(earlier, RECOGNIZED))
        : EarlierResult.read(document(earlier, RESULT + "json")).results();
  }

  /** Stores the result, then publishes it; returns its JSON. */
  private Path conclude(Task task, TaskFolder folder) throws IOException {
    stored.put(task, folder.record(), TaskDocuments.stored(folder));
    if (!task.source().intake().publishes()) {
      return stored.find(task.id()).orElseThrow().folder().resolve(RESULT + "json");
    }
    List<Path> documents = outbox.publish(task.source().relative(), TaskDocuments.results(folder));
    return documents.get(documents.size() - 1);
  }

  private static StageMonitor monitor(BiConsumer<Stage, Double> progress) {
    StageContext disabled = StageContext.disabled();
    return stage -> {
      progress.accept(stage, 0.0);
      Progress told = fraction -> progress.accept(stage, fraction);
      return new StageContext(told, disabled.cancellation(), disabled.checkpoint());
    };
  }
}
