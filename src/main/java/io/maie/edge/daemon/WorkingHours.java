package io.maie.edge.daemon;

import io.maie.edge.telemetry.LocalTimes;
import java.time.LocalTime;
import java.time.ZonedDateTime;
import java.time.format.DateTimeParseException;
import java.time.zone.ZoneOffsetTransition;
import java.util.Comparator;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The hours of the day in which recordings are taken, in local time; from evening to morning if
 * {@code until} is the earlier one.
 *
 * @param from included
 * @param until not included
 */
public record WorkingHours(LocalTime from, LocalTime until) {

  /**
   * Reads what {@link #toString} writes.
   *
   * @throws DateTimeParseException if it is anything else, or both times are the same
   */
  public static WorkingHours parse(String text) {
    String[] times = text.split("-", 2);
    if (times.length < 2) {
      throw new DateTimeParseException("expected two times", text, 0);
    }
    WorkingHours hours =
        new WorkingHours(LocalTime.parse(times[0].strip()), LocalTime.parse(times[1].strip()));
    if (hours.from.equals(hours.until)) {
      throw new DateTimeParseException("expected two different times", text, 0);
    }
    return hours;
  }

  /**
   * Returns whether recordings are taken now. Hours that the clock leaves out when summer time
   * begins are made up for behind the gap.
   */
  boolean contains(ZonedDateTime now) {
    if (contains(now.toLocalTime())) {
      return true;
    }
    ZoneOffsetTransition last = now.getZone().getRules().previousTransition(now.toInstant());
    return last != null
        && last.isGap()
        && last.getDateTimeAfter().toLocalDate().equals(now.toLocalDate())
        && isLeftOutBy(last)
        && contains(now.toLocalTime().minus(last.getDuration()));
  }

  /** The reason for which nothing is taken at {@code now}, which lies outside these hours. */
  String whyNot(ZonedDateTime now) {
    return "Outside the working hours %s (inbox.working_hours); recordings are taken again from %s"
        .formatted(this, LocalTimes.ofDevice(nextBeginning(now).toInstant()));
  }

  /**
   * The next beginning after {@code now}, which lies outside these hours. A change of summer time
   * may begin them too.
   */
  ZonedDateTime nextBeginning(ZonedDateTime now) {
    ZoneOffsetTransition change = now.getZone().getRules().nextTransition(now.toInstant());
    return Stream.concat(
            IntStream.rangeClosed(0, 2)
                .mapToObj(days -> now.toLocalDate().plusDays(days).atTime(from))
                .map(time -> time.atZone(now.getZone()))
                .flatMap(time -> Stream.of(time, time.withLaterOffsetAtOverlap())),
            Stream.ofNullable(change).map(it -> it.getInstant().atZone(now.getZone())))
        .filter(time -> time.isAfter(now) && contains(time))
        .min(Comparator.comparing(ZonedDateTime::toInstant))
        .orElseThrow();
  }

  private boolean isLeftOutBy(ZoneOffsetTransition gap) {
    LocalTime before = gap.getDateTimeBefore().toLocalTime();
    LocalTime after = gap.getDateTimeAfter().toLocalTime();
    return from.isBefore(until) && !from.isBefore(before) && !until.isAfter(after);
  }

  private boolean contains(LocalTime time) {
    boolean isAfterBeginning = !time.isBefore(from);
    boolean isBeforeEnd = time.isBefore(until);
    return from.isBefore(until) ? isAfterBeginning && isBeforeEnd : isAfterBeginning || isBeforeEnd;
  }

  /** Writes the hours in the form {@code 22:00-06:00}. */
  @Override
  public String toString() {
    return from + "-" + until;
  }
}
