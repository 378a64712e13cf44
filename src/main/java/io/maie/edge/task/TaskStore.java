package io.maie.edge.task;

import static java.util.Objects.requireNonNull;

import io.maie.edge.durable.DurableFiles;
import io.maie.edge.retention.Area;
import io.maie.edge.retention.Keep;
import io.maie.edge.spool.FolderIdentity;
import io.maie.edge.spool.KnownFolders;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The tasks on disk, one folder each.
 *
 * <p>File contract: {@code task.json} is replaced atomically and flushed, so that after a crash it
 * tells either the old state or the new. A folder is made with its task in it before the recording
 * is claimed into it, and loses the task last.
 */
public final class TaskStore {
  private static final Logger LOG = LoggerFactory.getLogger(TaskStore.class);

  /** A task of a few attempts has a few thousand bytes. */
  private static final long MOST_RECORD_BYTES = 10_000_000;

  private final Path work;
  private final FolderIdentity identity;
  private final FaultPoint faults;

  /** A work folder that is used as it is found. */
  public TaskStore(Path work, FaultPoint faults) {
    this(KnownFolders.forgetful().output("work", work), faults);
  }

  /** A work folder into which nothing is claimed while its disk is away. */
  public TaskStore(FolderIdentity work, FaultPoint faults) {
    this.identity = requireNonNull(work, "work is null");
    this.work = work.folder();
    this.faults = requireNonNull(faults, "faults is null");
  }

  /** Places at which a test may end the process, in the store and in what tasks do beside it. */
  FaultPoint faults() {
    return faults;
  }

  /**
   * A folder in the work folder whose task cannot be read.
   *
   * @param isNewer whether it was written by a later version of the program, so that it is left
   *     alone
   */
  record Damaged(Path folder, String message, boolean isNewer) {}

  /** Content of the work folder. */
  record Content(List<Task> tasks, List<Damaged> damaged) {
    public Content {
      tasks = List.copyOf(tasks);
      damaged = List.copyOf(damaged);
    }
  }

  /**
   * Makes the folder of a new task and writes the task into it. Never makes the work folder, which
   * may lie on a disk that is away, or be removed by a process that is about to end.
   */
  void create(Task task) throws IOException {
    DurableFiles.requireFolder(work);
    identity.require();
    DurableFiles.createDirectoriesBelow(work, Path.of(task.id()));
    save(task);
    faults.reached(FaultPoint.Step.TASK_FOLDER_MADE);
  }

  void save(Task task) throws IOException {
    DurableFiles.writeAtomically(folder(task).record(), TaskFile.write(task));
  }

  void remove(Task task) throws IOException {
    folder(task).remove(faults);
    faults.reached(FaultPoint.Step.TASK_GONE);
  }

  /** Removes a task whose claim came to nothing; one that holds its recording after all stays. */
  void removeUnclaimed(Task task) throws IOException {
    if (Files.notExists(folder(task).input(task), LinkOption.NOFOLLOW_LINKS)) {
      folder(task).remove(FaultPoint.disabled());
    }
  }

  Path path() {
    return work;
  }

  /** The task of that id; empty if there is none, or {@code id} is no id. */
  Optional<Task> find(String id) throws IOException {
    if (!TaskIds.isId(id)
        || !DurableFiles.exists(work.resolve(id).resolve(TaskFolder.RECORD_NAME))) {
      return Optional.empty();
    }
    try {
      return Optional.of(parse(new TaskFolder(work.resolve(id))));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  /** The task as it is on disk. */
  Task read(String id) throws IOException {
    return read(new TaskFolder(work.resolve(id)));
  }

  TaskFolder folder(Task task) {
    return new TaskFolder(work.resolve(task.id()));
  }

  /** Returns whether there is a task of that id, or of a recording of that path or name. */
  public boolean holds(String target) throws IOException {
    return peek().stream().anyMatch(task -> task.isCalled(target));
  }

  /**
   * The tasks that can be read, oldest first. Changes nothing, so that it may be asked while the
   * worker writes; {@link #load} may not.
   */
  List<Task> peek() throws IOException {
    List<Task> tasks = new ArrayList<>();
    for (Path path : folders()) {
      try {
        tasks.add(parse(new TaskFolder(path)));
      } catch (IOException e) {
        LOG.trace("Skipped '{}': {}", path, e.toString());
      }
    }
    tasks.sort(Comparator.comparing(Task::id));
    return tasks;
  }

  /** Reads all tasks, oldest first, and clears what a crash has left beside them. */
  Content load() throws IOException {
    List<Task> tasks = new ArrayList<>();
    List<Damaged> damaged = new ArrayList<>();
    for (Path path : folders()) {
      TaskFolder folder = new TaskFolder(path);
      try {
        tasks.add(read(folder));
      } catch (IOException e) {
        boolean isNewer = e instanceof NewerSchemaException;
        if (!isRemovedEmpty(path)) {
          damaged.add(new Damaged(path, String.valueOf(e.getMessage()), isNewer));
        }
      }
    }
    tasks.sort(Comparator.comparing(Task::id));
    return new Content(tasks, damaged);
  }

  private static Task read(TaskFolder folder) throws IOException {
    DurableFiles.removeLeftovers(folder.path());
    return parse(folder);
  }

  private static Task parse(TaskFolder folder) throws IOException {
    if (Files.size(folder.record()) > MOST_RECORD_BYTES) {
      throw new IOException("'" + folder.record() + "' is far too large for a task");
    }
    Task task = TaskFile.read(Files.readAllBytes(folder.record()));
    if (!task.id().equals(String.valueOf(folder.path().getFileName()))) {
      throw new IOException("expected the task of its folder, found task " + task.id());
    }
    return task;
  }

  /** Keeps every folder in which there is a task or a recording. */
  public Keep keep() {
    return (area, path) -> {
      try {
        return area == Area.LEFTOVERS && holdsSomethingOfValue(path);
      } catch (IOException e) {
        return true;
      }
    };
  }

  private static boolean holdsSomethingOfValue(Path folder) throws IOException {
    return DurableFiles.exists(folder.resolve(TaskFolder.RECORD_NAME))
        || TaskFolder.findInput(folder).isPresent();
  }

  private List<Path> folders() throws IOException {
    List<Path> folders = new ArrayList<>();
    if (!Files.isDirectory(work)) {
      return folders;
    }
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(work)) {
      for (Path entry : entries) {
        if (Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS)) {
          folders.add(entry);
        }
      }
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
    LOG.debug("Found folders in '{}'; count={}", work, folders.size());
    return folders;
  }

  /** A folder that was made, but never written to. */
  private static boolean isRemovedEmpty(Path folder) {
    try {
      return Files.deleteIfExists(folder);
    } catch (IOException e) {
      return false;
    }
  }
}
