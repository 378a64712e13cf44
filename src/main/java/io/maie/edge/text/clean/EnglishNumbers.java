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
  private static final int LEAST_DIGITS = 4;

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
  private static final Map<String, String> SIGNS =
      Map.of("dollars", "$", "dollar", "$", "euros", "€", "euro", "€");

  @Override
  public @Nullable Written at(Spoken words) {
    @Nullable Written time = time(words);
    if (time != null) {
      return time;
    }
    @Nullable Written digits = digits(words);
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
    int hour = EnglishWords.unit(words.word(0));
    if (hour < 1 || hour > 12) {
      return null;
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

  /** Digits one by one: numbers of telephones, accounts and orders. */
  private static @Nullable Written digits(Spoken words) {
    StringBuilder digits = new StringBuilder();
    int at = 0;
    while (true) {
      int times = words.word(at).equals("double") ? 2 : words.word(at).equals("triple") ? 3 : 1;
      String word = words.word(times == 1 ? at : at + 1);
      int digit = EnglishWords.isZero(word) ? 0 : EnglishWords.unit(word);
      if (digit < 0 || digit > 9) {
        break;
      }
      digits.append(String.valueOf(digit).repeat(times));
      at += times == 1 ? 1 : 2;
    }
    return digits.length() >= LEAST_DIGITS ? new Written(at, digits.toString()) : null;
  }

  /** "The fifteenth of May", "May fifteenth", and ordinals from tenth on. */
  private static @Nullable Written ordinal(Spoken words) {
    EnglishWords.Parsed ordinal = EnglishWords.ordinal(words, 0);
    if (ordinal.words() == 0) {
      return null;
    }
    boolean isDate =
        EnglishCalendar.MONTHS.contains(words.before())
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
    EnglishWords.Parsed year = EnglishWords.year(words);
    if (year.words() > 0) {
      return new Written(year.words(), String.valueOf(year.value()));
    }
    EnglishWords.Parsed whole = EnglishWords.cardinal(words, 0);
    if (whole.words() == 0) {
      return null;
    }
    String decimals = decimals(words, whole.words());
    int length = whole.words() + (decimals.isEmpty() ? 0 : decimals.length() + 1);
    String scale = decimals.isEmpty() ? "" : scale(words.word(length));
    String number =
        scale.isEmpty()
            ? written(words, whole.value(), decimals)
            : whole.value() + "." + decimals + " " + scale;
    length += scale.isEmpty() ? 0 : 1;
    String unit = words.word(length);
    if (unit.equals("percent") || words.has(length, "per", "cent")) {
      return new Written(length + (unit.equals("percent") ? 1 : 2), number + "%");
    }
    @Nullable String sign = SIGNS.get(unit);
    if (sign != null) {
      return new Written(length + 1, sign + number);
    }
    boolean isLoose = EnglishWords.isNumber(unit) || EnglishWords.isNumber(words.before());
    if (isLoose && decimals.isEmpty()) {
      return null;
    }
    boolean isFigure = UNITS.contains(unit) || !decimals.isEmpty() || whole.value() >= LEAST;
    boolean isDay = EnglishCalendar.MONTHS.contains(words.before()) && whole.value() <= 31;
    return isFigure || isDay ? new Written(length, number) : null;
  }

  private static String scale(String word) {
    return Set.of("thousand", "million", "billion").contains(word) ? word : "";
  }

  private static String decimals(Spoken words, int at) {
    StringBuilder decimals = new StringBuilder();
    if (words.word(at).equals("point")) {
      for (int i = at + 1; ; i++) {
        int digit = EnglishWords.isZero(words.word(i)) ? 0 : EnglishWords.unit(words.word(i));
        if (digit < 0 || digit > 9) {
          break;
        }
        decimals.append(digit);
      }
    }
    return decimals.toString();
  }

  private static String written(Spoken words, long value, String decimals) {
    if (!decimals.isEmpty()) {
      return value + "." + decimals;
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
                || EnglishCalendar.MONTHS.contains(words.before()));
    return value >= GROUPED_FROM && !isYear
        ? String.format(Locale.ROOT, "%,d", value)
        : String.valueOf(value);
  }
}
