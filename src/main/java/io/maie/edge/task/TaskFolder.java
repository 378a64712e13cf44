package io.maie.edge.task;

import io.maie.edge.durable.Disk;
import io.maie.edge.durable.FileNames;
import io.maie.edge.spool.Sidecars;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The folder of one task, {@code work/<task>/}, and the files in it. */
record TaskFolder(Path path) {
  static final String RECORD_NAME = "task.json";

  /** Start of the name of a claimed recording. */
  static final String INPUT_NAME = "input";

  /** Decoders look at the content; the extension is kept for people who look into the folder. */
  private static final String EXTENSION = "\\.[a-z0-9]{1,10}";

  private static final String STORED_PREFIX = "stored.";

  /** The name in the folder of the recording that is called {@code name} outside. */
  static String inputName(String name) {
    String extension = FileNames.extension(name).toLowerCase(Locale.ROOT);
    return INPUT_NAME + (extension.matches(EXTENSION) ? extension : "");
  }

  Path record() {
    return path.resolve(RECORD_NAME);
  }

  Path input(Task task) {
    return path.resolve(task.facts().inputName());
  }

  /** The recording's sidecar, once it has been claimed too. */
  Path sidecar() {
    return path.resolve(INPUT_NAME + Sidecars.SUFFIX);
  }

  /** Label of the running stage; written without flush. */
  Path stage() {
    return path.resolve("stage");
  }

  /** Label of the stage and step of the engine at work in it; written without flush. */
  Path step() {
    return path.resolve("step");
  }

  Path checkpoints() {
    return path.resolve("checkpoints");
  }

  /** A document that is written or waits for publication. */
  Path document(String name) {
    return path.resolve(name);
  }

  /** A document that is not published, but kept in the store of results under {@code name}. */
  Path stored(String name) {
    return path.resolve(STORED_PREFIX + name);
  }

  /** All documents of {@link #stored(String)}, by their name in the store. */
  Map<String, Path> stored() throws IOException {
    Map<String, Path> documents = new TreeMap<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(path, STORED_PREFIX + "*")) {
      for (Path entry : entries) {
        String name = String.valueOf(entry.getFileName());
        documents.put(name.substring(STORED_PREFIX.length()), entry);
      }
    }
    return documents;
  }

  /**
   * Removes the folder, the task's file last, so that a crash in between leaves a task that is
   * removed again. That is why nothing is flushed; the next task flushes the work folder.
   */
  void remove(FaultPoint faults) throws IOException {
    deleteAllBut(record());
    faults.reached(FaultPoint.Step.TASK_FOLDER_HALF_REMOVED);
    Disk.delete(record());
    Disk.delete(path);
  }

  /** The claimed recording in a folder whose task cannot be read. */
  static Optional<Path> findInput(Path folder) throws IOException {
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder, INPUT_NAME + "*")) {
      for (Path entry : entries) {
        boolean isRecording =
            Files.isRegularFile(entry, LinkOption.NOFOLLOW_LINKS) && !Sidecars.isSidecar(entry);
        if (isRecording) {
          return Optional.of(entry);
        }
      }
    }
    return Optional.empty();
  }

  /** The size of what the engines have remembered. */
  long checkpointBytes() throws IOException {
    if (!Files.isDirectory(checkpoints())) {
      return 0;
    }
    long bytes = 0;
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(checkpoints())) {
      for (Path entry : entries) {
        bytes += Files.size(entry);
      }
    }
    return bytes;
  }

  /** Forgets what engines have remembered. */
  void removeCheckpoints() throws IOException {
    if (Files.isDirectory(checkpoints())) {
      Disk.deleteTree(checkpoints());
    }
  }

  private void deleteAllBut(Path kept) throws IOException {
    try (var entries = Files.newDirectoryStream(path)) {
      for (Path entry : entries) {
        if (!entry.equals(kept)) {
          Disk.deleteTree(entry);
        }
      }
    } catch (NoSuchFileException e) {
      // somebody has removed it already
    }
  }
}
