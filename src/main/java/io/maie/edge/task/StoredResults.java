package io.maie.edge.task;

import static java.util.Objects.requireNonNull;

import io.maie.edge.durable.DurableFiles;
import io.maie.edge.durable.Publication;
import io.maie.edge.retention.RetentionFolders;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The store of results, {@code state/results/<task>/}: what became of each task, whichever way its
 * recording came through, until retention removes it. A folder holds {@code task.json}, the
 * documents of {@link StoredResult}, and whatever else later stages need to work on the result
 * again. A task leaves a document here by writing {@code stored.<name>} into its work folder.
 *
 * <p>File contract: a folder counts once {@code task.json} is in it, which comes last and is
 * flushed before the history tells of the task; it never changes afterwards. The documents share
 * their content with those of the work folder and of the outbox where the file system allows it, as
 * docs/decisions/0070 explains. A folder with a file {@code api} is that of a recording sent to the
 * local API, which has an age limit of its own.
 */
public final class StoredResults {
  private static final Logger LOG = LoggerFactory.getLogger(StoredResults.class);
  private static final Pattern PLAIN_NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._-]*");

  private final Path root;

  public StoredResults(Path state) {
    this.root = requireNonNull(state, "state is null").resolve(RetentionFolders.STORED_RESULTS);
  }

  static void requirePlain(String name) {
    if (!PLAIN_NAME.matcher(name).matches()) {
      throw new IllegalArgumentException("expected a plain file name, found '" + name + "'");
    }
  }

  /**
   * Keeps the documents of a task; completes what a crash has cut off, and does nothing if the task
   * is there already.
   *
   * @param record the flushed file of {@code task}, which is replaced but never written to again
   * @param documents the same of each document, by the name it has here
   */
  void put(Task task, Path record, Map<String, Path> documents) throws IOException {
    Path folder = root.resolve(task.id());
    if (DurableFiles.exists(folder.resolve(TaskFolder.RECORD_NAME))) {
      return;
    }
    DurableFiles.createDirectories(folder);
    for (Map.Entry<String, Path> document : documents.entrySet()) {
      requirePlain(document.getKey());
      Publication.share(document.getValue(), folder.resolve(document.getKey()));
    }
    Path mark = folder.resolve(RetentionFolders.API_MARK);
    if (task.source().intake().isApi() && !DurableFiles.exists(mark)) {
      DurableFiles.write(mark, new byte[0]);
    }
    Publication.share(record, folder.resolve(TaskFolder.RECORD_NAME));
    DurableFiles.forceDirectory(folder);
  }

  /** The task of that id; empty if it has not ended, or its age limit has passed. */
  public Optional<StoredResult> find(String taskId) throws IOException {
    if (!TaskIds.isId(taskId)) {
      return Optional.empty();
    }
    Path folder = root.resolve(taskId);
    try {
      byte[] bytes = Files.readAllBytes(folder.resolve(TaskFolder.RECORD_NAME));
      return Optional.of(new StoredResult(TaskFile.read(bytes), folder));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  /**
   * The latest tasks, latest first.
   *
   * @param most the largest number
   * @param before only tasks whose id is smaller, which began earlier; empty = all
   */
  public List<StoredResult> latest(int most, Optional<String> before) throws IOException {
    List<StoredResult> found = new ArrayList<>();
    for (String id : ids()) {
      boolean isWanted = before.isEmpty() || id.compareTo(before.get()) < 0;
      if (isWanted && found.size() < most) {
        findReadable(id).ifPresent(found::add);
      }
    }
    return List.copyOf(found);
  }

  private Optional<StoredResult> findReadable(String id) {
    try {
      return find(id);
    } catch (IOException e) {
      LOG.debug("Skipped the stored result {}: {}", id, e.toString());
      return Optional.empty();
    }
  }

  /** The folder of a task, which may not be there. */
  Path folder(String taskId) {
    return root.resolve(taskId);
  }

  /** All ids, latest first. */
  List<String> ids() throws IOException {
    List<String> ids = new ArrayList<>();
    if (!Files.isDirectory(root)) {
      return ids;
    }
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(root)) {
      entries.forEach(entry -> ids.add(String.valueOf(entry.getFileName())));
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
    return ids.stream().filter(TaskIds::isId).sorted(Comparator.reverseOrder()).toList();
  }
}
