package io.maie.edge.task;

import static java.util.Objects.requireNonNull;

import io.maie.edge.durable.DurableFiles;
import io.maie.edge.durable.FileNames;
import io.maie.edge.spool.FileSignature;
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
  private final Path archive;
  private final Path failed;

  public KeptRecordings(TaskStore store, Path archive, Path failed) {
    this.store = requireNonNull(store, "store is null");
    this.archive = requireNonNull(archive, "archive is null");
    this.failed = requireNonNull(failed, "failed is null");
  }

  /** The recording of {@code task}, wherever it lies; empty if retention has removed it. */
  public Optional<Path> find(TaskRecord task) throws IOException {
    Path input = store.folder(task).input(task);
    if (Files.isRegularFile(input, LinkOption.NOFOLLOW_LINKS)) {
      return Optional.of(input);
    }
    Optional<Path> archived = findIn(archive, task);
    return archived.isPresent() ? archived : inQuarantine(task);
  }

  Optional<Path> inQuarantine(TaskRecord task) throws IOException {
    return findIn(failed, task);
  }

  private static Optional<Path> findIn(Path root, TaskRecord task) throws IOException {
    Path named = root.resolve(task.source().relative());
    try {
      DurableFiles.requireNoLinkBelow(root, requireNonNull(named.getParent()));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
    String name = FileNames.text(named);
    for (int n = 1; n <= MOST_NUMBERS; n++) {
      Path candidate =
          named.resolveSibling(
              FileNames.numbered(FileNames.stem(name), FileNames.extension(name), n));
      if (isRecordingOf(task, candidate)) {
        return Optional.of(candidate);
      }
    }
    return Optional.empty();
  }

  private static boolean isRecordingOf(TaskRecord task, Path candidate) throws IOException {
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
