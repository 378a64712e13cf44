package io.maie.edge.text.extract;

import io.maie.edge.text.TextLanguage;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Finds days, weekdays, months and the like, as they are said. */
final class DateMentions {
  private static final String ORDINAL =
      "(?:\\d{1,2}(?:st|nd|rd|th)|(?:twenty|thirty)[-"
          + " ](?:first|second|third|fourth|fifth|sixth|seventh"
          + "|eighth|ninth)|first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh"
          + "|twelfth|thirteenth|fourteenth|fifteenth|sixteenth|seventeenth|eighteenth|nineteenth"
          + "|twentieth|thirtieth)";

  /** Ordinals that rarely count anything but days. */
  private static final String LATE_ORDINAL =
      "(?:\\d{1,2}(?:st|nd|rd|th)|(?:twenty|thirty)[-"
          + " ](?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth)"
          + "|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth|\\w+teenth"
          + "|twentieth|thirtieth)";

  private static final String MONTH =
      "(?:january|february|march|april|may|june|july|august|september|october|november|december)";
  private static final String DAY = "(?:(?:mon|tues|wednes|thurs|fri|satur|sun)days?)";
  private static final String COUNT =
      "(?:\\d+|a|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|(?:thir|four|fif|six|seven|eigh|nine)teen|twenty|thirty|forty|fifty|a"
          + " few|a couple of)";
  private static final String YEAR =
      "(?:\\d{4}|(?:nineteen|twenty)[ -](?:oh |twenty |thirty |forty |fifty |sixty |seventy |eighty"
          + " |ninety |ten|eleven|twelve|\\w+teen)?[\\w-]*|two thousand(?: and)?(?: \\w+)?)";

  /** How the years of a century begin: "seventeen eighty-eight". */
  private static final String SPOKEN_CENTURY = "(?:fifteen|sixteen|seventeen|eighteen|nineteen)";

  private static final String PART = "(?: (?:morning|afternoon|evening|night|nights|noon))?";

  private static final List<Pattern> ENGLISH =
      patterns(
          "(?:"
              + DAY
              + ",? )?(?:the )?"
              + ORDINAL
              + " of "
              + MONTH
              + "(?:,? \\d{4}| in "
              + YEAR
              + ")?",
          "(?:" + DAY + ",? )?" + MONTH + " (?:the )?(?:" + ORDINAL + "|\\d{1,2}\\b)(?:,? \\d{4})?",
          "(?:" + DAY + ",? )?\\d{1,2} " + MONTH + "(?:,? \\d{4})?",
          "\\d{4}-\\d{2}-\\d{2}",
          "(?:the )?(?:end|beginning|start|middle) of (?:the |next |this )?(?:"
              + MONTH
              + "|week|month|year|quarter)",
          "(?:first|second|third|last) week (?:of|in) " + MONTH,
          MONTH + " " + YEAR,
          "(?:early|mid|late)[- ]" + MONTH,
          "(?:next |last |this |every |on )?" + DAY + "(?: the " + ORDINAL + ")?" + PART,
          "(?:the day after tomorrow|tomorrow|yesterday|today|tonight|last night)" + PART,
          "(?:this|next|last)"
              + " (?:week|weekend|month|year|quarter|spring|summer|autumn|fall|winter|morning|afternoon|evening|"
              + MONTH
              + ")",
          COUNT + " (?:hour|day|week|month|year)s? ago",
          "(?<=\\b(?:by|before|until|for|at) )(?:the |our |next )?"
              + MONTH
              + " (?:meeting|session|deadline|release|board|call|review)",
          "(?<=\\b(?:in|since|until|by|from|of) )" + MONTH + "(?: " + YEAR + ")?",
          "(?<=\\b(?:in|since|until|till|from|around) )(?:1[5-9]|20)\\d{2}",
          "(?<=\\b(?:in|since|until|from) )two thousand(?: and)? \\w+",
          "(?<=\\b(?:by|on|until|before|about|for|from|after) )the "
              + ORDINAL
              + "(?! (?:of|time|one|thing|year|floor|person|two|three|place))",
          "(?<=^|[,.?!] )the " + ORDINAL + "(?= (?:works|is fine|suits))",
          "(?:on )?the "
              + LATE_ORDINAL
              + "(?=[,.?!;]|$| (?:at|in|from|it|is|isn't|works|then|and|or|to|we|i|they|this|still|"
              + "if|instead|because|so|but|with|after|before|for|was|will|would)\\b)",
          "(?:easter|christmas|thanksgiving|new year(?:'s)?|labou?r day)",
          "(?:in |since |from |of )?(?:eighteen|nineteen|twenty)[ -](?:\\w+ty(?:[- ]\\w+)?|\\w+teen"
              + "|ten|eleven|twelve|oh[ -]\\w+)(?=[,.?!;]|$)",
          "(?<=\\b(?:in|since|from|until|till|around|until about|till about) )"
              + SPOKEN_CENTURY
              + "[ -](?:\\w+ty(?:[- ](?:one|two|three|four|five|six|seven|eight|nine)|-something)?"
              + "|\\w+teen|ten|eleven|twelve|oh[ -]\\w+)",
          "two thousand and \\w+(?=[,.?!;]|$)");

  private static final String VI_NUMBER =
      "(?:\\d{1,2}|(?:hai|ba) mươi(?: (?:mốt|hai|ba|tư|bốn|lăm|năm|sáu|bảy|tám|chín))?|mười(?:"
          + " (?:một|hai|ba|bốn|lăm|sáu|bảy|tám|chín))?|một|hai|ba|bốn|tư|năm|sáu|bảy|tám|chín)";
  private static final String VI_DAY = "(?:thứ (?:hai|ba|tư|năm|sáu|bảy|[2-7])|chủ nhật)";

  /** Numbers that are days where no unit follows: "thứ hai hai mươi mốt". */
  private static final String VI_LATE_DAY =
      "(?:hai mươi(?: (?:mốt|hai|ba|tư|bốn|lăm|năm|sáu|bảy|tám|chín))?|ba mươi(?: mốt)?"
          + "|mười (?:một|hai|ba|bốn|lăm|năm|sáu|bảy|tám|chín)|1[1-9]|2\\d|3[01])"
          + "(?=[,.?!;]|$| (?:là|thì|đi|nhé|nha|mới|tháng|này|ạ)"
          + "(?!\\p{L}))";

  private static final String VI_WEEK = "(?: tuần (?:này|sau|tới|trước))?";

  private static final List<Pattern> VIETNAMESE =
      patterns(
          "(?:"
              + VI_DAY
              + ",? )?(?:ngày )?(?:mùng |mồng )?"
              + VI_NUMBER
              + " tháng (?:"
              + VI_NUMBER
              + "|giêng|chạp)(?: năm (?:\\d{4}|hai nghìn(?: \\S+){1,5}))?",
          "\\d{1,2}/\\d{1,2}(?:/\\d{4})?",
          "(?:" + VI_DAY + ",? )?ngày (?:mùng |mồng )?" + VI_NUMBER,
          "(?:mùng|mồng) " + VI_NUMBER,
          "(?:đầu|giữa|cuối) (?:tháng(?: (?:"
              + VI_NUMBER
              + "|này|sau|tới))?|tuần(?: (?:này|sau|tới))?|năm(?: (?:nay|sau))?)",
          "(?:(?:sáng|trưa|chiều|tối) )?" + VI_DAY + ",? " + VI_LATE_DAY,
          "(?:(?:sáng|trưa|chiều|tối) )?" + VI_DAY + VI_WEEK,
          "(?:hôm (?:nay|qua|kia)|ngày (?:mai|kia)|(?:sáng|trưa|chiều|tối) (?:nay|mai|qua)|tuần"
              + " (?:này|sau|tới|trước)|tháng (?:này|sau|tới|trước)|năm (?:nay|sau|ngoái|tới)|lần"
              + " (?:họp )?sau)",
          "(?<=(?:hẹn|trước|đến|tới|vào|hôm|từ|ngày|để) )" + VI_LATE_DAY,
          "quý (?:một|hai|ba|bốn|[1-4])",
          "tháng " + VI_NUMBER,
          "năm (?:\\d{4}|hai nghìn(?: \\S+){1,5})");

  private static final List<Pattern> NEUTRAL =
      patterns("\\d{4}-\\d{2}-\\d{2}", "\\d{1,2}[./]\\d{1,2}[./]\\d{2,4}");

  /** Words before a date by which something must be done. */
  private static final Pattern LIMIT =
      Pattern.compile(
          "(?:\\b(?:by|before|until|no later than)|trước|muộn nhất(?: là)?|hạn(?: là)?|đến)\\s+$",
          Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);

  private static final String CLOCK =
      "(?:\\d{1,2}:\\d{2}(?: ?[ap]\\.?m\\.?)?|\\d{1,2} ?[ap]\\.?m\\.?|(?:\\d{1,2}|"
          + COUNT
          + ") o'clock)";

  /** Limits that are no dates: times of the day, and what happens at one. */
  private static final List<Pattern> ENGLISH_TIMES =
      patterns(
          "(?<=\\b(?:by|before|until) )(?:lunch(?:time)?|noon|midday|midnight|(?:the )?close of"
              + " business|(?:the )?end of (?:the )?day|"
              + CLOCK
              + "|the (?:\\w+ ){1,4}at "
              + CLOCK
              + ")(?: (?:today|tonight|tomorrow|(?:on )?"
              + DAY
              + "))?");

  private static final List<Pattern> VIETNAMESE_TIMES =
      patterns(
          "(?<=(?:trước|muộn nhất) )"
              + VI_NUMBER
              + " giờ(?: (?:rưỡi|\\d{1,2}))?(?: (?:sáng|trưa|chiều|tối))?(?: (?:hôm"
              + " nay|nay|mai|ngày mai|"
              + VI_DAY
              + "))?");

  private final List<Pattern> patterns;
  private final List<Pattern> times;

  /** Mentions by text: everybody asks for the dates of a sentence. */
  private final Map<String, List<Mention>> known = new HashMap<>();

  /** A date and where it stands in the text of its sentence. */
  record Mention(int start, int end, String text) {}

  DateMentions(TextLanguage language) {
    patterns = language.choose(ENGLISH, VIETNAMESE, NEUTRAL);
    times = language.choose(ENGLISH_TIMES, VIETNAMESE_TIMES, List.of());
  }

  private static List<Pattern> patterns(String... expressions) {
    List<Pattern> patterns = new ArrayList<>();
    for (String expression : expressions) {
      patterns.add(
          Pattern.compile(
              "(?<![\\p{L}\\p{N}])(?:" + expression + ")(?![\\p{L}\\p{N}])",
              Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE));
    }
    return List.copyOf(patterns);
  }

  /** The dates in a text, in order, not overlapping; the longer reading counts. */
  List<Mention> in(String text) {
    return known.computeIfAbsent(text, this::find);
  }

  private List<Mention> find(String text) {
    List<Mention> mentions = new ArrayList<>();
    for (Pattern pattern : patterns) {
      Matcher matcher = pattern.matcher(text);
      while (matcher.find()) {
        Mention found = new Mention(matcher.start(), matcher.end(), matcher.group());
        if (mentions.stream().noneMatch(m -> m.start() < found.end() && found.start() < m.end())) {
          mentions.add(found);
        }
      }
    }
    mentions.sort(Comparator.comparingInt(Mention::start));
    return List.copyOf(mentions);
  }

  /**
   * The date that a task is due: a time or date that is named as a limit, or else the first behind
   * the words that tell the task, or else the first.
   *
   * @param from where those words begin
   */
  @Nullable String dueIn(String text, int from) {
    for (Pattern pattern : times) {
      Matcher matcher = pattern.matcher(text);
      if (matcher.find()) {
        return matcher.group();
      }
    }
    List<Mention> mentions = in(text);
    return mentions.stream()
        .filter(mention -> LIMIT.matcher(text.substring(0, mention.start())).find())
        .findFirst()
        .or(() -> mentions.stream().filter(mention -> mention.start() >= from).findFirst())
        .or(() -> mentions.stream().findFirst())
        .map(Mention::text)
        .orElse(null);
  }

  /** Each date once, as first said. */
  List<Statement> of(List<Line> lines) {
    Map<String, Statement> dates = new LinkedHashMap<>();
    for (Line line : lines) {
      for (Mention mention : in(line.text())) {
        String key = mention.text().toLowerCase(Locale.ROOT).replaceFirst("^(?:on|the|ngày) ", "");
        dates.putIfAbsent(key, line.statement().part(mention.text()));
      }
    }
    return List.copyOf(dates.values());
  }
}
