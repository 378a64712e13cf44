package io.maie.edge.task;

import static java.util.Objects.requireNonNull;

import io.maie.edge.durable.DurableFiles;
import io.maie.edge.durable.Publication;
import io.maie.edge.spool.Sidecars;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * Makes new tasks of recordings in quarantine. Thread-safe.
 *
 * <p>File contract: the new task and a copy of the parameters are there before the recording moves
 * into it, and the explanations of the failure go last. A crash before the move leaves a task
 * without a recording, which recovery removes.
 */
public final class Retries {
  private static final List<String> COMPANIONS =
      List.of(Sidecars.SUFFIX, ".error.json", ".error.txt");

  private final TaskStore store;
  private final TaskIds ids;
  private final KeptRecordings recordings;
  private final InstantSource clock;

  public Retries(TaskStore store, TaskIds ids, KeptRecordings recordings, InstantSource clock) {
    this.store = requireNonNull(store, "store is null");
    this.ids = requireNonNull(ids, "ids is null");
    this.recordings = requireNonNull(recordings, "recordings is null");
    this.clock = requireNonNull(clock, "clock is null");
  }

  /**
   * A new task for the recording of {@code failed}, with the same parameters and the same way to
   * its result.
   *
   * @param request the id of the request that asks for it
   * @return empty if the recording is no longer in quarantine
   */
  public synchronized Optional<Task> retry(Task failed, String request) throws IOException {
    Optional<Path> found = recordings.inQuarantine(failed);
    if (found.isEmpty()) {
      return Optional.empty();
    }
    Path recording = found.get();
    TaskFacts facts = failed.facts().anew(ids.next(), clock.instant());
    Task task = new Task.Claimed(facts.withSource(facts.source().withRequest(request)));
    store.create(task);
    TaskFolder folder = store.folder(task);
    Path sidecar = recordings.beside(recording, Sidecars.SUFFIX);
    if (Files.isRegularFile(sidecar, LinkOption.NOFOLLOW_LINKS)) {
      DurableFiles.write(folder.sidecar(), Files.readAllBytes(sidecar));
    }
    if (!Publication.moveIfFree(recording, folder.input(task))) {
      throw new IOException("'" + folder.input(task) + "' exists already");
    }
    for (String suffix : COMPANIONS) {
      Files.deleteIfExists(recordings.beside(recording, suffix));
    }
    return Optional.of(task);
  }
}
