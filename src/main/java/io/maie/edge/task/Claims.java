package io.maie.edge.task;

import static java.util.Objects.requireNonNull;

import io.maie.edge.durable.DurableFiles;
import io.maie.edge.durable.FileNames;
import io.maie.edge.spool.Candidate;
import io.maie.edge.spool.Claim;
import io.maie.edge.spool.FileSignature;
import io.maie.edge.spool.Inbox;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns candidates into tasks.
 *
 * <p>File contract: the task is on disk before the recording leaves the inbox by one rename. A
 * crash before the rename leaves a task without recording, which recovery removes; a crash after it
 * leaves a task that recovery goes on with.
 */
public final class Claims {
  private static final Logger LOG = LoggerFactory.getLogger(Claims.class);

  /** Decoders look at the content; the extension is kept for people who look into the folder. */
  private static final String EXTENSION = "\\.[a-z0-9]{1,10}";

  private final Inbox inbox;
  private final TaskStore store;
  private final TaskIds ids;
  private final InstantSource clock;
  private final FaultPoint faults;
  private final SidecarClaim sidecars;

  /** Parts that claims go through. */
  public record Parts(Inbox inbox, TaskStore store, TaskIds ids, FaultPoint faults) {}

  public Claims(Parts parts, InstantSource clock) {
    this.inbox = requireNonNull(parts.inbox(), "inbox is null");
    this.store = requireNonNull(parts.store(), "store is null");
    this.ids = requireNonNull(parts.ids(), "ids is null");
    this.faults = requireNonNull(parts.faults(), "faults is null");
    this.clock = requireNonNull(clock, "clock is null");
    this.sidecars = new SidecarClaim(inbox);
  }

  /**
   * Claims a recording.
   *
   * @return empty if it changed, is in use again or is gone: look at the next one
   * @throws IOException if it could not be moved although it is there, or the task not be written;
   *     the recording is in the inbox still
   */
  public Optional<TaskRecord> claim(Candidate candidate) throws IOException {
    TaskRecord task = newTask(candidate);
    Optional<Claim> claim = Optional.empty();
    try {
      store.create(task);
      if (inbox.keepsRecordings()) {
        // nobody looks for it later: the recording stays beside it
        takeSidecar(candidate, task);
      }
      claim = claim(candidate, store.folder(task).input(task));
    } finally {
      if (claim.isEmpty()) {
        store.removeUnclaimed(task);
      }
    }
    if (claim.isEmpty()) {
      return Optional.empty();
    }
    faults.reached(FaultPoint.Step.RECORDING_CLAIMED);
    return Optional.of(completed(task, claim.get()));
  }

  /**
   * Claims the candidate; a file that has reached the task is ours, even if the claim failed at its
   * very end.
   */
  private Optional<Claim> claim(Candidate candidate, Path input) throws IOException {
    try {
      return inbox.claim(candidate, input);
    } catch (IOException e) {
      if (!DurableFiles.exists(input)) {
        throw e;
      }
      LOG.warn("The end of a claim failed; the task continues: {}", e.toString());
      return Optional.of(new Claim(candidate, input, FileSignature.of(input)));
    }
  }

  /**
   * Returns whether a task has the recording {@code relative} of the inbox, with what {@code
   * content} holds.
   */
  public boolean hasTaken(Path relative, Path content) throws IOException {
    for (TaskRecord task : store.peek()) {
      Path input = store.folder(task).input(task);
      if (task.source().relative().equals(relative)
          && DurableFiles.exists(input)
          && Files.mismatch(input, content) < 0) {
        return true;
      }
    }
    return false;
  }

  private void takeSidecar(Candidate candidate, TaskRecord task) throws IOException {
    Optional<Path> sidecar = candidate.arrival().sidecar();
    if (sidecar.isPresent()) {
      sidecars.move(sidecar.get(), store.folder(task));
    }
  }

  private TaskRecord newTask(Candidate candidate) throws IOException {
    Optional<Path> profile = candidate.arrival().folderProfile();
    String folderProfile = null;
    if (profile.isPresent()) {
      folderProfile =
          ParameterFiles.read(profile.get())
              .map(bytes -> new String(bytes, StandardCharsets.UTF_8))
              .orElse(null);
    }
    TaskFailure failure = candidate.defect().map(Claims::failure).orElse(null);
    return new TaskRecord(
        ids.next(),
        failure == null ? TaskState.CLAIMED : TaskState.FAILED,
        TaskSource.of(candidate.relative(), candidate.signature(), Door.FOLDER),
        inputName(candidate.relative()),
        clock.instant(),
        candidate.priority(),
        folderProfile,
        List.of(),
        null,
        failure,
        null,
        List.of());
  }

  private static @Nullable TaskFailure failure(Candidate.Defect defect) {
    return new TaskFailure(defect.code(), "claim", defect.message(), defect.hint(), Map.of());
  }

  static String inputName(Path relative) {
    String extension = FileNames.extension(FileNames.text(relative)).toLowerCase(Locale.ROOT);
    return TaskFolder.INPUT_NAME + (extension.matches(EXTENSION) ? extension : "");
  }

  private TaskRecord completed(TaskRecord task, Claim claim) {
    TaskRecord completed =
        claim.signature().sameContentAs(task.source().signature())
            ? task
            // copied from another file system: another inode
            : task.withSignature(claim.signature());
    try {
      if (!completed.equals(task)) {
        store.save(completed);
      }
      if (!inbox.keepsRecordings()) {
        takeSidecar(claim.candidate(), task);
      }
    } catch (IOException e) {
      // the recording is ours: its task must go on, and does both again
      LOG.warn("Completing a claim failed; the task continues: {}", e.toString());
    }
    faults.reached(FaultPoint.Step.SIDECAR_CLAIMED);
    LOG.info(
        "Claimed '{}'; task={} bytes={} evidence={}",
        FileNames.printable(claim.candidate().relative()),
        task.id(),
        claim.signature().bytes(),
        claim.candidate().evidence());
    return completed;
  }
}
