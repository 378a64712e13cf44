package io.maie.edge.daemon;

import static java.util.Objects.requireNonNull;

import io.maie.edge.amount.Amounts;
import io.maie.edge.retention.CleanupPlan;
import io.maie.edge.retention.CleanupReport;
import io.maie.edge.retention.Deletion;
import io.maie.edge.retention.DiskMonitor;
import io.maie.edge.retention.DiskState;
import io.maie.edge.telemetry.Check;
import io.maie.edge.telemetry.DiskLevel;
import io.maie.edge.telemetry.Status;
import io.maie.edge.time.Ticker;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks after the installation: checks, disks, cleanup. One thread calls it; others read what it
 * found.
 */
final class Upkeep {
  private static final Logger LOG = LoggerFactory.getLogger(Upkeep.class);
  private static final Duration LEAST_BETWEEN_EMERGENCIES = Duration.ofMinutes(1);
  private static final Duration HORIZON = Duration.ofDays(1);

  /**
   * Checks start programs, which an idle machine should not do all the time. While the gate is open
   * only every so many rounds look further than the disks; a task that meets a fault closes it.
   */
  private static final int MOST_ROUNDS_WITHOUT_CHECKS = 10;

  private final UpkeepParts parts;
  private final ClaimGate gate;
  private final Interval checks;
  private final Interval cleanups;
  private final Interval emergencies;

  /** Begins so that the first round checks everything. */
  private int roundsWithoutChecks = MOST_ROUNDS_WITHOUT_CHECKS;

  /** True if the last cleanup was refused, which is logged once and stands in the status. */
  private boolean hasRefused;

  private volatile List<Status.CheckResult> findings = List.of();
  private volatile List<DiskState> disks = List.of();
  private volatile Status.NextDeletions next = Status.NextDeletions.NONE;

  Upkeep(UpkeepParts parts, DaemonOptions options, ClaimGate gate, Ticker ticker) {
    this.parts = requireNonNull(parts, "parts is null");
    this.gate = requireNonNull(gate, "gate is null");
    this.checks = new Interval(options.checkInterval(), ticker);
    this.cleanups = new Interval(options.cleanupInterval(), ticker);
    this.emergencies = new Interval(LEAST_BETWEEN_EMERGENCIES, ticker);
  }

  /** Does what is due. */
  void tick() throws IOException {
    gate.set(ClaimGate.Blocker.SILENCE, parts.pulse().problems());
    if (checks.isDue()) {
      boolean wasFine = gate.isOpen();
      if (!wasFine || roundsWithoutChecks >= MOST_ROUNDS_WITHOUT_CHECKS) {
        runChecks();
        roundsWithoutChecks = 0;
      }
      roundsWithoutChecks++;
      lookAtDisks();
      checks.restart();
    }
    if (cleanups.isDue() && !isSilent()) {
      cleanUp();
    }
  }

  void runChecks() {
    List<Status.CheckResult> results = new ArrayList<>();
    List<String> failures = new ArrayList<>();
    for (Check check : parts.checks()) {
      Check.Finding finding = check.run();
      String hint = finding.hint().orElse(null);
      results.add(new Status.CheckResult(check.name(), finding.level(), finding.message(), hint));
      if (finding.level() == Check.Level.FAILURE) {
        failures.add(check.name() + ": " + finding.message() + (hint == null ? "" : ". " + hint));
      }
    }
    if (Thread.currentThread().isInterrupted()) {
      // the program stops: checks that were broken off say nothing
      return;
    }
    if (!failures.isEmpty() && !gate.isClosedBy(ClaimGate.Blocker.CHECKS)) {
      LOG.warn("Claiming stops until this is put right: {}", String.join("; ", failures));
    }
    findings = List.copyOf(results);
    gate.set(ClaimGate.Blocker.CHECKS, failures);
  }

  boolean checksAreFine() {
    return !gate.isClosedBy(ClaimGate.Blocker.CHECKS)
        && !gate.isClosedBy(ClaimGate.Blocker.DISK)
        && !isSilent();
  }

  private void lookAtDisks() throws IOException {
    Set<String> fullBefore = nearlyFull(disks);
    disks = parts.disks().look();
    List<DiskState> shortOnes =
        disks.stream().filter(disk -> disk.level() == DiskLevel.SHORT).toList();
    gate.set(ClaimGate.Blocker.DISK, shortOnes.stream().map(Upkeep::describe).distinct().toList());
    if (isSilent()) {
      return;
    }
    if (!shortOnes.isEmpty() && emergencies.isDue()) {
      emergencies.restart();
      LOG.warn("Disk space is short; {}", describe(shortOnes.get(0)));
      carryOut(parts.cleanup().emergencyPlan(bytesToFree(shortOnes)));
      disks = parts.disks().look();
    } else if (!fullBefore.containsAll(nearlyFull(disks))) {
      cleanUp();
    }
  }

  /** A cleanup would hang in a folder that does not answer. */
  private boolean isSilent() {
    return gate.isClosedBy(ClaimGate.Blocker.SILENCE);
  }

  private static Set<String> nearlyFull(List<DiskState> disks) {
    return disks.stream()
        .filter(disk -> disk.level() != DiskLevel.FINE)
        .map(DiskState::folder)
        .collect(Collectors.toSet());
  }

  /** Processed recordings make room on their own disk only; 0 while that is not short. */
  private static long bytesToFree(List<DiskState> shortOnes) {
    return shortOnes.stream()
        .filter(disk -> disk.folder().equals(DiskMonitor.ARCHIVE))
        .mapToLong(DiskState::bytesToFree)
        .sum();
  }

  private static String describe(DiskState disk) {
    return "DISK_FULL: "
        + Amounts.bytes(disk.freeBytes())
        + " are free on the disk of '"
        + disk.folder()
        + "', "
        + Amounts.bytes(disk.requiredFreeBytes())
        + " are required. Free some space";
  }

  /** Deletes what the rules say, and looks ahead to what they will say. */
  void cleanUp() throws IOException {
    cleanups.restart();
    carryOut(parts.cleanup().plan());
    next = upcoming(parts.cleanup().planAhead(HORIZON));
  }

  private void carryOut(CleanupPlan plan) {
    if (plan.refusal().isPresent() && !hasRefused) {
      LOG.warn("Cleanup deletes nothing: {}", plan.refusal().get());
    }
    hasRefused = plan.refusal().isPresent();
    if (plan.deletions().isEmpty()) {
      return;
    }
    CleanupReport report = parts.cleanup().execute(plan);
    LOG.info(
        "Cleaned up; deleted={} bytes={} kept={}",
        report.deleted(),
        report.bytes(),
        report.kept().size());
  }

  private static Status.NextDeletions upcoming(CleanupPlan ahead) {
    if (ahead.deletions().isEmpty()) {
      return new Status.NextDeletions(0, 0, null, ahead.refusal().orElse(null));
    }
    Deletion first = ahead.deletions().get(0);
    return new Status.NextDeletions(
        ahead.deletions().size(),
        ahead.bytes(),
        first.item().path().getFileName() + " (" + first.item().area().label() + ")",
        null);
  }

  List<Status.CheckResult> findings() {
    return findings;
  }

  List<DiskState> disks() {
    return disks;
  }

  Status.NextDeletions nextDeletions() {
    return next;
  }
}
