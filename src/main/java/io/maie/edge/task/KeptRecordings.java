package io.maie.edge.task;

import static java.util.Objects.requireNonNull;

import io.maie.edge.durable.DurableFiles;
import io.maie.edge.spool.FileSignature;
import io.maie.edge.spool.Inbox;
import io.maie.edge.spool.RecordingFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/** Finds the recording of a task: in its work folder, in the archive, or in quarantine. */
public final class KeptRecordings implements Inbox.TakenRecordings {
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

  @Override
  public boolean contain(Path relative, Path content) throws IOException {
    for (Task task : store.peek()) {
      boolean isNamedSo = task.source().relative().equals(relative);
      if (isNamedSo && isSame(store.folder(task).input(task), content)) {
        return true;
      }
    }
    return false;
  }

  @Override
  public Optional<Path> finished(Path relative, Path content) throws IOException {
    Optional<Path> archived = findIn(archive, relative, file -> isSame(file, content));
    return archived.isPresent()
        ? archived
        : findIn(failed, relative, file -> isSame(file, content));
  }

  private static boolean isSame(Path file, Path content) throws IOException {
    return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
        && Files.mismatch(file, content) < 0;
  }

  /** The path of the document of {@code suffix} that belongs to a recording in quarantine. */
  Path beside(Path recording, String suffix) {
    return failed.beside(recording, suffix);
  }

  Optional<Path> inQuarantine(Task task) throws IOException {
    return findIn(failed, task);
  }

  private static Optional<Path> findIn(RecordingFolder root, Task task) throws IOException {
    return findIn(root, task.source().relative(), file -> isRecordingOf(task, file));
  }

  /** A test that reads the file. */
  @FunctionalInterface
  private interface Wanted {
    boolean is(Path file) throws IOException;
  }

  private static Optional<Path> findIn(RecordingFolder root, Path relative, Wanted wanted)
      throws IOException {
    try {
      Path folder = requireNonNull(root.named(relative, 1).getParent());
      DurableFiles.requireNoLinkBelow(root.folder(), folder);
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
    for (int n = 1; n <= MOST_NUMBERS; n++) {
      Path candidate = root.named(relative, n);
      if (wanted.is(candidate)) {
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
