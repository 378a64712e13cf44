package io.maie.edge.telemetry;

import io.maie.edge.amount.Amounts;
import io.maie.edge.telemetry.Status.CheckResult;
import io.maie.edge.telemetry.Status.Disk;
import io.maie.edge.telemetry.Status.Ended;
import io.maie.edge.telemetry.Status.NextDeletions;
import io.maie.edge.telemetry.Status.Running;
import io.maie.edge.telemetry.Status.Waiting;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A status in plain language, for people who see nothing but the folders. */
public final class StatusText {
  private static final int MOST_LINES = 20;
  private static final int MOST_CHARACTERS = 300;

  private final StringBuilder text = new StringBuilder();

  private StatusText() {}

  /**
   * UTF-8 text with line feeds.
   *
   * @param writtenAt the time of writing: a daemon that dies leaves its last words
   */
  public static String of(Status status, Instant writtenAt) {
    StatusText text = new StatusText();
    text.headline(status);
    text.line(
        "Written at "
            + LocalTimes.ofDevice(writtenAt)
            + " and whenever something changes; 'maie-edge health' tells if it is still current");
    text.blocked(status);
    text.running(status.running());
    text.waiting(status);
    text.failures(status.failures());
    text.results(status.results());
    text.ignored(status);
    text.storage(status);
    return text.text.toString();
  }

  private void headline(Status status) {
    line("MAIE Edge " + status.version() + ": " + status.state().sentence());
    line("Since " + LocalTimes.ofDevice(status.startedAt()));
    Status.Counts counts = status.counts();
    line(
        "Processed since then: "
            + Amounts.count(counts.published(), "recording")
            + ", "
            + counts.failed()
            + " failed");
  }

  private void blocked(Status status) {
    // that nothing is taken after the end needs no reason
    boolean hasEnded = status.state() == LifeState.STOPPED;
    if (!status.blocked().isEmpty() && !hasEnded) {
      heading("WHY NOTHING IS TAKEN");
      status.blocked().forEach(this::item);
    }
    List<CheckResult> findings =
        status.checks().stream().filter(check -> check.level() != Check.Level.OK).toList();
    if (!findings.isEmpty()) {
      heading("NEEDS ATTENTION");
      for (CheckResult check : findings) {
        String hint = check.hint();
        item(check.name() + ": " + check.message() + (hint == null ? "" : ". " + hint));
      }
    }
  }

  private void running(@Nullable Running running) {
    if (running == null) {
      return;
    }
    heading("NOW");
    Long eta = running.etaSeconds();
    item(
        running.name()
            + ": "
            + Amounts.percent(running.percent())
            + " (step "
            + running.stage()
            + (running.attempt() > 1 ? ", attempt " + running.attempt() : "")
            + ")"
            + (eta == null ? "" : ", ready in about " + Amounts.duration(Duration.ofSeconds(eta))));
  }

  private void waiting(Status status) {
    if (status.waitingTotal() == 0) {
      return;
    }
    heading("WAITING (" + status.waitingTotal() + ")");
    int shown = Math.min(MOST_LINES, status.waiting().size());
    entries(status.waiting().subList(0, shown), status.waitingTotal());
  }

  private void ignored(Status status) {
    if (status.ignoredTotal() > 0) {
      heading("LEFT ALONE IN THE INBOX (" + status.ignoredTotal() + ")");
      entries(status.ignored(), status.ignoredTotal());
    }
  }

  private void entries(List<Waiting> shown, int total) {
    shown.forEach(entry -> item(entry.name() + ": " + entry.reason()));
    if (total > shown.size()) {
      item("and " + (total - shown.size()) + " more");
    }
  }

  private void failures(List<Ended> failures) {
    if (failures.isEmpty()) {
      return;
    }
    heading("LAST FAILURES (see the .error.txt beside each in the folder for failed recordings)");
    for (Ended failure : failures) {
      item(
          failure.name()
              + ", "
              + LocalTimes.ofDevice(failure.at())
              + ", "
              + failure.code()
              + ": "
              + failure.message());
    }
  }

  private void results(List<Ended> results) {
    if (results.isEmpty()) {
      return;
    }
    heading("LAST RESULTS");
    for (Ended result : results) {
      Double audio = result.audioSeconds();
      Double processing = result.processingSeconds();
      String cost =
          audio == null || processing == null
              ? ""
              : " (" + seconds(audio) + " of sound in " + seconds(processing) + ")";
      item(result.name() + ", " + LocalTimes.ofDevice(result.at()) + cost);
    }
  }

  private void storage(Status status) {
    heading("STORAGE");
    for (Disk disk : status.disks()) {
      item(
          disk.folder()
              + ": "
              + Amounts.bytes(disk.freeBytes())
              + " free of "
              + Amounts.bytes(disk.totalBytes())
              + (disk.level() == DiskLevel.FINE
                  ? ""
                  : " - " + disk.level().name().toLowerCase(Locale.ROOT)));
    }
    NextDeletions next = status.nextDeletions();
    String refusal = next.refusal();
    String first = next.first();
    if (refusal != null) {
      item("Cleanup deletes nothing: " + refusal);
    } else if (next.count() == 0 || first == null) {
      item("Cleanup deletes nothing within the next day");
    } else {
      item(
          "Cleanup deletes "
              + next.count()
              + " files ("
              + Amounts.bytes(next.bytes())
              + ") within the next day, first "
              + first);
    }
  }

  private void heading(String words) {
    text.append('\n').append(words).append('\n');
  }

  private void item(String words) {
    line("  " + words);
  }

  /** Names may hold anything; a forged line break must not look like a line of ours. */
  private void line(String words) {
    String safe = words.replaceAll("[\\p{Cc}\\p{Cf}\\u2028\\u2029]", "?");
    text.append(safe.length() > MOST_CHARACTERS ? safe.substring(0, MOST_CHARACTERS) + "..." : safe)
        .append('\n');
  }

  private static String seconds(double seconds) {
    return Amounts.duration(Duration.ofMillis(Math.round(seconds * 1_000)));
  }
}
