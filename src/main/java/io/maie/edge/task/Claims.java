package io.maie.edge.task;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import io.maie.edge.durable.DurableFiles;
import io.maie.edge.durable.FileNames;
import io.maie.edge.spool.Candidate;
import io.maie.edge.spool.Claim;
import io.maie.edge.spool.FileSignature;
import io.maie.edge.spool.Inbox;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
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

  private final Inbox inbox;
  private final TaskStore store;
  private final TaskIds ids;
  private final InstantSource clock;
  private final FaultPoint faults;
  private final SidecarClaim sidecars;

  public Claims(Inbox inbox, TaskStore store, TaskIds ids, InstantSource clock) {
    this.inbox = requireNonNull(inbox, "inbox is null");
    this.store = requireNonNull(store, "store is null");
    this.ids = requireNonNull(ids, "ids is null");
    this.faults = store.faults();
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
  public Optional<Task> claim(Candidate candidate) throws IOException {
    Task task = newTask(candidate);
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

  private void takeSidecar(Candidate candidate, Task task) throws IOException {
    Optional<Path> sidecar = candidate.arrival().sidecar();
    if (sidecar.isPresent()) {
      sidecars.move(sidecar.get(), store.folder(task));
    }
  }

  private Task newTask(Candidate candidate) throws IOException {
    Optional<Path> profile = candidate.arrival().folderProfile();
    Optional<byte[]> folderProfile =
        profile.isPresent()
            ? ParameterFiles.readBelow(inbox.folder(), profile.get())
            : Optional.empty();
    TaskSource source = TaskSource.of(candidate.relative(), candidate.signature(), Intake.FOLDER);
    TaskFacts received =
        TaskFacts.received(ids.next(), source, clock.instant()).withPriority(candidate.priority());
    TaskFacts facts =
        folderProfile
            .map(bytes -> received.withFolderProfile(new String(bytes, UTF_8)))
            .orElse(received);
    return candidate
        .defect()
        .<Task>map(defect -> new Task.Failed(facts, failure(defect)))
        .orElseGet(() -> new Task.Claimed(facts));
  }

  private static TaskFailure failure(Candidate.Defect defect) {
    return new TaskFailure(defect.code(), "claim", defect.message(), defect.hint(), Map.of());
  }

  private Task completed(Task task, Claim claim) {
    Task completed =
        claim.signature().sameContentAs(task.source().signature())
            ? task
            // copied from another file system: another inode
            : task.with(task.facts().withSource(task.source().with(claim.signature())));
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
