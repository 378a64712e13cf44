package io.maie.edge.retention;

import static java.util.Objects.requireNonNull;

import io.maie.edge.amount.Amounts;
import io.maie.edge.retention.Deletion.Reason;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Decides from a survey what goes. Pure: looks at nothing but its arguments. */
public final class RetentionPlanner {
  private static final Comparator<StoredItem> OLDEST_FIRST =
      Comparator.comparing(StoredItem::lastChanged).thenComparing(item -> item.path().toString());

  private final RetentionOptions options;
  private final Instant builtAt;

  /**
   * A planner.
   *
   * @param builtAt the build time of this program: a clock that shows less is wrong, and no age can
   *     be trusted then
   */
  public RetentionPlanner(RetentionOptions options, Instant builtAt) {
    this.options = requireNonNull(options, "options is null");
    this.builtAt = requireNonNull(builtAt, "builtAt is null");
  }

  /** Deletions in normal times. */
  public CleanupPlan plan(List<StoredItem> survey, Ages ages) {
    if (ages.now().isBefore(builtAt)) {
      return refusal(ages.now());
    }
    return new CleanupPlan(ages.now(), byRules(survey, ages), null);
  }

  /**
   * Deletions while disk space is short: all that {@link #plan} deletes, and then processed
   * recordings older than the emergency age, oldest first, until {@code bytesToFree} are reached.
   *
   * @param bytesToFree on the disk of the archive; 0 if another one is short
   */
  public CleanupPlan emergencyPlan(List<StoredItem> survey, Ages ages, long bytesToFree) {
    if (ages.now().isBefore(builtAt)) {
      return refusal(ages.now());
    }
    List<Deletion> deletions = byRules(survey, ages);
    Set<StoredItem> chosen = new HashSet<>();
    long freed = 0;
    for (Deletion deletion : deletions) {
      chosen.add(deletion.item());
      freed += deletion.item().bytes();
    }
    for (StoredItem item : oldestFirst(survey, Area.ARCHIVE)) {
      boolean old = ages.isOlder(item.lastChanged(), options.emergencyArchiveAge());
      if (freed < bytesToFree && old && !chosen.contains(item)) {
        deletions.add(
            new Deletion(item, Reason.EMERGENCY, "processed, and the disk is nearly full"));
        freed += item.bytes();
      }
    }
    return new CleanupPlan(ages.now(), deletions, null);
  }

  private CleanupPlan refusal(Instant now) {
    return CleanupPlan.refused(
        now,
        "Expected a clock that shows at least the day this program was built, "
            + builtAt
            + ", found "
            + now
            + "; nothing is deleted until it is set");
  }

  private List<Deletion> byRules(List<StoredItem> survey, Ages ages) {
    Selection selection = new Selection(survey, ages);
    selection.byAge(Area.ARCHIVE, options.archiveAge());
    selection.byBytes(Area.ARCHIVE, options.archiveBytes());
    selection.byAge(Area.FAILED, options.failedAge());
    selection.byAge(Area.LEFTOVERS, options.leftoverAge());
    selection.byAge(Area.TEMPORARIES, options.leftoverAge());
    selection.byAge(Area.LOGS, options.logAge());
    selection.byBytes(Area.LOGS, options.logBytes());
    selection.byAge(Area.STORED_RESULTS, options.storedResultAge());
    selection.byAge(Area.API_RESULTS, options.apiResultAge());
    Duration resultAge = options.resultAge();
    if (resultAge != null) {
      selection.byAge(Area.RESULTS, resultAge);
    }
    return selection.deletions;
  }

  private static List<StoredItem> oldestFirst(List<StoredItem> survey, Area area) {
    return survey.stream().filter(item -> item.area() == area).sorted(OLDEST_FIRST).toList();
  }

  /** The deletions that the rules have selected from one survey so far. */
  private static final class Selection {
    private final List<StoredItem> survey;
    private final Ages ages;
    private final List<Deletion> deletions = new ArrayList<>();

    Selection(List<StoredItem> survey, Ages ages) {
      this.survey = survey;
      this.ages = ages;
    }

    void byAge(Area area, Duration limit) {
      boolean ownerless = area == Area.LEFTOVERS || area == Area.TEMPORARIES;
      for (StoredItem item : oldestFirst(survey, area)) {
        if (ages.isOlder(item.lastChanged(), limit)) {
          String explanation =
              (ownerless ? "belongs to no task, and is older than " : "older than ")
                  + Amounts.duration(limit);
          deletions.add(new Deletion(item, ownerless ? Reason.LEFTOVER : Reason.AGE, explanation));
        }
      }
    }

    /** Items from the future are counted, but never chosen: their order cannot be trusted. */
    void byBytes(Area area, long limit) {
      Set<StoredItem> chosen = new HashSet<>();
      deletions.forEach(deletion -> chosen.add(deletion.item()));
      List<StoredItem> rest =
          oldestFirst(survey, area).stream().filter(item -> !chosen.contains(item)).toList();
      long sum = rest.stream().mapToLong(StoredItem::bytes).sum();
      for (StoredItem item : rest) {
        if (sum > limit && !ages.age(item.lastChanged()).isNegative()) {
          String explanation =
              "the oldest while " + area.label() + " takes more than " + Amounts.bytes(limit);
          deletions.add(new Deletion(item, Reason.BYTES, explanation));
          sum -= item.bytes();
        }
      }
    }
  }
}
