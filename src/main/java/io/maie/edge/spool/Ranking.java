package io.maie.edge.spool;

import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Says which recording goes first, which must wait for something, and what becomes of files beside
 * them. Asked again when the sidecar or the folder profile changed, and otherwise not.
 */
@FunctionalInterface
public interface Ranking {

  /** Never throws for a sidecar that cannot be understood: claiming it tells the user. */
  Rank rank(Arrival arrival);

  /** Rule of {@code folderProfile} for companions; the usual one if it cannot be understood. */
  default CompanionRule companions(Path folderProfile) {
    return CompanionRule.LEAVE;
  }

  /** First come, first served. */
  static Ranking byArrival() {
    return arrival -> Rank.of(0);
  }

  /**
   * A place in the queue.
   *
   * @param priority higher goes first
   * @param holdOrNull why the recording must wait, such as "its sidecar talk.wav.job.json is
   *     required here and has not arrived"
   */
  record Rank(int priority, @Nullable String holdOrNull) {

    public static Rank of(int priority) {
      return new Rank(priority, null);
    }

    public static Rank held(int priority, String reason) {
      return new Rank(priority, reason);
    }

    public Optional<String> hold() {
      return Optional.ofNullable(holdOrNull);
    }
  }
}
