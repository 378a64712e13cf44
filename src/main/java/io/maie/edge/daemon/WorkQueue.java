package io.maie.edge.daemon;

import io.maie.edge.spool.Candidate;
import io.maie.edge.spool.InboxView;
import io.maie.edge.task.Task;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Work that is ready: tasks that lie in the work folder, and recordings that are ready in the
 * inbox. Higher priority first; among equals a task before a recording, then in order of arrival.
 * While recordings are ready, a task that was sent to the API never follows another one.
 * Thread-safe.
 */
final class WorkQueue {
  private static final Comparator<Held> FIRST =
      Comparator.comparingInt((Held held) -> -held.task().priority())
          .thenComparing(held -> held.task().id());

  private final Supplier<Duration> longestPause;

  /** Guarded by this. */
  private final List<Held> tasks = new ArrayList<>();

  /** Candidates of the latest scan; guarded by this. */
  private List<Candidate> ready = List.of();

  /** Recordings claimed since that scan, which are not where it found them; guarded by this. */
  private final Set<Path> claimed = new HashSet<>();

  /** The number of recordings taken from {@code ready}; guarded by this. */
  private int taken;

  /** True if what was taken last had been sent to the API; guarded by this. */
  private boolean wasOfApi;

  /**
   * A task in the work folder.
   *
   * @param reason the reason for the wait, for people
   */
  record Held(Task task, String reason) {}

  /**
   * An empty queue.
   *
   * @param longestPause a task that is to wait longer lies there because the clock was set back
   */
  WorkQueue(Supplier<Duration> longestPause) {
    this.longestPause = longestPause;
  }

  synchronized void hold(Task task, String reason) {
    tasks.add(new Held(task, reason));
  }

  /** Replaces what is known of the inbox. */
  synchronized void offer(InboxView view) {
    ready = view.ready();
    taken = 0;
    claimed.clear();
  }

  /** Remembers that {@code candidate} has left the inbox. */
  synchronized void claimed(Candidate candidate) {
    claimed.add(candidate.path());
  }

  /** Returns whether a recording has left the inbox since the latest scan found it there. */
  synchronized boolean isClaimed(Path recording) {
    return claimed.contains(recording);
  }

  /** Takes the task that should go on now, unless a recording of higher priority is ready. */
  synchronized Optional<Task> takeTask(Instant now) {
    Optional<Held> first =
        tasks.stream().filter(held -> isDue(held.task(), now)).sorted(FIRST).findFirst();
    boolean isOvertaken =
        first.isPresent()
            && taken < ready.size()
            && ready.get(taken).priority() > first.get().task().priority();
    if (first.isEmpty() || isOvertaken) {
      return Optional.empty();
    }
    boolean isOfApi = first.get().task().source().intake().isApi();
    if (isOfApi && wasOfApi && taken < ready.size()) {
      return Optional.empty();
    }
    wasOfApi = isOfApi;
    tasks.remove(first.get());
    return Optional.of(first.get().task());
  }

  private boolean isDue(Task task, Instant now) {
    return task.facts()
        .notBefore()
        .map(time -> !now.isBefore(time) || time.isAfter(now.plus(longestPause.get())))
        .orElse(true);
  }

  /** Takes the next recording that the latest scan found ready. */
  synchronized Optional<Candidate> takeCandidate() {
    if (taken == ready.size()) {
      return Optional.empty();
    }
    wasOfApi = false;
    return Optional.of(ready.get(taken++));
  }

  /** Takes the task that {@code target} means. */
  synchronized Optional<Task> take(String target) {
    Optional<Held> found = tasks.stream().filter(held -> held.task().isCalled(target)).findFirst();
    found.ifPresent(tasks::remove);
    return found.map(Held::task);
  }

  synchronized List<Held> held() {
    return tasks.stream().sorted(FIRST).toList();
  }
}
