package io.maie.edge.spool;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Result of one scan.
 *
 * @param entries everything in the inbox: recordings in the order they will be claimed, then the
 *     rest by name
 * @param ready what can be claimed, highest priority first, then in order of arrival. It may be
 *     claimed entry by entry without another scan, since claiming looks again.
 * @param truncated whether there was more than the scan lists; the rest appears as the inbox drains
 * @param problemOrNull the problem that kept the inbox from being scanned
 */
public record InboxView(
    List<InboxEntry> entries,
    List<Candidate> ready,
    boolean truncated,
    @Nullable FolderProblem problemOrNull) {

  public InboxView {
    entries = List.copyOf(entries);
    ready = List.copyOf(ready);
  }

  /** Before the first scan. */
  public static InboxView empty() {
    return new InboxView(List.of(), List.of(), false, null);
  }

  static InboxView unavailable(FolderProblem problem) {
    return new InboxView(List.of(), List.of(), false, problem);
  }

  /** The problem that kept the inbox from being scanned; claiming stops while there is one. */
  public Optional<FolderProblem> problem() {
    return Optional.ofNullable(problemOrNull);
  }

  /**
   * The name of the file that stops claiming, if somebody who can only reach the inbox has put it
   * there.
   */
  public Optional<String> pausedBy() {
    return entries.stream()
        .filter(entry -> entry.state() == EntryState.PAUSE)
        .map(InboxEntry::name)
        .findFirst();
  }

  /** Returns whether a later scan may find something to claim in what is already there. */
  public boolean isWaiting() {
    return entries.stream().anyMatch(entry -> entry.state().isWaiting());
  }
}
