package io.maie.edge.text.constrain;

import java.util.Map;

/** Regular expressions of the formats that texts may have. */
final class Formats {
  private static final String YEAR_WITH_LEAP_DAY =
      "([0-9]{2}(0[48]|[2468][048]|[13579][26])|([02468][048]|[13579][26])00)";

  /** RFC 3339, {@code full-date}, of the days that there are. */
  private static final String DATE =
      "([0-9]{4}-((0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])"
          + "|(0[469]|11)-(0[1-9]|[12][0-9]|30)|02-(0[1-9]|1[0-9]|2[0-8]))|"
          + YEAR_WITH_LEAP_DAY
          + "-02-29)";

  /** RFC 3339, {@code full-time}, without leap seconds, at most 17 hours from UTC. */
  private static final String TIME =
      "([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](\\.[0-9]{1,6})?"
          + "(Z|\\+(0[0-9]|1[0-7]):[0-5][0-9]|-((0[1-9]|1[0-7]):[0-5][0-9]|00:(0[1-9]|[1-5][0-9])))";

  private static final String BYTE = "(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])";

  private static final String LABEL = "[A-Za-z0-9]([A-Za-z0-9-]{0,20}[A-Za-z0-9])?";

  /** Patterns by the names of formats; all that they match has the format, but not the reverse. */
  static final Map<String, String> PATTERNS =
      Map.of(
          "date", "^" + DATE + "$",
          "time", "^" + TIME + "$",
          "date-time", "^" + DATE + "T" + TIME + "$",
          "uuid", "^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$",
          "ipv4", "^" + BYTE + "(\\." + BYTE + "){3}$",
          "email",
              "^[A-Za-z0-9_]+([.+-][A-Za-z0-9_]+)*@"
                  + LABEL
                  + "(\\."
                  + LABEL
                  + "){0,3}\\.[a-z]{2,6}$",
          "uri", "^https?://" + LABEL + "(\\." + LABEL + "){0,4}(/[A-Za-z0-9._~-]*){0,8}$");

  private Formats() {}
}
