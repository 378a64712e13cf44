package io.maie.edge.text;

import java.util.Set;

/** English names of days and months, in lower case. */
public final class EnglishCalendar {
  /** The days of the week. */
  public static final Set<String> DAYS =
      Set.of("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday");

  /** The months. */
  public static final Set<String> MONTHS =
      Set.of(
          "january",
          "february",
          "march",
          "april",
          "may",
          "june",
          "july",
          "august",
          "september",
          "october",
          "november",
          "december");

  private EnglishCalendar() {}
}
