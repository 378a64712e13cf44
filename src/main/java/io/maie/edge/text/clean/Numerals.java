package io.maie.edge.text.clean;

import io.maie.edge.text.TextLanguage;
import io.maie.edge.text.clean.Token.Edge;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The values of the numbers in a text, whether they are written in digits or in words. */
public final class Numerals {
  private static final Pattern BLANKS = Pattern.compile("\\s+");
  private static final Pattern NUMBER =
      Pattern.compile("\\d+(?:[.,]\\d+)*(?:[ -]?(\\p{L}+))?", Pattern.UNICODE_CASE);
  private static final Pattern GROUPED = Pattern.compile("\\d{1,3}(?:[.,]\\d{3})+");
  private static final Pattern NO_WORD = Pattern.compile("[^\\p{L}\\p{M}'-]+");
  private static final Map<String, Integer> FACTORS =
      Map.of(
          "thousand",
          3,
          "k",
          3,
          "nghìn",
          3,
          "ngàn",
          3,
          "million",
          6,
          "triệu",
          6,
          "billion",
          9,
          "tỷ",
          9,
          "tỉ",
          9);

  /** From 0. A transcript that holds one of them holds its value. */
  private static final List<String> ENGLISH =
      List.of("zero one two three four five six seven eight nine ten eleven twelve".split(" ", -1));

  private static final List<String> ORDINALS =
      List.of(
          ("zeroth first second third fourth fifth sixth seventh eighth ninth tenth eleventh"
                  + " twelfth thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth"
                  + " nineteenth twentieth twenty-first twenty-second twenty-third twenty-fourth"
                  + " twenty-fifth twenty-sixth twenty-seventh twenty-eighth twenty-ninth thirtieth"
                  + " thirty-first")
              .split(" ", -1));
  private static final List<String> MONTHS =
      List.of(
          ("none january february march april may june july august september october november"
                  + " december")
              .split(" ", -1));
  private static final List<String> VIETNAMESE =
      List.of("không một hai ba bốn năm sáu bảy tám chín mười".split(" ", -1));
  private static final Map<String, String> VIETNAMESE_FORMS =
      Map.of("mốt", "1", "tư", "4", "lăm", "5", "giêng", "1", "chạp", "12");

  /** Words for fewer are said without counting: "one of them", "the two". */
  private static final int LEAST_COUNT = 3;

  /**
   * A number as a text has it.
   *
   * @param text as it stands there
   * @param values the readings, in digits without grouping, each the same number
   */
  public record Numeral(String text, Set<String> values) {
    public Numeral {
      values = Set.copyOf(values);
    }
  }

  private Numerals() {}

  /** Every reading of every number that is said in {@code text}. */
  public static Set<String> said(String text, TextLanguage language) {
    Set<String> values = new LinkedHashSet<>();
    for (String form : List.of(text, written(text, language))) {
      inDigits(form).forEach(numeral -> values.addAll(numeral.values));
    }
    List<String> words =
        NO_WORD.splitAsStream(text.toLowerCase(Locale.ROOT).replace("-", " ")).toList();
    for (int i = 0; i < words.size(); i++) {
      String word = words.get(i);
      String two = i + 1 < words.size() ? word + "-" + words.get(i + 1) : word;
      for (List<String> list : lists(language)) {
        add(list.indexOf(word), values);
        add(list.indexOf(two), values);
      }
      if (language == TextLanguage.VIETNAMESE && VIETNAMESE_FORMS.containsKey(word)) {
        values.add(VIETNAMESE_FORMS.getOrDefault(word, ""));
      }
    }
    return values;
  }

  private static List<List<String>> lists(TextLanguage language) {
    return switch (language) {
      case ENGLISH -> List.of(ENGLISH, ORDINALS, MONTHS);
      case VIETNAMESE -> List.of(VIETNAMESE);
      case OTHER -> List.of();
    };
  }

  private static void add(int index, Set<String> values) {
    if (index >= 0) {
      values.add(String.valueOf(index));
    }
  }

  /** The numbers that {@code text} claims; small ones in words only where they count something. */
  public static List<Numeral> claimed(String text, TextLanguage language) {
    List<Numeral> numerals = new ArrayList<>(inDigits(text));
    Set<String> known =
        numerals.stream().flatMap(n -> n.values.stream()).collect(Collectors.toSet());
    for (Numeral numeral : inDigits(written(text, language))) {
      if (numeral.values.stream().noneMatch(known::contains)) {
        numerals.add(numeral);
      }
    }
    if (language == TextLanguage.ENGLISH) {
      for (String word : NO_WORD.split(text.toLowerCase(Locale.ROOT), -1)) {
        int value = ENGLISH.indexOf(word);
        if (value >= LEAST_COUNT && !known.contains(String.valueOf(value))) {
          numerals.add(new Numeral(word, Set.of(String.valueOf(value))));
        }
      }
    }
    return numerals;
  }

  private static String written(String text, TextLanguage language) {
    List<Token> tokens =
        BLANKS
            .splitAsStream(text.strip())
            .filter(word -> !word.isEmpty())
            .map(word -> new Token(word, 0, 0, null, Edge.BLANK))
            .toList();
    return new NumberWriter(language)
        .write(tokens).stream().map(Token::text).collect(Collectors.joining(" "));
  }

  private static List<Numeral> inDigits(String text) {
    List<Numeral> numerals = new ArrayList<>();
    Matcher matcher = NUMBER.matcher(text);
    while (matcher.find()) {
      String word = matcher.group(1) == null ? "" : matcher.group(1).toLowerCase(Locale.ROOT);
      String digits = matcher.group().replaceFirst("[ -]?\\p{L}+$", "");
      Set<String> values = new LinkedHashSet<>();
      for (BigDecimal value : readings(digits)) {
        values.add(plain(value));
        if (FACTORS.containsKey(word)) {
          values.add(plain(value.movePointRight(FACTORS.getOrDefault(word, 0))));
        }
      }
      numerals.add(new Numeral(digits, values));
    }
    return numerals;
  }

  /** Points and commas group thousands in one country and part decimals in another. */
  private static List<BigDecimal> readings(String digits) {
    List<BigDecimal> readings = new ArrayList<>();
    if (GROUPED.matcher(digits).matches()) {
      readings.add(new BigDecimal(digits.replaceAll("[.,]", "")));
    }
    if (digits.chars().filter(c -> c == '.' || c == ',').count() <= 1) {
      readings.add(new BigDecimal(digits.replace(',', '.')));
    } else {
      for (String part : digits.split("[.,]", -1)) {
        readings.add(new BigDecimal(part));
      }
    }
    return readings;
  }

  private static String plain(BigDecimal value) {
    return value.signum() == 0 ? "0" : value.stripTrailingZeros().toPlainString();
  }
}
