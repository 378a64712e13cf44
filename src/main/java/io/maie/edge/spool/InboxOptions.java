package io.maie.edge.spool;

import static java.util.Objects.requireNonNull;

import io.maie.edge.durable.Durability;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Options of the inbox and of its scans.
 *
 * @param folder the inbox
 * @param depth levels of sub-folders that are scanned; 0 scans the inbox alone
 * @param settle the rules by which a file counts as finished
 * @param ignore name patterns of the operator, with {@code *} and {@code ?}, in addition to the
 *     built-in ones
 * @param mostEntries the most recordings, and the most other entries, that one scan lists
 * @param durability the point at which the content of a claimed recording reaches the disk
 * @param mode whether recordings leave the inbox when they are taken
 * @param ledger file that remembers those that do not; null = they are remembered in memory only
 */
public record InboxOptions(
    Path folder,
    int depth,
    SettleOptions settle,
    List<String> ignore,
    int mostEntries,
    Durability durability,
    InboxMode mode,
    @Nullable Path ledger) {
  /** Levels of sub-folders that are scanned unless set otherwise. */
  public static final int DEFAULT_DEPTH = 4;

  /** About 20 MB of memory at most. */
  public static final int DEFAULT_MOST_ENTRIES = 50_000;

  public InboxOptions {
    requireNonNull(folder, "folder is null");
    requireNonNull(settle, "settle is null");
    requireNonNull(durability, "durability is null");
    requireNonNull(mode, "mode is null");
    ignore = List.copyOf(ignore);
    if (depth < 0 || mostEntries < 1) {
      throw new IllegalArgumentException(
          "expected depth of 0 or more and mostEntries of 1 or more, found "
              + depth
              + " and "
              + mostEntries);
    }
  }

  /** The defaults for {@code folder}. */
  public static InboxOptions of(Path folder) {
    return new InboxOptions(
        folder,
        DEFAULT_DEPTH,
        SettleOptions.DEFAULTS,
        List.of(),
        DEFAULT_MOST_ENTRIES,
        Durability.FULL,
        InboxMode.AUTO,
        null);
  }

  public InboxOptions withSettle(SettleOptions other) {
    return new InboxOptions(folder, depth, other, ignore, mostEntries, durability, mode, ledger);
  }

  public InboxOptions withDurability(Durability other) {
    return new InboxOptions(folder, depth, settle, ignore, mostEntries, other, mode, ledger);
  }

  public InboxOptions withIgnore(List<String> patterns) {
    return new InboxOptions(folder, depth, settle, patterns, mostEntries, durability, mode, ledger);
  }

  /** With another mode, remembering in {@code file}. */
  public InboxOptions withMode(InboxMode other, @Nullable Path file) {
    return new InboxOptions(folder, depth, settle, ignore, mostEntries, durability, other, file);
  }
}
