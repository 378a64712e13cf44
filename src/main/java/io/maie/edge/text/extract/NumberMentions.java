package io.maie.edge.text.extract;

import io.maie.edge.text.TextLanguage;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Finds amounts with what they count, as they are said; dates are none. */
final class NumberMentions {
  private static final String DIGITS = "[$€£]?\\d[\\d.,]*\\d(?: ?%)?|[$€£]\\d|\\d ?%";
  private static final String ENGLISH_WORD =
      "(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen"
          + "|sixteen|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety"
          + "|hundred|thousand|million|billion)";
  private static final String ENGLISH_LARGE =
      "(?:ten|eleven|twelve|\\w+teen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)"
          + "(?:[- ](?:and )?"
          + ENGLISH_WORD
          + ")*|(?:a |"
          + ENGLISH_WORD
          + " )(?:hundred|thousand|million"
          + "|billion)(?: (?:and )?"
          + ENGLISH_WORD
          + ")*";
  private static final String VIETNAMESE_WORD =
      "(?:không|một|mốt|hai|ba|bốn|tư|năm|lăm|sáu|bảy|tám|chín|mười|mươi|trăm|nghìn|ngàn|triệu|tỷ|linh"
          + "|lẻ|rưỡi)";
  private static final String VIETNAMESE_LARGE =
      "(?:mười|(?:một|hai|ba|bốn|năm|sáu|bảy|tám|chín) (?:mươi|trăm|nghìn|ngàn|triệu|tỷ))(?: "
          + VIETNAMESE_WORD
          + ")*";
  private static final String SCALE = "(?: (?:thousand|million|billion|nghìn|ngàn|triệu|tỷ))?";

  /** Numbers of houses, and minutes of a time. */
  private static final String NO_AMOUNT = "(?<!(?:số|giờ) )";

  private static final String UNIT = "(?: (percent|per cent|phần trăm|\\p{L}[\\p{L}\\p{M}]*))?";

  /** Words that say little elsewhere and tell what is counted here. */
  private static final Set<String> MEASURES =
      Set.of(
          "times",
          "minutes",
          "days",
          "weeks",
          "years",
          "people",
          "new",
          "người",
          "ngày",
          "tuần",
          "giờ",
          "phần trăm");

  private final Pattern pattern;
  private final Words words;
  private final DateMentions dates;

  NumberMentions(TextLanguage language, Words words, DateMentions dates) {
    this.dates = dates;
    this.words = words;
    String spelled = language.choose("|" + ENGLISH_LARGE, "|" + VIETNAMESE_LARGE, "");
    pattern =
        Pattern.compile(
            NO_AMOUNT
                + "(?<![\\p{L}\\p{N}.,:])(?:(?:"
                + DIGITS
                + ")"
                + SCALE
                + spelled
                + ")"
                + UNIT
                + "(?![\\p{L}\\p{M}]|:\\d)",
            Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
  }

  /** Each amount once, as first said. */
  List<Statement> of(List<Line> lines) {
    Map<String, Statement> numbers = new LinkedHashMap<>();
    for (Line line : lines) {
      List<DateMentions.Mention> taken = dates.in(line.text());
      Matcher matcher = pattern.matcher(line.text());
      while (matcher.find()) {
        int start = matcher.start();
        int end = matcher.end();
        if (taken.stream().noneMatch(date -> date.start() < end && start < date.end())) {
          String text = amount(matcher);
          numbers.putIfAbsent(text.toLowerCase(Locale.ROOT), line.statement().part(text));
        }
      }
    }
    return List.copyOf(numbers.values());
  }

  /** The number with the word behind it, if that tells what is counted. */
  private String amount(Matcher matcher) {
    @Nullable String unit = matcher.group(1);
    boolean isOther = unit != null && words.isEmpty(unit.toLowerCase(Locale.ROOT));
    boolean isMeasure = unit != null && MEASURES.contains(unit.toLowerCase(Locale.ROOT));
    String text = matcher.group();
    return isOther && !isMeasure
        ? text.substring(0, matcher.start(1) - matcher.start()).strip()
        : text;
  }
}
