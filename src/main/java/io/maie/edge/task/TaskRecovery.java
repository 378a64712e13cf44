package io.maie.edge.task;

import static java.util.Objects.requireNonNull;

import io.maie.edge.failure.FailureCode;
import io.maie.edge.failure.ProcessingException;
import io.maie.edge.spool.FileSignature;
import io.maie.edge.task.Attempt.End;
import io.maie.edge.task.TaskStore.Damaged;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds out at a start which tasks an earlier process has left. Attempts that were never ended took
 * that process or the machine down, and are ended now.
 */
public final class TaskRecovery {
  private static final Logger LOG = LoggerFactory.getLogger(TaskRecovery.class);

  private final TaskStore store;
  private final ProcessIdentity process;
  private final InstantSource clock;

  public TaskRecovery(TaskStore store, ProcessIdentity process, InstantSource clock) {
    this.store = requireNonNull(store, "store is null");
    this.process = requireNonNull(process, "process is null");
    this.clock = requireNonNull(clock, "clock is null");
  }

  /** The tasks to go on with, oldest first. */
  public List<Task> recover() throws IOException {
    TaskStore.Content content = store.load();
    List<Task> tasks = new ArrayList<>();
    for (Task task : content.tasks()) {
      try {
        recover(task).ifPresent(tasks::add);
      } catch (IOException e) {
        LOG.warn(
            "Recovering task {} failed; continues with it as it is: {}", task.id(), e.toString());
        tasks.add(task);
      }
    }
    for (Damaged damaged : content.damaged()) {
      try {
        salvage(damaged).ifPresent(tasks::add);
      } catch (IOException e) {
        // such as a lost+found: no reason not to start
        LOG.warn("Left '{}' alone: {}", damaged.folder(), e.toString());
      }
    }
    if (!tasks.isEmpty()) {
      LOG.info("Found tasks of an earlier run; count={}", tasks.size());
    }
    return tasks;
  }

  private Optional<Task> recover(Task task) throws IOException {
    boolean isWithoutInput =
        Files.notExists(store.folder(task).input(task), LinkOption.NOFOLLOW_LINKS);
    if (task instanceof Task.Claimed && isWithoutInput) {
      // its claim was cut off before the rename: the recording is in the inbox
      store.remove(task);
      return Optional.empty();
    }
    Optional<Attempt.Open> open = task.facts().openAttempt();
    if (open.isEmpty()) {
      return Optional.of(task);
    }
    Attempt.Start start = open.get().start();
    boolean sameBoot = start.bootId().equals(process.bootId());
    End end = sameBoot ? crash(start) : End.POWER_LOST;
    TaskFolder folder = store.folder(task);
    Optional<String> stage = words(folder.stage());
    Optional<String> step = stage.flatMap(label -> step(folder, label));
    Attempt.Ended attempt = open.get().end(clock.instant(), end);
    Attempt.Ended crashed =
        stage.map(attempt::inStage).orElse(attempt).crashedIn(step, folder.checkpointBytes());
    Task ended = task.with(task.facts().withLast(crashed));
    store.save(ended);
    LOG.warn(
        "An attempt at '{}' never ended; task={} end={} stage={} step={}",
        task.source().name(),
        task.id(),
        end,
        stage.orElse(null),
        step.orElse(null));
    return Optional.of(ended);
  }

  private static End crash(Attempt.Start start) {
    return MemoryKills.happenedSince(start) ? End.OUT_OF_MEMORY : End.CRASHED;
  }

  /** The step of {@code stage} that its engine had named; empty if it is one of another stage. */
  private static Optional<String> step(TaskFolder folder, String stage) {
    String start = stage + " ";
    return words(folder.step())
        .filter(words -> words.startsWith(start))
        .map(words -> words.substring(start.length()));
  }

  private static Optional<String> words(Path mark) {
    try {
      return Files.exists(mark)
          ? Optional.of(Files.readString(mark, StandardCharsets.UTF_8).strip())
              .filter(words -> !words.isEmpty())
          : Optional.empty();
    } catch (IOException e) {
      LOG.debug("Reading a mark failed; recovery continues: {}", e.toString());
      return Optional.empty();
    }
  }

  /** A recording whose task cannot be read goes to quarantine rather than being lost. */
  private Optional<Task> salvage(Damaged damaged) throws IOException {
    String id = String.valueOf(damaged.folder().getFileName());
    Optional<Path> input = TaskFolder.findInput(damaged.folder());
    if (damaged.isNewer() || input.isEmpty()) {
      LOG.warn("Left '{}' alone: {}", damaged.folder(), damaged.message());
      return Optional.empty();
    }
    String inputName = String.valueOf(input.get().getFileName());
    String name = id + "-" + inputName;
    TaskFailure failure =
        TaskFailure.of(
            new ProcessingException(
                FailureCode.PROCESSING_ERROR, "The file that described this task was damaged"),
            "recovery");
    TaskSource source =
        new TaskSource(name, name, null, null, FileSignature.of(input.get()), Intake.FOLDER, null);
    Task task =
        new Task.Failed(
            TaskFacts.received(id, source, clock.instant()).withInputName(inputName), failure);
    store.save(task);
    LOG.warn("The task of '{}' is damaged: {}", input.get(), damaged.message());
    return Optional.of(task);
  }
}
