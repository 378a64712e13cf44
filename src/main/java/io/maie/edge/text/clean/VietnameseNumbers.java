package io.maie.edge.text.clean;

import io.maie.edge.text.clean.NumberWriter.NumberRules;
import io.maie.edge.text.clean.NumberWriter.Spoken;
import io.maie.edge.text.clean.NumberWriter.Written;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Vietnamese numbers in digits. Whole numbers below ten stay words unless a unit, a date or a time
 * is meant, because most of them are other words too.
 */
final class VietnameseNumbers implements NumberRules {
  private static final int LEAST = 10;
  private static final int LEAST_DIGITS = 4;
  private static final int GROUPED_FROM = 10_000;
  private static final long MILLION = 1_000_000;

  private static final List<String> DIGITS =
      List.of("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín");

  /** Other forms of digits. */
  private static final Map<String, Integer> VARIANTS = Map.of("bẩy", 7, "tư", 4);

  /** Forms of digits behind tens. */
  private static final Map<String, Integer> BEHIND_TENS = Map.of("mốt", 1, "lăm", 5, "nhăm", 5);

  private static final Map<String, Long> SCALES =
      Map.of(
          "nghìn",
          1_000L,
          "ngàn",
          1_000L,
          "triệu",
          MILLION,
          "tỷ",
          1_000 * MILLION,
          "tỉ",
          1_000 * MILLION);
  private static final Map<String, Integer> MONTHS = Map.of("giêng", 1, "chạp", 12);

  /** Words that a number behind names, however small it is. */
  private static final Set<String> NAMED = Set.of("quý", "quận", "phường", "tầng", "lớp", "kém");

  /** Words before a number that is said digit by digit. */
  private static final Set<String> NUMBERED = Set.of("phòng", "số", "mã");

  private static final int LEAST_NUMBERED = 3;
  private static final Set<String> DAY = Set.of("ngày", "mùng", "mồng");
  private static final Set<String> UNITS =
      Set.of(
          "đồng", "đô", "mét", "cây", "ki", "kilômét", "kí", "ký", "lít", "độ", "gam", "phút",
          "giây", "cân", "tấn");

  /** Units that are other words in front of these: "đồng ý" agrees, "ký hợp đồng" signs. */
  private static final Map<String, Set<String>> NO_UNITS =
      Map.of(
          "đồng",
          Set.of("ý", "nghiệp", "chí", "đội", "tình", "thời", "bằng", "bào", "hồ", "nhất", "thuận"),
          "ký",
          Set.of("hợp", "tên", "kết", "vào", "giấy", "xong", "được", "nhận", "thêm"),
          "kí",
          Set.of("hợp", "tên", "kết", "vào", "giấy", "xong", "được", "nhận", "thêm"),
          "độ",
          Set.of("lượng", "chừng"),
          "cân",
          Set.of("bằng", "đối", "nhắc"),
          "tấn",
          Set.of("công"));

  /** Words between which and "giờ" zero is an hour; elsewhere "không" denies. */
  private static final Set<String> BEFORE_MIDNIGHT =
      Set.of("lúc", "từ", "đến", "tới", "vào", "trước", "sau", "khoảng");

  /** A value, and how many words it took. */
  private record Parsed(long value, int words) {
    static final Parsed NONE = new Parsed(0, 0);
  }

  @Override
  public @Nullable Written at(Spoken words) {
    @Nullable Written digits = digits(words);
    if (digits != null) {
      return digits;
    }
    if (words.before().equals("tháng") && MONTHS.containsKey(words.word(0))) {
      return new Written(1, String.valueOf(MONTHS.get(words.word(0))));
    }
    Parsed number = number(words, 0);
    return number.words() == 0 ? null : written(words, number);
  }

  private static @Nullable Written written(Spoken words, Parsed number) {
    int next = number.words();
    String unit = words.word(next);
    if (words.has(next, "phần", "trăm")) {
      return new Written(next + 2, number.value() + "%");
    }
    if (unit.equals("phẩy") || unit.equals("phảy")) {
      return decimal(words, number);
    }
    if (unit.equals("mấy")) {
      return null; // "mười mấy": more than ten
    }
    if (isUnit(words, number) && words.word(next + 1).equals("rưỡi")) {
      return new Written(next + 2, number.value() + ",5 " + unit);
    }
    if (unit.equals("rưỡi") && words.before().equals("lúc")) {
      return new Written(next + 1, number.value() + ":30");
    }
    boolean isDenial = number.value() == 0 && !BEFORE_MIDNIGHT.contains(words.before());
    if (unit.equals("giờ") && number.value() <= 24 && !isDenial) {
      return time(words, number);
    }
    boolean isDay = DAY.contains(words.before()) && number.value() <= 31;
    boolean isMonth = words.before().equals("tháng") && number.value() <= 12;
    boolean isDate = unit.equals("tháng") && number.value() <= 31 && isMonthAt(words, next + 1);
    boolean isFigure =
        number.value() >= LEAST || isUnit(words, number) || NAMED.contains(words.before());
    return isDay || isMonth || isDate || isFigure
        ? new Written(next, figure(number.value(), words.before()))
        : null;
  }

  /** "Không" in front of most units denies what follows and is no zero. */
  private static boolean isUnit(Spoken words, Parsed number) {
    String unit = words.word(number.words());
    String behind = words.word(number.words() + 1);
    return UNITS.contains(unit)
        && !NO_UNITS.getOrDefault(unit, Set.of()).contains(behind)
        && (number.value() > 0 || unit.equals("độ"));
  }

  private static boolean isMonthAt(Spoken words, int at) {
    Parsed month = number(words, at);
    return MONTHS.containsKey(words.word(at))
        || (month.words() > 0 && month.value() >= 1 && month.value() <= 12);
  }

  private static @Nullable Written decimal(Spoken words, Parsed number) {
    int from = number.words() + 1;
    String digits = digitsAt(words, from);
    Parsed decimals = number(words, from);
    if (decimals.words() == 0 || decimals.value() >= 1_000) {
      return null;
    }
    boolean isSpelled = digits.length() > decimals.words();
    int length = from + (isSpelled ? digits.length() : decimals.words());
    String text = number.value() + "," + (isSpelled ? digits : decimals.value());
    return words.has(length, "phần", "trăm")
        ? new Written(length + 2, text + "%")
        : new Written(length, text);
  }

  private static Written time(Spoken words, Parsed hour) {
    int next = hour.words() + 1;
    if (words.word(next).equals("rưỡi")) {
      return new Written(next + 1, hour.value() + " giờ 30");
    }
    Parsed minutes = number(words, next);
    boolean fits = minutes.words() > 0 && minutes.value() < 60 && minutes.value() >= LEAST;
    return fits
        ? new Written(next + minutes.words(), hour.value() + " giờ " + minutes.value())
        : new Written(next, hour.value() + " giờ");
  }

  private static String figure(long value, String before) {
    long billion = 1_000 * MILLION;
    if (value >= billion && value % (billion / 10) == 0) {
      return scaled(value, billion) + " tỷ";
    }
    if (value >= MILLION && value % (MILLION / 10) == 0) {
      return scaled(value, MILLION) + " triệu";
    }
    return value >= GROUPED_FROM && !before.equals("năm")
        ? String.format(Locale.ROOT, "%,d", value).replace(',', '.')
        : String.valueOf(value);
  }

  private static String scaled(long value, long scale) {
    long tenths = value / (scale / 10);
    return tenths % 10 == 0 ? String.valueOf(tenths / 10) : tenths / 10 + "," + tenths % 10;
  }

  /** Digits one by one, as the numbers of telephones, rooms and years are said. */
  private static @Nullable Written digits(Spoken words) {
    String year = words.word(0).equals("năm") ? digitsAt(words, 1) : "";
    if (year.matches("(?:19|20)\\d\\d") && !goesOn(words, 1 + year.length())) {
      return new Written(1 + year.length(), words.word(0) + " " + year);
    }
    String digits = digitsAt(words, 0);
    int least = NUMBERED.contains(words.before()) ? LEAST_NUMBERED : LEAST_DIGITS;
    return digits.length() >= least && !goesOn(words, digits.length())
        ? new Written(digits.length(), digits)
        : null;
  }

  private static boolean goesOn(Spoken words, int at) {
    String next = words.word(at);
    return SCALES.containsKey(next) || next.equals("trăm") || next.equals("mươi");
  }

  /** As many digits as there are words; in a room's number "linh" is zero, "lăm" ends a year. */
  private static String digitsAt(Spoken words, int from) {
    StringBuilder digits = new StringBuilder();
    while (true) {
      String word = words.word(from + digits.length());
      boolean isInside = digits.length() > 0;
      boolean isZero = isInside && (word.equals("linh") || word.equals("lẻ"));
      int digit = isZero ? 0 : digit(word);
      boolean isLast = digit < 0 && digits.length() >= 2 && BEHIND_TENS.containsKey(word);
      if (digit < 0 && !isLast) {
        return digits.toString();
      }
      digits.append(isLast ? BEHIND_TENS.getOrDefault(word, 0) : digit);
      if (isLast) {
        return digits.toString();
      }
    }
  }

  private static int digit(String word) {
    return VARIANTS.getOrDefault(word, DIGITS.indexOf(word));
  }

  private static Parsed number(Spoken words, int from) {
    long total = 0;
    int at = from;
    long lastScale = Long.MAX_VALUE;
    while (true) {
      Parsed group = below1000(words, at, at > from);
      @Nullable Long scale = SCALES.get(words.word(at + group.words()));
      if (group.words() == 0 || (scale == null ? 1 : scale) >= lastScale) {
        break;
      }
      total += group.value() * (scale == null ? 1 : scale);
      at += group.words() + (scale == null ? 0 : 1);
      if (scale == null) {
        break;
      }
      lastScale = scale;
      if (words.word(at).equals("rưỡi")) {
        return new Parsed(total + scale / 2, at + 1 - from);
      }
      if (isTenths(words, at)) {
        return new Parsed(total + scale / 10 * digit(words.word(at)), at + 1 - from);
      }
    }
    return new Parsed(total, at - from);
  }

  /** "Hai triệu tư": a bare digit behind a scale, with nothing but a unit behind. */
  private static boolean isTenths(Spoken words, int at) {
    String next = words.word(at + 1);
    boolean isDigit = digit(words.word(at)) > 1 && !words.word(at).equals("năm");
    return isDigit && (next.isEmpty() || UNITS.contains(next));
  }

  private static Parsed below1000(Spoken words, int at, boolean isBehindScale) {
    int digit = digit(words.word(at));
    if (digit > 0 && words.has(at + 1, "trăm", "rưỡi")) {
      return new Parsed(100L * digit + 50, 3);
    }
    if (digit >= 0 && words.word(at + 1).equals("trăm")) {
      Parsed rest = below100(words, at + 2, true);
      boolean isPercent = words.word(at).equals("phần");
      return isPercent ? Parsed.NONE : new Parsed(100L * digit + rest.value(), 2 + rest.words());
    }
    return below100(words, at, isBehindScale);
  }

  private static Parsed below100(Spoken words, int at, boolean isBehindHundreds) {
    String first = words.word(at);
    if (isBehindHundreds && (first.equals("linh") || first.equals("lẻ"))) {
      int digit = digit(words.word(at + 1));
      return digit > 0 ? new Parsed(digit, 2) : Parsed.NONE;
    }
    if (first.equals("mười")) {
      int unit = behindTens(words.word(at + 1), false);
      return unit > 0 ? new Parsed(10 + unit, 2) : new Parsed(10, 1);
    }
    int digit = digit(first);
    if (digit > 1 && (words.word(at + 1).equals("mươi") || words.word(at + 1).equals("mười"))) {
      boolean isNext = words.word(at + 3).equals("mươi"); // "sáu mươi bốn mươi"
      int unit = isNext ? -1 : behindTens(words.word(at + 2), true);
      return unit > 0 ? new Parsed(10L * digit + unit, 3) : new Parsed(10L * digit, 2);
    }
    boolean isBare = isBehindHundreds || digit < 0;
    return isBare ? Parsed.NONE : new Parsed(digit, 1);
  }

  /** "Năm" behind tens is a year: five is "lăm" there. */
  private static int behindTens(String word, boolean isMany) {
    boolean isYear = word.equals("năm") || word.equals("không");
    boolean isOther = !isMany && (word.equals("mốt") || word.equals("tư"));
    return isYear || isOther ? -1 : BEHIND_TENS.getOrDefault(word, digit(word));
  }
}
