package io.maie.edge.task;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import io.maie.edge.durable.Disk;
import io.maie.edge.durable.Sha256;
import io.maie.edge.failure.FailureCode;
import io.maie.edge.failure.ProcessingException;
import io.maie.edge.pipeline.Pipeline;
import io.maie.edge.pipeline.PipelineResult;
import io.maie.edge.progress.Checkpoint;
import io.maie.edge.progress.Progress;
import io.maie.edge.progress.Stage;
import io.maie.edge.progress.StageContext;
import io.maie.edge.progress.StageMonitor;
import io.maie.edge.progress.TaskStoppedException;
import io.maie.edge.request.RecordingParameters;
import io.maie.edge.spool.FileSignature;
import io.maie.edge.spool.Outbox;
import io.maie.edge.task.Attempt.End;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Processes recordings where they lie, one after the other, without inbox and archive. The
 * recording is neither moved nor changed; what the work needs lies in the store's folder meanwhile.
 */
public final class DirectTasks {
  /** Characters in the name of the folder with the answers for one recording. */
  private static final int NAME_LENGTH = 16;

  private static final Logger LOG = LoggerFactory.getLogger(DirectTasks.class);

  private final TaskStore store;
  private final Pipeline pipeline;
  private final Installation installation;
  private final TaskClock clock;
  private final TaskIds ids;
  private final Path kept;

  /**
   * Direct tasks.
   *
   * @param kept the folder in which answers of language models outlive a run that breaks off; need
   *     not exist
   */
  public DirectTasks(
      TaskStore store,
      Pipeline pipeline,
      Installation installation,
      TaskIds ids,
      Path kept,
      TaskClock clock) {
    this.store = requireNonNull(store, "store is null");
    this.pipeline = requireNonNull(pipeline, "pipeline is null");
    this.installation = requireNonNull(installation, "installation is null");
    this.ids = requireNonNull(ids, "ids is null");
    this.kept = requireNonNull(kept, "kept is null");
    this.clock = requireNonNull(clock, "clock is null");
  }

  /**
   * Processes one recording and publishes its documents.
   *
   * @param progress told the share of each stage that is done
   * @return the paths of the documents, JSON last
   * @throws ProcessingException if it failed, whatever the reason; nothing is published then
   */
  public List<Path> process(
      Path recording,
      RecordingParameters parameters,
      Outbox outbox,
      BiConsumer<Stage, Double> progress)
      throws ProcessingException, TaskStoppedException {
    try {
      return published(recording, parameters, outbox, progress);
    } catch (IOException e) {
      throw TaskFailure.ofStorage(e);
    } catch (RuntimeException e) {
      // as around a task of the daemon: a mistake of ours must not end the recordings that follow
      LOG.warn("Processing failed unexpectedly; the next recording follows", e);
      throw new ProcessingException(
          FailureCode.PROCESSING_ERROR, "Processing failed unexpectedly: " + e);
    }
  }

  private List<Path> published(
      Path recording,
      RecordingParameters parameters,
      Outbox outbox,
      BiConsumer<Stage, Double> progress)
      throws ProcessingException, TaskStoppedException, IOException {
    Task.Claimed task = begin(recording);
    store.create(task);
    TaskFolder answers = answers(recording);
    try {
      long start = clock.ticker().nanos();
      TaskFolder folder = store.folder(task);
      PipelineResult result =
          Pipeline.isText(recording)
              ? pipeline.read(recording, parameters, monitor(progress, answers))
              : pipeline.run(recording, folder.path(), parameters, monitor(progress, answers));
      Duration processing = Duration.ofNanos(clock.ticker().nanos() - start);
      TaskDocuments documents =
          new TaskDocuments(installation, clock.wall(), FaultPoint.disabled());
      Task ended = task.with(task.facts().ended(clock.wall().instant(), End.SUCCEEDED));
      documents
          .of(ended, folder)
          .write(
              new TaskDocuments.Success(
                  result,
                  parameters,
                  processing,
                  outbox.safePath(recording.getFileName(), TaskDocuments.JSON_SUFFIX).orElse(null),
                  null));
      List<Path> published = outbox.publish(recording.getFileName(), TaskDocuments.results(folder));
      forget(answers);
      return published;
    } finally {
      store.remove(task);
    }
  }

  /** The same folder in every run with that recording; its answers say what they answer. */
  private TaskFolder answers(Path recording) {
    byte[] place = recording.toAbsolutePath().normalize().toString().getBytes(UTF_8);
    return new TaskFolder(kept.resolve(Sha256.of(place).substring(0, NAME_LENGTH)));
  }

  /** Leaves the common folder to others that may use it. */
  private void forget(TaskFolder answers) {
    try {
      if (Files.isDirectory(answers.path())) {
        Disk.deleteTree(answers.path());
        Files.deleteIfExists(kept);
      }
    } catch (DirectoryNotEmptyException e) {
      LOG.debug("Answers for other recordings stay; folder='{}'", kept);
    } catch (IOException e) {
      LOG.warn("Answers that are no longer needed stay in '{}'", answers.path(), e);
    }
  }

  private Task.Claimed begin(Path recording) throws IOException {
    Path name = requireNonNull(recording.getFileName(), "a recording has a name");
    Instant now = clock.wall().instant();
    TaskSource source = TaskSource.of(name, FileSignature.of(recording), Intake.FOLDER);
    TaskFacts facts = TaskFacts.received(ids.next(), source, now);
    return new Task.Claimed(facts.begun(Attempt.Open.begin(now, ProcessIdentity.current())));
  }

  /** Only answers of language models are kept: they take long, and each says what it answers. */
  private static StageMonitor monitor(BiConsumer<Stage, Double> progress, TaskFolder answers) {
    StageContext disabled = StageContext.disabled();
    return stage -> {
      progress.accept(stage, 0.0);
      Progress told = fraction -> progress.accept(stage, fraction);
      Checkpoint checkpoint =
          stage == Stage.TEXT
              ? new FileCheckpoint(answers, stage, List.of())
              : disabled.checkpoint();
      return new StageContext(told, disabled.cancellation(), checkpoint);
    };
  }
}
