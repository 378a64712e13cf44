package io.maie.edge.retention;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Deletions of a cleanup, oldest first within each area.
 *
 * @param refusalOrNull the reason for deleting nothing now
 */
public record CleanupPlan(
    Instant madeAt, List<Deletion> deletions, @Nullable String refusalOrNull) {

  public CleanupPlan {
    requireNonNull(madeAt, "madeAt is null");
    deletions = List.copyOf(deletions);
  }

  static CleanupPlan refused(Instant madeAt, String why) {
    return new CleanupPlan(madeAt, List.of(), why);
  }

  /** The reason for which nothing may be deleted now. */
  public Optional<String> refusal() {
    return Optional.ofNullable(refusalOrNull);
  }

  public long bytes() {
    return deletions.stream().mapToLong(deletion -> deletion.item().bytes()).sum();
  }
}
