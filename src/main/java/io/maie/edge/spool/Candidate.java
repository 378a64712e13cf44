package io.maie.edge.spool;

import io.maie.edge.failure.FailureCode;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A recording that can be claimed.
 *
 * @param arrival its path and what lies beside it
 * @param signature its state when it was judged
 * @param evidence the evidence for the claim
 * @param priority higher goes first
 * @param defectOrNull the defect for which it is quarantined without an attempt
 */
public record Candidate(
    Arrival arrival,
    FileSignature signature,
    Evidence evidence,
    int priority,
    @Nullable Defect defectOrNull) {

  public Path path() {
    return arrival.path();
  }

  public Path relative() {
    return arrival.relative();
  }

  /**
   * The defect for which it is claimed only to be quarantined: it stayed empty or incomplete too
   * long.
   */
  public Optional<Defect> defect() {
    return Optional.ofNullable(defectOrNull);
  }

  /** Reasons for which a recording may be claimed. */
  public enum Evidence {
    /** Nobody has it open for writing and its container proves it whole. */
    WHOLE_AND_CLOSED,
    /** Unchanged for the settling time. */
    SETTLED,
    /** Waited for as long as the settings allow. */
    GRACE_OVER
  }

  /** A failure that is certain before anything was tried. */
  public record Defect(FailureCode code, String message, String hint) {}
}
