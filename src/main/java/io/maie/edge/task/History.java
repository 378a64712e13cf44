package io.maie.edge.task;

import static java.util.Objects.requireNonNull;

import io.maie.edge.durable.DurableFiles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The tasks that have ended, one JSON object per line in {@code history.jsonl}; among them remarks,
 * which have a {@code remark} and no task.
 *
 * <p>File contract: a line is appended and flushed when the documents are published, or the failure
 * described, and before the recording is moved to where it stays. A crash may leave a torn last
 * line, which readers skip; a task that recovery ends again is found among the last lines. When the
 * file has grown to its limit it becomes {@code history.1.jsonl}, replacing the one before.
 */
public final class History {
  private static final Logger LOG = LoggerFactory.getLogger(History.class);
  private static final int SCHEMA_VERSION = 1;

  /** About 20,000 tasks. */
  private static final long ROTATION_BYTES = 8_000_000;

  /**
   * The size of the tail in which a line is looked for that a crash may have left: far more than
   * one task writes.
   */
  private static final int TAIL_BYTES = 64 * 1024;

  private final Path file;

  public History(Path state) {
    this.file = requireNonNull(state, "state is null").resolve("history.jsonl");
  }

  Path folder() {
    return file.resolveSibling("");
  }

  /** The entry of a task in the last lines; empty if it has not ended. */
  Optional<HistoryEntry> find(String taskId) throws IOException {
    String tail = tail(TAIL_BYTES);
    if (!tail.contains('"' + taskId + '"')) {
      return Optional.empty();
    }
    return entries(tail).stream().filter(entry -> entry.taskId().equals(taskId)).findFirst();
  }

  /** Appends the end of a task that has no entry yet. */
  void append(HistoryEntry entry) throws IOException {
    append((Object) entry);
  }

  /** Appends a remark. */
  public void append(HistoryRemark remark) throws IOException {
    append((Object) remark);
  }

  private synchronized void append(Object entry) throws IOException {
    if (Files.exists(file) && Files.size(file) > ROTATION_BYTES) {
      DurableFiles.rename(file, file.resolveSibling("history.1.jsonl"));
    }
    byte[] line = TaskJson.line(entry, SCHEMA_VERSION);
    byte[] ended = Arrays.copyOf(line, line.length + 1);
    ended[line.length] = '\n';
    DurableFiles.append(file, ended);
  }

  /** The last entries, oldest first, as far as {@code bytes} at the end of the file reach. */
  public List<HistoryEntry> recent(int bytes) throws IOException {
    return entries(tail(bytes));
  }

  private List<HistoryEntry> entries(String text) {
    List<HistoryEntry> entries = new ArrayList<>();
    for (String line : text.split("\n", -1)) {
      if (!line.isBlank()) {
        try {
          entries.add(
              TaskJson.read(
                  line.getBytes(StandardCharsets.UTF_8), HistoryEntry.class, SCHEMA_VERSION));
        } catch (IOException e) {
          // the torn line of a power cut, or the first line cut by the limit
          LOG.debug("Skipped a line of '{}': {}", file, e.toString());
        }
      }
    }
    return entries;
  }

  private String tail(int bytes) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      long start = Math.max(0, channel.size() - bytes);
      ByteBuffer tail = ByteBuffer.allocate((int) (channel.size() - start));
      while (tail.hasRemaining() && channel.read(tail, start + tail.position()) >= 0) {
        // reads on until the end
      }
      return new String(tail.array(), 0, tail.position(), StandardCharsets.UTF_8);
    } catch (NoSuchFileException e) {
      return "";
    }
  }
}
