package io.maie.edge.text.clean;

import io.maie.edge.text.EnglishCalendar;
import io.maie.edge.text.clean.NumberWriter.NumberRules;
import io.maie.edge.text.clean.NumberWriter.Spoken;
import io.maie.edge.text.clean.NumberWriter.Written;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * English numbers in digits. Whole numbers below ten stay words unless a unit, a date or a time is
 * meant: "one of them" is no figure.
 */
final class EnglishNumbers implements NumberRules {
  private static final int LEAST = 10;
  private static final int GROUPED_FROM = 1_000;
  private static final long MILLION = 1_000_000;

  private static final Set<String> BEFORE_YEAR = Set.of("in", "since", "year", "of", "until", "by");
  private static final Set<String> BEFORE_TIME =
      Set.of("at", "by", "until", "till", "from", "around");
  private static final Set<String> UNITS =
      Set.of(
          "pounds",
          "cents",
          "pence",
          "metres",
          "meters",
          "metre",
          "meter",
          "kilometres",
          "kilometers",
          "centimetres",
          "centimeters",
          "millimetres",
          "miles",
          "kilos",
          "kilograms",
          "grams",
          "degrees",
          "litres",
          "liters",
          "amps",
          "amp",
          "volts",
          "watts",
          "megabytes",
          "gigabytes");
  private static final Set<String> SMALL_MONEY = Set.of("cents", "cent", "pence", "penny");
  private static final Map<String, String> SIGNS =
      Map.of("dollars", "$", "dollar", "$", "euros", "€", "euro", "€");

  @Override
  public @Nullable Written at(Spoken words) {
    @Nullable Written time = time(words);
    if (time != null) {
      return time;
    }
    @Nullable Written digits = EnglishDigits.at(words);
    if (digits != null) {
      return digits;
    }
    @Nullable Written ordinal = ordinal(words);
    return ordinal != null ? ordinal : quantity(words);
  }

  /** Clock times: "half past nine", "three thirty p m", "at nine fifteen", "five past two". */
  private static @Nullable Written time(Spoken words) {
    @Nullable Written relative = relativeTime(words);
    if (relative != null) {
      return relative;
    }
    @Nullable Written late = lateTime(words);
    if (late != null) {
      return late;
    }
    int hour = EnglishWords.unit(words.word(0));
    if (hour < 1 || hour > 12) {
      return null;
    }
    if (words.word(1).replace('’', '\'').equals("o'clock")) {
      return new Written(1, String.valueOf(hour));
    }
    EnglishWords.Parsed minutes = minutes(words, 1);
    int next = 1 + minutes.words();
    String half = half(words, next);
    String clock = minutes.words() == 0 ? "" + hour : hour + ":" + two(minutes.value());
    if (!half.isEmpty()) {
      boolean isSplit = words.word(next).length() == 1;
      return new Written(next + (isSplit ? 2 : 1), clock + " " + half);
    }
    boolean isTime = minutes.words() > 0 && BEFORE_TIME.contains(words.before());
    boolean goesOn = EnglishWords.isNumber(words.word(next)) || isMeasured(words, next);
    return isTime && !goesOn ? new Written(next, clock) : null;
  }

  /** "At seventeen forty": hours that no year begins with in such a place. */
  private static @Nullable Written lateTime(Spoken words) {
    EnglishWords.Parsed hour = EnglishWords.below100(words, 0);
    EnglishWords.Parsed minutes = minutes(words, hour.words());
    boolean isLate = hour.value() > 12 && hour.value() < 24 && minutes.words() > 0;
    int next = hour.words() + minutes.words();
    boolean goesOn = EnglishWords.isNumber(words.word(next)) || isMeasured(words, next);
    return isLate && words.before().equals("at") && !goesOn
        ? new Written(next, hour.value() + ":" + two(minutes.value()))
        : null;
  }

  private static boolean isMeasured(Spoken words, int at) {
    String word = words.word(at);
    return UNITS.contains(word)
        || SIGNS.containsKey(word)
        || word.equals("percent")
        || word.equals("per");
  }

  private static @Nullable Written relativeTime(Spoken words) {
    String first = words.word(0);
    EnglishWords.Parsed minutes =
        switch (first) {
          case "half" -> new EnglishWords.Parsed(30, 1);
          case "quarter" -> new EnglishWords.Parsed(15, 1);
          case "a" ->
              words.word(1).equals("quarter")
                  ? new EnglishWords.Parsed(15, 2)
                  : EnglishWords.below100(words, 0);
          default -> EnglishWords.below100(words, 0);
        };
    String side = words.word(minutes.words());
    int hour = EnglishWords.unit(words.word(minutes.words() + 1));
    boolean isClock = hour >= 1 && hour <= 12 && minutes.words() > 0 && minutes.value() < 60;
    boolean isQuarter = first.equals("quarter") || (first.equals("a") && minutes.words() == 2);
    boolean isWritten =
        side.equals("past") || (side.equals("to") && (isQuarter || minutes.value() % 5 == 0));
    boolean isRange = side.equals("to") && !isQuarter && !words.before().equals("at");
    if (!isClock || !isWritten || isRange) {
      return null;
    }
    int past = side.equals("past") ? hour : (hour + 10) % 12 + 1;
    long minute = side.equals("past") ? minutes.value() : 60 - minutes.value();
    return new Written(minutes.words() + 2, past + ":" + two(minute));
  }

  private static EnglishWords.Parsed minutes(Spoken words, int at) {
    if (EnglishWords.isZero(words.word(at)) && EnglishWords.unit(words.word(at + 1)) > 0) {
      return new EnglishWords.Parsed(EnglishWords.unit(words.word(at + 1)), 2);
    }
    EnglishWords.Parsed minutes = EnglishWords.below100(words, at);
    boolean fits = minutes.value() >= 10 && minutes.value() < 60;
    return fits ? minutes : EnglishWords.Parsed.NONE;
  }

  private static String half(Spoken words, int at) {
    for (String letter : List.of("a", "p")) {
      if (words.word(at).equals(letter + "m")
          || words.word(at).equals(letter + ".m")
          || words.has(at, letter, "m")) {
        return letter + ".m.";
      }
    }
    return "";
  }

  private static String two(long value) {
    return String.format(Locale.ROOT, "%02d", value);
  }

  /** "The fifteenth of May", "May fifteenth", and ordinals from tenth on. */
  private static @Nullable Written ordinal(Spoken words) {
    boolean isBehindMonth = EnglishCalendar.MONTHS.contains(words.before());
    if (isBehindMonth && words.word(0).equals("the")) {
      EnglishWords.Parsed day = EnglishWords.ordinal(words, 1);
      boolean isDay = day.words() > 0 && day.value() <= 31;
      return isDay
          ? new Written(1 + day.words(), "the " + day.value() + suffix(day.value()))
          : null;
    }
    EnglishWords.Parsed ordinal = EnglishWords.ordinal(words, 0);
    if (ordinal.words() == 0) {
      return null;
    }
    boolean isDate =
        isBehindMonth
            || (words.word(ordinal.words()).equals("of")
                && EnglishCalendar.MONTHS.contains(words.word(ordinal.words() + 1)))
            || EnglishCalendar.MONTHS.contains(words.word(ordinal.words()));
    boolean isWritten = isDate || ordinal.value() >= LEAST;
    return isWritten
        ? new Written(ordinal.words(), ordinal.value() + suffix(ordinal.value()))
        : null;
  }

  private static String suffix(long value) {
    boolean isTeen = value % 100 >= 11 && value % 100 <= 13;
    return isTeen
        ? "th"
        : value % 10 == 1 ? "st" : value % 10 == 2 ? "nd" : value % 10 == 3 ? "rd" : "th";
  }

  /** Years, amounts of money, percentages, decimals, numbers with a unit, and large numbers. */
  private static @Nullable Written quantity(Spoken words) {
    EnglishWords.Parsed decade = EnglishWords.decade(words);
    if (decade.words() > 0) {
      return new Written(decade.words(), decade.value() + "s");
    }
    EnglishWords.Parsed year = EnglishWords.year(words);
    if (year.words() > 0) {
      return new Written(year.words(), String.valueOf(year.value()));
    }
    EnglishWords.Parsed whole = whole(words);
    if (whole.words() == 0) {
      return null;
    }
    if (isHalf(words, whole.words())) {
      return amount(words, whole, ".5", whole.words() + 3);
    }
    String decimals = decimals(words, whole.words());
    return amount(words, whole, decimals, whole.words() + decimals.length());
  }

  /** "Half a million" stays as it is. */
  private static EnglishWords.Parsed whole(Spoken words) {
    boolean isPart = words.word(0).equals("a") && words.before().equals("half");
    boolean isZero = EnglishWords.isZero(words.word(0)) && words.word(1).equals("point");
    return isPart
        ? EnglishWords.Parsed.NONE
        : isZero ? new EnglishWords.Parsed(0, 1) : EnglishWords.cardinal(words, 0);
  }

  /** "Two and a half" of something that is counted in digits. */
  private static boolean isHalf(Spoken words, int at) {
    String unit = words.word(at + 3);
    return words.has(at, "and", "a", "half")
        && (!scale(unit).isEmpty() || isMeasured(words, at + 3));
  }

  /**
   * A number with what it counts.
   *
   * @param decimals from the point on; empty if there are none
   * @param words of the number itself
   */
  private static @Nullable Written amount(
      Spoken spoken, EnglishWords.Parsed whole, String decimals, int words) {
    String scale = decimals.isEmpty() ? "" : scale(spoken.word(words));
    int length = words + (scale.isEmpty() ? 0 : 1);
    String number =
        scale.isEmpty()
            ? written(spoken, whole.value(), decimals)
            : whole.value() + decimals + " " + scale;
    String unit = spoken.word(length);
    if (unit.equals("percent") || spoken.has(length, "per", "cent")) {
      return new Written(length + (unit.equals("percent") ? 1 : 2), number + "%");
    }
    @Nullable Written money = money(spoken, length, number);
    if (money != null) {
      return money;
    }
    boolean isLoose = EnglishWords.isNumber(unit) || EnglishWords.isNumber(spoken.before());
    if (isLoose && decimals.isEmpty()) {
      return null;
    }
    boolean isFigure = UNITS.contains(unit) || !decimals.isEmpty() || whole.value() >= LEAST;
    boolean isDay = EnglishCalendar.MONTHS.contains(spoken.before()) && whole.value() <= 31;
    return isFigure || isDay ? new Written(length, number) : null;
  }

  /** "Twelve dollars and fifty cents", "two pounds fifty". Pounds alone may be a weight. */
  private static @Nullable Written money(Spoken words, int at, String number) {
    String currency = words.word(at);
    boolean isPound = currency.equals("pounds") || currency.equals("pound");
    @Nullable String sign = isPound ? "£" : SIGNS.get(currency);
    if (sign == null) {
      return null;
    }
    int next = at + (words.word(at + 1).equals("and") ? 2 : 1);
    EnglishWords.Parsed small = EnglishWords.below100(words, next);
    int end = next + small.words();
    boolean isCounted = SMALL_MONEY.contains(words.word(end));
    boolean isBare =
        isPound && next == at + 1 && small.value() >= LEAST && words.word(end).isEmpty();
    if (small.words() > 0 && number.indexOf('.') < 0 && (isCounted || isBare)) {
      return new Written(end + (isCounted ? 1 : 0), sign + number + "." + two(small.value()));
    }
    return isPound ? null : new Written(at + 1, sign + number);
  }

  private static String scale(String word) {
    return Set.of("thousand", "million", "billion").contains(word) ? word : "";
  }

  /** Each sign stands for a word: ".25", and ".1.3" of a version. */
  private static String decimals(Spoken words, int at) {
    StringBuilder decimals = new StringBuilder();
    while (words.word(at).equals("point") && EnglishDigits.digit(words.word(at + 1)) >= 0) {
      decimals.append('.');
      at++;
      while (EnglishDigits.digit(words.word(at)) >= 0) {
        decimals.append(EnglishDigits.digit(words.word(at)));
        at++;
      }
    }
    return decimals.toString();
  }

  private static String written(Spoken words, long value, String decimals) {
    if (!decimals.isEmpty()) {
      return value + decimals;
    }
    if (value >= MILLION && value % (MILLION / 10) == 0) {
      boolean isBillions = value >= 1_000 * MILLION && value % (100 * MILLION) == 0;
      double scaled = (double) value / (isBillions ? 1_000 * MILLION : MILLION);
      String figure =
          scaled == Math.rint(scaled) ? String.valueOf((long) scaled) : String.valueOf(scaled);
      return figure + (isBillions ? " billion" : " million");
    }
    boolean isYear =
        value >= 1900
            && value < 2100
            && (BEFORE_YEAR.contains(words.before())
                || EnglishCalendar.MONTHS.contains(words.before())
                || EnglishWords.endsOrdinal(words.before()));
    return value >= GROUPED_FROM && !isYear
        ? String.format(Locale.ROOT, "%,d", value)
        : String.valueOf(value);
  }
}
