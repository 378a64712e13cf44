package io.maie.edge.task;

import io.maie.edge.durable.DurableFiles;
import io.maie.edge.durable.FileNames;
import io.maie.edge.spool.Outbox;
import io.maie.edge.spool.Output;
import io.maie.edge.spool.Sidecars;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The last steps of a task: publish and archive, quarantine, or give back.
 *
 * <p>File contract: every step may be repeated after a crash. The outcome of the task is in the
 * store of results before the history tells of it. A publication is over when the history tells of
 * it, or the task file if archiving had to wait, also if somebody has taken the documents away
 * since; before that, documents that are already there with the same content are not published
 * again. A recording that is no longer in the task's folder has been moved already; the task goes
 * last. It is over although its folder cannot be removed.
 */
final class TaskConclusion {
  private static final Logger LOG = LoggerFactory.getLogger(TaskConclusion.class);

  private final TaskStore store;
  private final TaskPlaces places;
  private final FaultPoint faults;
  private final TaskClock clock;
  private final TaskDocuments documents;
  private final CompanionMoves companions;

  TaskConclusion(TaskStore store, TaskPlaces places, TaskDocuments documents, TaskClock clock) {
    this.store = store;
    this.places = places;
    this.documents = documents;
    this.faults = store.faults();
    this.clock = clock;
    this.companions = new CompanionMoves(places.inbox());
  }

  /** Publishes the documents if that has not happened yet, and archives the recording. */
  TaskOutcome publish(Task.Finished task) throws IOException {
    return archive(task, published(task));
  }

  /** Returns whether the task's results, which were not published yet, are missing. */
  boolean hasLostResults(Task.Finished task) throws IOException {
    return !TaskDocuments.hasResults(store.folder(task))
        && !task.isPublished()
        && places.history().find(task.id()).isEmpty();
  }

  /** The line of the history that tells of the publication, which happens now if it has not. */
  private HistoryEntry published(Task.Finished task) throws IOException {
    if (store.read(task.id()) instanceof Task.Finished saved && saved.isPublished()) {
      return HistoryEntry.of(saved, clock.wall().instant());
    }
    Optional<HistoryEntry> told = places.history().find(task.id());
    return told.isPresent() ? told.get() : end(task);
  }

  private HistoryEntry end(Task.Finished task) throws IOException {
    TaskFolder folder = store.folder(task);
    places.stored().put(task, folder.record(), TaskDocuments.stored(folder));
    faults.reached(FaultPoint.Step.RESULT_STORED);
    List<String> names =
        task.source().intake().publishes() ? publishedNames(task, folder) : List.of();
    HistoryEntry entry = HistoryEntry.of(task.published(names), clock.wall().instant());
    places.history().append(entry);
    faults.reached(FaultPoint.Step.HISTORY_WRITTEN);
    return entry;
  }

  /** Publishes the documents; returns their names below the outbox. */
  private List<String> publishedNames(Task task, TaskFolder folder) throws IOException {
    Outbox outbox = places.outbox();
    List<Path> targets = outbox.publish(task.source().relative(), TaskDocuments.results(folder));
    faults.reached(FaultPoint.Step.DOCUMENTS_PUBLISHED);
    places.notes().add(task, targets.get(targets.size() - 1));
    return targets.stream().map(target -> outbox.folder().relativize(target).toString()).toList();
  }

  private TaskOutcome archive(Task.Finished task, HistoryEntry entry) throws IOException {
    TaskFolder folder = store.folder(task);
    try {
      if (DurableFiles.exists(folder.input(task))) {
        places
            .archive()
            .put(folder.input(task), task.source().relative(), withSidecar(folder, List.of()));
      }
    } catch (IOException e) {
      rememberPublication(task, entry);
      throw e;
    }
    faults.reached(FaultPoint.Step.RECORDING_ARCHIVED);
    companions.follow(task, places.archive());
    removeFolder(task);
    logPublished(task, entry);
    return new TaskOutcome.Published(task, entry);
  }

  /**
   * The task waits now, and others may end meanwhile: the line of the history that tells of the
   * publication may not be among the last ones any more.
   */
  private void rememberPublication(Task.Finished task, HistoryEntry entry) {
    try {
      store.save(task.published(entry.documents()));
    } catch (IOException e) {
      LOG.debug("Writing that the task was published failed; the history tells: {}", e.toString());
    }
  }

  private static void logPublished(Task task, HistoryEntry entry) {
    TaskFigures cost = entry.cost().orElse(TaskFigures.NONE);
    LOG.info(
        "Published '{}'; documents={} audio_seconds={} seconds={} rtf={} attempts={}",
        FileNames.printable(task.source().relative()),
        entry.documents().size(),
        decimals(cost.audioSeconds()),
        decimals(cost.processingSeconds()),
        decimals(cost.realTimeFactor()),
        entry.attempts());
  }

  private static String decimals(double value) {
    return String.format(Locale.ROOT, "%.3f", value);
  }

  /** Explains the failure and puts the recording into quarantine. */
  TaskOutcome quarantine(Task.Failed task) throws IOException {
    TaskFolder folder = store.folder(task);
    HistoryEntry entry = HistoryEntry.of(task, clock.wall().instant());
    boolean wasClaimed =
        DurableFiles.exists(folder.input(task)) || TaskDocuments.hasFailure(folder);
    if (!wasClaimed) {
      store.remove(task);
      return new TaskOutcome.Returned(task, "Its recording was never claimed");
    }
    Path relative = task.source().relative();
    documents.of(task, folder).write(task.failure(), places.failed().safePath(relative));
    faults.reached(FaultPoint.Step.FAILURE_DESCRIBED);
    places.stored().put(task, folder.record(), TaskDocuments.stored(folder));
    if (places.history().find(task.id()).isEmpty()) {
      places.history().append(entry);
    }
    if (DurableFiles.exists(folder.input(task))) {
      places
          .failed()
          .put(
              folder.input(task),
              relative,
              withSidecar(folder, TaskDocuments.explanations(folder)));
    }
    faults.reached(FaultPoint.Step.RECORDING_QUARANTINED);
    companions.follow(task, places.failed());
    removeFolder(task);
    LOG.info(
        "Quarantined '{}': {}; code={} attempts={}",
        FileNames.printable(task.source().relative()),
        entry.message(),
        entry.code(),
        entry.attempts());
    return new TaskOutcome.Quarantined(task, entry);
  }

  /**
   * Ends a task whose files have all moved. The rest of its folder must not delay it, since that no
   * longer says anything about the task.
   */
  private void removeFolder(Task task) {
    try {
      store.remove(task);
    } catch (IOException e) {
      LOG.warn(
          "Removing the folder of the task failed; the next start or cleanup removes it: {}",
          e.toString());
    }
  }

  private static List<Output> withSidecar(TaskFolder folder, List<Output> outputs)
      throws IOException {
    List<Output> all = new ArrayList<>(outputs);
    sidecar(folder).ifPresent(all::add);
    return all;
  }

  private static Optional<Output> sidecar(TaskFolder folder) throws IOException {
    if (DurableFiles.exists(folder.sidecar()) && !Files.isReadable(folder.sidecar())) {
      LOG.warn("The sidecar may not be read; the recording is put away without it");
      return Optional.empty();
    }
    return DurableFiles.exists(folder.sidecar())
        ? Optional.of(new Output(Sidecars.SUFFIX, folder.sidecar()))
        : Optional.empty();
  }

  /** Puts the recording back into the inbox. */
  TaskOutcome giveBack(Task.Returned task) throws IOException {
    TaskFolder folder = store.folder(task);
    Path relative = task.source().relative();
    if (DurableFiles.exists(folder.input(task))) {
      places.inbox().giveBack(folder.input(task), relative, sidecar(folder));
    }
    faults.reached(FaultPoint.Step.RECORDING_RETURNED);
    removeFolder(task);
    LOG.info(
        "Returned '{}' to the inbox, since it changed while it was processed",
        FileNames.printable(relative));
    return new TaskOutcome.Returned(task, "It changed while it was processed");
  }
}
