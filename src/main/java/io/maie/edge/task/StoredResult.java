package io.maie.edge.task;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;

/**
 * An ended task in the store of results.
 *
 * @param task as it ended: {@link Task.Finished} or {@link Task.Failed}
 * @param folder where its documents lie: {@code result.json}, {@code result.txt}, {@code
 *     result.srt} and {@code result.vtt} of a success, {@code error.json} and {@code error.txt} of
 *     a failure
 */
public record StoredResult(Task task, Path folder) {

  public boolean isSuccess() {
    return task instanceof Task.Finished;
  }

  /** The failure, if it failed. */
  public Optional<TaskFailure> failure() {
    return task instanceof Task.Failed failed ? Optional.of(failed.failure()) : Optional.empty();
  }

  /** Cost of a success; nothing if it failed. */
  TaskFigures figures() {
    return task instanceof Task.Finished finished ? finished.figures() : TaskFigures.NONE;
  }

  /**
   * One of its documents; empty if the task has none of that name.
   *
   * @param name such as {@code result.srt}
   * @throws IllegalArgumentException if {@code name} is not a plain file name
   */
  public Optional<Path> document(String name) throws IOException {
    StoredResults.requirePlain(name);
    Path file = folder.resolve(name);
    return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
        ? Optional.of(file)
        : Optional.empty();
  }

  /**
   * The content of one of its documents.
   *
   * @throws java.nio.file.NoSuchFileException if the task has none of that name
   */
  byte[] bytes(String name) throws IOException {
    StoredResults.requirePlain(name);
    return Files.readAllBytes(folder.resolve(name));
  }
}
