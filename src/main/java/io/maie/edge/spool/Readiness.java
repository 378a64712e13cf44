package io.maie.edge.spool;

import io.maie.edge.amount.Amounts;
import io.maie.edge.failure.FailureCode;
import io.maie.edge.spool.Candidate.Defect;
import io.maie.edge.spool.Candidate.Evidence;
import io.maie.edge.spool.FileLease.Grant;
import io.maie.edge.spool.SettleTracker.Tracked;
import io.maie.edge.spool.WholenessCheck.Verdict;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether a recording may be claimed, and says why if not. Changes nothing: the caller
 * keeps the proof with the file, so that not every scan has to prove it again.
 *
 * <p>At once: nobody has it open for writing, and its container proves it whole. Otherwise it has
 * to lie unchanged for the settling time; for the grace time if its container declares more than is
 * there (then decoding tells what is missing) or if somebody still has it open for writing; and for
 * two minutes if its writer went away without completing the header.
 */
final class Readiness {
  private final SettleOptions options;
  private final SettleTracker tracker;
  private final FileLease lease;
  private final StoreKinds stores;

  Readiness(SettleOptions options, SettleTracker tracker, FileLease lease, StoreKinds stores) {
    this.options = options;
    this.tracker = tracker;
    this.lease = lease;
    this.stores = stores;
  }

  /** A state, the reason for it, and for {@code READY} what proves it. */
  record Judgement(
      EntryState state, String reason, @Nullable Evidence evidence, @Nullable Defect defect) {

    /** The evidence that holds until the file changes; a defect is no evidence. */
    Optional<Evidence> proof() {
      return defect == null ? Optional.ofNullable(evidence) : Optional.empty();
    }

    static Judgement waiting(EntryState state, String reason) {
      return new Judgement(state, reason, null, null);
    }

    /** The same of what seems to be ready, but met {@code fault} when it was tried before. */
    Judgement again(String fault) {
      return defect == null
          ? new Judgement(state, "is tried again; so far it " + fault, evidence, null)
          : this;
    }

    private static Judgement ready(Evidence evidence) {
      return new Judgement(
          EntryState.READY, "complete; waits until the worker is free", evidence, null);
    }

    private static Judgement defective(Defect defect) {
      return new Judgement(
          EntryState.READY, "goes to failed: " + defect.message(), Evidence.GRACE_OVER, defect);
    }
  }

  /** Judges an empty file. */
  Judgement judgeEmpty(Tracked file) {
    Duration quiet = tracker.quiet(file);
    if (quiet.compareTo(options.zeroByteGrace()) >= 0) {
      return Judgement.defective(
          new Defect(
              FailureCode.EMPTY_FILE,
              "expected a recording, found no byte for "
                  + Amounts.duration(options.zeroByteGrace()),
              "Copy the recording again; the copy was started but brought no content."));
    }
    return Judgement.waiting(
        EntryState.EMPTY,
        "holds no byte yet; waits up to "
            + Amounts.duration(options.zeroByteGrace())
            + " for content");
  }

  /** Judges a finished recording that waits for something that its folder asks for. */
  Judgement judgeHeld(Tracked file, String reason) {
    if (tracker.quiet(file).compareTo(options.sidecarGrace()) < 0) {
      return Judgement.waiting(
          EntryState.HELD,
          reason + "; waits up to " + Amounts.duration(options.sidecarGrace()) + " for it");
    }
    return Judgement.defective(
        new Defect(
            FailureCode.INVALID_PARAMETERS,
            reason + " within " + Amounts.duration(options.sidecarGrace()),
            "Put the recording into the inbox again together with its sidecar."));
  }

  /** Judges a file with content, given what its container says. */
  Judgement judge(Tracked file, Verdict verdict) {
    if (file.findings().evidence().isPresent()) {
      return Judgement.ready(file.findings().evidence().get());
    }
    return switch (verdict.wholeness()) {
      case INCOMPLETE -> judgeIncomplete(file, verdict);
      case WHOLE -> judgeWhole(file);
      case GROWING -> judgeGrowing(file, verdict);
      case CANNOT_TELL -> judgeSettled(file);
    };
  }

  /** Returns whether a sidecar has been left alone long enough, or is closed, to be read. */
  boolean isSidecarComplete(Tracked file) {
    Duration quiet = tracker.quiet(file);
    if (file.signature().bytes() == 0) {
      return quiet.compareTo(options.zeroByteGrace()) >= 0;
    }
    return file.findings().evidence().isPresent()
        || quiet.compareTo(settleTime(file)) >= 0
        || probe(file) == Grant.GRANTED;
  }

  private Judgement judgeIncomplete(Tracked file, Verdict verdict) {
    Duration quiet = tracker.quiet(file);
    if (quiet.compareTo(options.incompleteGrace()) >= 0) {
      // headers declare wrong lengths; decoding tells whether sound is missing
      return Judgement.ready(Evidence.GRACE_OVER);
    }
    return Judgement.waiting(
        EntryState.INCOMPLETE,
        verdict.explanation()
            + "; waits for the rest up to "
            + Amounts.duration(options.incompleteGrace())
            + " after the last change, "
            + ago(quiet));
  }

  private Judgement judgeWhole(Tracked file) {
    boolean mayGoAtOnce =
        file.signature().bytes() > 0
            && file.facts().links() == 1
            && !file.findings().growsInSteps();
    if (mayGoAtOnce) {
      Grant grant = probe(file);
      if (grant == Grant.GRANTED) {
        return Judgement.ready(Evidence.WHOLE_AND_CLOSED);
      }
      if (grant == Grant.OPEN_ELSEWHERE) {
        return judgeOpen(file);
      }
    }
    return judgeSettled(file);
  }

  private Judgement judgeGrowing(Tracked file, Verdict verdict) {
    Duration quiet = tracker.quiet(file);
    if (quiet.compareTo(options.incompleteGrace()) >= 0) {
      return Judgement.ready(Evidence.GRACE_OVER);
    }
    boolean isWorthProving = quiet.compareTo(Tracked.LONGEST_WAIT) >= 0;
    if (isWorthProving && probe(file) == Grant.GRANTED) {
      return Judgement.ready(Evidence.SETTLED);
    }
    return Judgement.waiting(
        EntryState.GROWING, verdict.explanation() + "; last change " + ago(quiet));
  }

  private Judgement judgeSettled(Tracked file) {
    Duration quiet = tracker.quiet(file);
    Duration needed = settleTime(file);
    if (quiet.compareTo(needed) < 0) {
      return Judgement.waiting(
          EntryState.SETTLING,
          "last change "
              + ago(quiet)
              + "; is complete after "
              + Amounts.duration(needed)
              + " without one");
    }
    return probe(file) == Grant.OPEN_ELSEWHERE
        ? judgeOpen(file)
        : Judgement.ready(Evidence.SETTLED);
  }

  private Judgement judgeOpen(Tracked file) {
    Duration quiet = tracker.quiet(file);
    if (quiet.compareTo(options.incompleteGrace()) >= 0) {
      return Judgement.ready(Evidence.GRACE_OVER);
    }
    return Judgement.waiting(
        EntryState.OPEN_FOR_WRITING,
        "another program has it open for writing; last change " + ago(quiet));
  }

  private Duration settleTime(Tracked file) {
    boolean local = stores.isLocal(file.path(), file.signature());
    return file.settleTime(local ? options.local() : options.network());
  }

  private Grant probe(Tracked file) {
    if (!stores.isLocal(file.path(), file.signature())) {
      return Grant.UNAVAILABLE;
    }
    try (FileLease.Lease held = lease.acquire(file.path())) {
      return held.grant();
    }
  }

  private static String ago(Duration duration) {
    return Amounts.duration(duration) + " ago";
  }
}
