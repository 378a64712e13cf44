package io.maie.edge.spool;

import io.maie.edge.spool.Candidate.Evidence;
import io.maie.edge.spool.WholenessCheck.Verdict;
import io.maie.edge.spool.WholenessCheck.Wholeness;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Findings about one signature of one file, so that a file that lies still is not opened again by
 * every scan.
 */
final class InspectionCache {
  /** A disk that cannot be read is left alone for a while. */
  private static final long FAULT_RECHECK_NANOS = Duration.ofSeconds(30).toNanos();

  /**
   * A permission of the folder does not show in the file's signature, and is checked again soon.
   */
  private static final long PERMISSION_RECHECK_NANOS = Duration.ofSeconds(3).toNanos();

  private @Nullable Verdict verdict;
  private @Nullable String obstacle;
  private long obstacleUntil;
  private @Nullable Evidence evidence;

  /** The fault that the last attempt at this content met. */
  private @Nullable String earlierFault;

  /** True if earlier, different content of this file was whole too; it grows in steps. */
  private boolean wasWhole;

  /** The signature changed by a name or a permission: the content has to be looked at. */
  void forget() {
    verdict = null;
    obstacle = null;
    evidence = null;
    earlierFault = null;
  }

  /** The signature changed by the content. */
  void forgetContent() {
    wasWhole |= verdict != null && verdict.wholeness() == Wholeness.WHOLE;
    forget();
  }

  /** The proof did not hold when it was used. */
  void doubt() {
    evidence = null;
  }

  void found(Verdict found) {
    obstacle = null;
    verdict = found;
  }

  /** The file cannot be read or moved, for this reason, which may go away by itself. */
  void blocked(String reason, long now) {
    earlierFault = reason;
    blockedUntil(now + FAULT_RECHECK_NANOS, reason);
  }

  /** A permission is missing; a look that opens nothing shows it. */
  void denied(String reason, long now) {
    blockedUntil(now + PERMISSION_RECHECK_NANOS, reason);
  }

  private void blockedUntil(long nanos, String reason) {
    // so that it is looked at again
    verdict = null;
    obstacle = reason;
    obstacleUntil = nanos;
  }

  /** Returns whether there is nothing to find out now by opening the file. */
  boolean isInspected(long now) {
    boolean blockedLately = obstacle != null && now - obstacleUntil < 0;
    return blockedLately || verdict != null;
  }

  void proved(Evidence found) {
    evidence = found;
  }

  Optional<Verdict> verdict() {
    return Optional.ofNullable(verdict);
  }

  Optional<String> obstacle() {
    return Optional.ofNullable(obstacle);
  }

  /** The fault for which what seems to be ready was not taken before. */
  Optional<String> earlierFault() {
    return Optional.ofNullable(earlierFault);
  }

  Optional<Evidence> evidence() {
    return Optional.ofNullable(evidence);
  }

  boolean growsInSteps() {
    return wasWhole;
  }
}
