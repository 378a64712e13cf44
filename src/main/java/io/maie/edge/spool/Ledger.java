package io.maie.edge.spool;

import static java.util.Objects.requireNonNull;

import io.maie.edge.durable.DurableFiles;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Remembers which recordings were copied from an inbox that keeps them. A recording is known by its
 * path below the inbox, its size and its times; where only the time of its attributes differs, its
 * checksum tells. Thread-safe.
 *
 * <p>File contract: a text file of one line each, appended and flushed, that is written anew when
 * more than half of it no longer counts. A copy is announced before it becomes a task's, and
 * confirmed afterwards: what was announced only is asked for at the next start. A torn last line is
 * skipped. Beyond {@value #MOST_ENTRIES} recordings the ones taken longest ago are forgotten.
 */
final class Ledger {
  /** About 30 MB of memory. */
  static final int MOST_ENTRIES = 100_000;

  private static final Logger LOG = LoggerFactory.getLogger(Ledger.class);
  private static final int COLUMNS = 7;

  /** The most lines without effect that are left before the file is written again. */
  private static final int SLACK_LINES = 1_000;

  private final @Nullable Path file;
  private final Path inbox;
  private final int mostEntries;

  /** By encoded path; taken longest ago first; guarded by this, like all that follows. */
  private final Map<String, Entry> entries = new LinkedHashMap<>();

  private int lines;
  private long knownBytes;

  /** Step of a recording in the ledger. */
  private enum Step {
    ANNOUNCED,
    TAKEN,
    FORGOTTEN
  }

  private record Entry(Step step, Content content) {}

  /**
   * Content of a recording.
   *
   * @param signature of the file that held it
   */
  record Content(FileSignature signature, String sha256) {}

  /**
   * A ledger.
   *
   * @param file null = remembers as long as the process lives
   */
  Ledger(@Nullable Path file, Path inbox, int mostEntries) {
    this.file = file;
    this.inbox = requireNonNull(inbox, "inbox is null");
    this.mostEntries = mostEntries;
  }

  /** Returns whether a recording in this state was taken. */
  synchronized boolean knows(Path recording, FileSignature now) {
    return taken(recording)
        .map(entry -> entry.content().signature())
        .filter(then -> then.isAsCopyOf(now) && then.changedNanos() == now.changedNanos())
        .isPresent();
  }

  /** Returns whether this content was taken from there, of that size and time. */
  synchronized boolean knows(Path recording, Content now) {
    return taken(recording)
        .map(Entry::content)
        .filter(then -> then.signature().isAsCopyOf(now.signature()))
        .filter(then -> then.sha256().equals(now.sha256()))
        .isPresent();
  }

  private Optional<Entry> taken(Path recording) {
    return Optional.ofNullable(entries.get(key(recording)))
        .filter(entry -> entry.step() == Step.TAKEN);
  }

  /** Announces that a copy of {@code recording} is about to become a task's. */
  void announce(Path recording, Content content) throws IOException {
    write(recording, new Entry(Step.ANNOUNCED, content));
  }

  /** Confirms that the copy has become a task's, or notes a recording that was taken earlier. */
  void take(Path recording, Content content) throws IOException {
    write(recording, new Entry(Step.TAKEN, content));
  }

  /** Has the recording taken again. */
  void forget(Path recording) throws IOException {
    write(recording, new Entry(Step.FORGOTTEN, new Content(new FileSignature(0, 0, 0, 0, 0), "-")));
  }

  /** Decides, after a crash, about copies that were announced. */
  synchronized void recover(Inbox.TakenRecordings taken) throws IOException {
    refresh();
    for (Map.Entry<String, Entry> open : new ArrayList<>(entries.entrySet())) {
      if (open.getValue().step() == Step.ANNOUNCED) {
        Path recording = Path.of(URI.create("file://" + prefix() + open.getKey()));
        if (DurableFiles.exists(recording)
            && taken.contain(inbox.relativize(recording), recording)) {
          take(recording, open.getValue().content());
        }
      }
    }
  }

  /** Reads what another process, such as the command line, has added. */
  synchronized void refresh() {
    Path known = file;
    try {
      if (known != null && Files.exists(known) && Files.size(known) != knownBytes) {
        read(known);
      }
    } catch (IOException e) {
      LOG.warn("Reading the ledger of the inbox failed; continues with what is known", e);
    }
  }

  private void read(Path known) throws IOException {
    entries.clear();
    lines = 0;
    byte[] bytes = Files.readAllBytes(known);
    for (String line : new String(bytes, StandardCharsets.UTF_8).split("\n", -1)) {
      String[] columns = line.split("\t", -1);
      if (columns.length == COLUMNS) {
        parse(columns);
      }
    }
    knownBytes = bytes.length;
  }

  private void parse(String[] columns) {
    try {
      FileSignature signature =
          new FileSignature(
              0,
              Long.parseLong(columns[4]),
              Long.parseLong(columns[1]),
              Long.parseLong(columns[2]),
              Long.parseLong(columns[3]));
      Step step = Step.valueOf(columns[0].toUpperCase(Locale.ROOT));
      put(columns[6], new Entry(step, new Content(signature, columns[5])));
    } catch (IllegalArgumentException e) {
      LOG.debug("Skipped a line of the ledger: {}", e.toString());
    }
  }

  private void put(String key, Entry entry) {
    lines++;
    entries.remove(key);
    if (entry.step() != Step.FORGOTTEN) {
      entries.put(key, entry);
    }
    while (entries.size() > mostEntries) {
      entries.remove(entries.keySet().iterator().next());
    }
  }

  private synchronized void write(Path recording, Entry entry) throws IOException {
    String key = key(recording);
    put(key, entry);
    Path known = file;
    if (known == null) {
      return;
    }
    if (lines > 2 * entries.size() + SLACK_LINES) {
      compact(known);
    } else {
      DurableFiles.append(known, line(key, entry).getBytes(StandardCharsets.UTF_8));
    }
    knownBytes = Files.size(known);
  }

  private void compact(Path known) throws IOException {
    List<String> all = new ArrayList<>();
    entries.forEach((key, entry) -> all.add(line(key, entry)));
    DurableFiles.writeAtomically(known, String.join("", all).getBytes(StandardCharsets.UTF_8));
    lines = entries.size();
  }

  private static String line(String key, Entry entry) {
    FileSignature signature = entry.content().signature();
    return String.join(
            "\t",
            entry.step().name().toLowerCase(Locale.ROOT),
            Long.toString(signature.bytes()),
            Long.toString(signature.modifiedNanos()),
            Long.toString(signature.changedNanos()),
            Long.toString(signature.inode()),
            entry.content().sha256(),
            key)
        + "\n";
  }

  /** The path below the inbox as in a URI, which keeps every byte and holds neither tab nor end. */
  private String key(Path recording) {
    String whole = recording.toAbsolutePath().normalize().toUri().getRawPath();
    String start = prefix();
    return whole.startsWith(start) ? whole.substring(start.length()) : whole;
  }

  private String prefix() {
    String raw = inbox.toAbsolutePath().normalize().toUri().getRawPath();
    return raw.endsWith("/") ? raw : raw + "/";
  }
}
