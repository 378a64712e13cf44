package io.maie.edge.task;

import static java.util.Objects.requireNonNull;

import io.maie.edge.durable.DurableFiles;
import io.maie.edge.spool.FileSignature;
import io.maie.edge.spool.RecordingFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/** Finds the recording of a task: in its work folder, in the archive, or in quarantine. */
public final class KeptRecordings {
  /** Recordings of one name have numbers, and retention removes some of them. */
  private static final int MOST_NUMBERS = 1_000;

  private final TaskStore store;
  private final RecordingFolder archive;
  private final RecordingFolder failed;

  public KeptRecordings(TaskStore store, RecordingFolder archive, RecordingFolder failed) {
    this.store = requireNonNull(store, "store is null");
    this.archive = requireNonNull(archive, "archive is null");
    this.failed = requireNonNull(failed, "failed is null");
  }

  /** The recording of {@code task}, wherever it lies; empty if retention has removed it. */
  public Optional<Path> find(Task task) throws IOException {
    Path input = store.folder(task).input(task);
    if (Files.isRegularFile(input, LinkOption.NOFOLLOW_LINKS)) {
      return Optional.of(input);
    }
    Optional<Path> archived = findIn(archive, task);
    return archived.isPresent() ? archived : inQuarantine(task);
  }

  /** The path of the document of {@code suffix} that belongs to a recording in quarantine. */
  Path beside(Path recording, String suffix) {
    return failed.beside(recording, suffix);
  }

  Optional<Path> inQuarantine(Task task) throws IOException {
    return findIn(failed, task);
  }

  private static Optional<Path> findIn(RecordingFolder root, Task task) throws IOException {
    Path relative = task.source().relative();
    try {
      Path folder = requireNonNull(root.named(relative, 1).getParent());
      DurableFiles.requireNoLinkBelow(root.folder(), folder);
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
    for (int n = 1; n <= MOST_NUMBERS; n++) {
      Path candidate = root.named(relative, n);
      if (isRecordingOf(task, candidate)) {
        return Optional.of(candidate);
      }
    }
    return Optional.empty();
  }

  private static boolean isRecordingOf(Task task, Path candidate) throws IOException {
    if (!Files.isRegularFile(candidate, LinkOption.NOFOLLOW_LINKS)) {
      return false;
    }
    try {
      return FileSignature.of(candidate).isAsCopyOf(task.source().signature());
    } catch (NoSuchFileException e) {
      return false;
    }
  }
}
