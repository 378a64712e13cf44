package io.maie.edge.text.extract;

import io.maie.edge.text.EnglishCalendar;
import io.maie.edge.text.TextLanguage;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Finds what somebody promises, is asked to do, or has to do. */
final class ActionItems {
  private static final String VERBS =
      "(?:call|ask|send|order|write|check|buy|find"
          + " out|book|apply|put|get|tell|remind|email|e-mail|ring|talk to|look"
          + " (?:at|into|up)|prepare|make|bring|fix|finish|arrange|pay|schedule|contact|verify|confirm|move|pick"
          + " up|print|sign|submit|update|clean|read|review|open|close|reset|connect|reconnect|give|take|share|set"
          + " up|sort out|stir)";

  /** Facts about themselves that people are asked for, and give at once. */
  private static final String IDENTITY =
      "(?:(?:your|the|his|her|that) )(?:\\w+ ){0,3}(?:name|address|postcode|zip code|number|email"
          + "|e-mail|date of birth|birthday|account|line|reference|again)\\b";

  private static final Pattern ENGLISH_PROMISE =
      Pattern.compile(
          "\\b(?:i'll|i will|i'm going to|i am going to|i (?:still |also |just )?(?:should|need"
              + " to|have to)|i've (?:still |also )?got to) (?!be\\b|prefer|first\\b|shew|show"
              + " you|say\\b|see\\b|think\\b|never\\b|admit|tell you|not\\b|have"
              + " been|know\\b|confess|begin by|now\\b)\\w+|\\bi can do that on\\b|\\bi'd have"
              + " to\\b|\\blet me (?:check|send|ask|call|write|find)\\b|\\bi can"
              + " (?:send|bring|call|e-?mail|ask|forward|check|write|order|book|(?:take|have) a"
              + " look|look (?:at|into))\\b|\\bi (?:mustn't|must not|can't|shouldn't) forget"
              + " to|\\b(?:told|promised) .{0,30}\\bi(?:'d| would)"
              + " (?!be\\b|have\\b|like\\b|rather\\b)\\w+");
  private static final Pattern ENGLISH_REQUEST =
      Pattern.compile(
          "(?<!\\b(?:when|how|what|where|why|which|who) )\\b(?:can|could|will|would) (?:you|someone"
              + "|somebody|anyone|anybody)(?: please)?"
              + " (?!rather|like\\b|hear|see|say|imagine|believe|repeat|spell|hold|bear|speak"
              + " up|tell me (?:about|why|how)|(?:confirm|give me|tell me|take me through|read)"
              + " (?:please )?"
              + IDENTITY
              + ")\\w+|\\bplease \\w+|\\bi(?:'d| would) like you"
              + " to\\b|\\bwe(?:'d| would) like you to\\b|\\byou'll \\w+ (?:to|the|a)\\b|\\bi want"
              + " you to\\b|\\byou (?:need|have) to\\b|\\bi ask that\\b"
              + "|\\bi(?: just| only)? need \\S+.* from (?:each of |all of |both of )?you\\b");
  private static final Pattern ENGLISH_DUTY =
      Pattern.compile(
          "(?<!\\b(?:before|until|till|when|if|unless|once|after|because)"
              + " )\\b(?:everybody|everyone|somebody|someone|\\p{L}+) (?:has to|needs to|is going"
              + " to) (?!be\\b|have\\b)\\w+|\\b(?:we|they|you|people) (?:need to|have to)"
              + " (?!be\\b|have\\b|know\\b|remember\\b|speak\\b)\\w+|\\b(?:has|have|needs?) to be"
              + " (?:\\w+ed|done|sent|written|made|paid)\\b|\\b(?:don't forget to|remember to|make"
              + " sure)\\b");
  private static final Pattern ENGLISH_ORDER =
      Pattern.compile(
          "(?:^|\\b(?:so|and|then|also|first|morning|afternoon|today|tomorrow|day|please|you"
              + " should|go ahead and) )"
              + VERBS
              + " (?:the|a|an|him|her|them|it|me|us|my|our|for|to|who|how|whether|about|out|\\p{L}+)\\b");

  /** Where one person talks to himself, a short order is a task: "Buy milk." */
  private static final Pattern ENGLISH_SHORT_ORDER = Pattern.compile("^" + VERBS + " ");

  private static final Pattern ENGLISH_PAST =
      Pattern.compile(
          "\\b(?:i told you|yesterday|last (?:year|week|month|night)|already|used to|i"
              + " remember)\\b");

  private static final Pattern VIETNAMESE_PROMISE =
      Pattern.compile(
          "(?:^|(?<!(?:^| )(?:ba|bố|mẹ|má|chồng|vợ|con|của|nhà|với|các))["
              + " ,])(?:em|tôi|mình|anh|chị|để em|để tôi|để anh|để chị) (?:sẽ nói|(?:sẽ"
              + " )?(?:gửi|làm|hỏi|báo|nhắn|gọi|mua|ký|nộp|viết|chuẩn bị|kiểm tra|liên"
              + " hệ|in|đặt|tìm|lo|mang|trả|đón|chuyển|nhờ|hoàn thành|giao|đề nghị|xuất|sửa|cập"
              + " nhật|thanh toán))(?!\\p{L})|(?:phải|cần|nhớ|sẽ) (?:phải"
              + " )?(?:gửi|làm|hỏi|báo|nhắn|gọi|mua|ký|nộp|viết|chuẩn bị|kiểm tra|liên"
              + " hệ|in|đặt|tìm|mang|trả|đón|chuyển|đổi|lấy|xin|đi)(?!\\p{L})|đừng quên|nhớ là"
              + " phải");
  private static final Pattern VIETNAMESE_REQUEST =
      Pattern.compile(
          "(?:anh|chị|em|cô|chú|ông|bà|bác|bạn|thầy) \\p{Lu}\\p{L}+ (?:hãy |nhớ |thử |giúp |sẽ"
              + " )?(?:gửi|làm|hỏi|báo|nhắn|gọi|mua|ký|nộp|viết|chuẩn bị|kiểm tra|liên"
              + " hệ|in|đặt|tìm|lo|mang|trả|chuyển|phụ trách|xem|báo cáo lại)(?!\\p{L})|(?:^|["
              + " ,])(?:(?<!sẽ )giao cho|nhờ|hãy) |(?:^|[ ,])(?:anh|chị|tôi|em|mình) muốn (?:các"
              + " )?(?:anh|chị|em|bên|bạn) |(?:^|[ ,])(?:anh|chị|em|bạn|cô|chú|bác)"
              + " (?!sẽ|đã|đang|vừa|xin|cảm|chào|là|có|không|cho)\\p{L}+ .{0,60}?(?:nhé|giúp"
              + " (?:anh|chị|em|tôi|mình))(?!\\p{L})");

  /** Questions about the person who calls, which are answered at once. */
  private static final Pattern VIETNAMESE_IDENTITY =
      Pattern.compile("cho (?:em|tôi|anh|chị|mình) (?:xin|hỏi)(?!\\p{L})");

  private static final Pattern VIETNAMESE_PAST =
      Pattern.compile("(?:^| )(?:đã|vừa|hôm qua|hỏi rồi|gọi rồi|làm rồi|gửi rồi)(?!\\p{L})");
  private static final Pattern VIETNAMESE_PERSON =
      Pattern.compile(
          "(?<!\\p{L})(?:[Aa]nh|[Cc]hị|[Ee]m|[Cc]ô|[Cc]hú|[Ôô]ng|[Bb]à|[Bb]ác|[Bb]ạn|[Tt]hầy)"
              + " \\p{Lu}[\\p{L}\\p{M}]+");
  private static final Pattern ADDRESSED =
      Pattern.compile(
          "(?:^|[,.] |\\b(?:and|so|And|So|Okay|okay|Good|good),? )(\\p{Lu}[\\p{L}\\p{M}]+),");
  private static final Pattern IN_CHARGE =
      Pattern.compile(
          "(\\p{L}[\\p{L}\\p{M}]+) (?:has to|needs to|should|is going to|have to|need to)\\b");
  private static final Pattern NONE = Pattern.compile("(?!)");

  /** Words that open a turn and are nobody's name. */
  private static final Set<String> NO_PERSONS =
      Set.of(
          "right",
          "okay",
          "well",
          "yes",
          "no",
          "sure",
          "good",
          "great",
          "lovely",
          "brilliant",
          "perfect",
          "fine",
          "now",
          "also",
          "please",
          "thanks",
          "sorry",
          "and",
          "so",
          "then",
          "first",
          "finally",
          "anyway",
          "actually",
          "look",
          "listen",
          "oh",
          "hi",
          "hello",
          "yeah",
          "today",
          "tomorrow",
          "alright",
          "honestly",
          "excellent",
          "cool",
          "ok");

  /** Words by which a promise repeats the one before: "I'll have it to you by Friday." */
  private static final Set<String> POINTING = Set.of("it", "that", "them", "this");

  /** Subjects that name nobody. */
  private static final Set<String> NOBODY =
      Set.of(
          "we",
          "i",
          "they",
          "it",
          "that",
          "this",
          "those",
          "you",
          "he",
          "she",
          "there",
          "which",
          "who",
          "what",
          "somebody",
          "someone",
          "anybody",
          "anyone",
          "nobody",
          "people");

  /** Fewer telling words need the sentence before. */
  private static final int FEW_TERMS = 3;

  private static final int FEWEST_WORDS = 4;
  private static final int FEWEST_OF_ORDER = 2;
  private static final int MOST_WORDS = 60;

  /** A sentence behind a task that only says until when: "By Wednesday, please." */
  private static final int MOST_OF_DUE = 8;

  private static final int LONGEST_JOIN = 48;

  private final boolean isEnglish;
  private final boolean isVietnamese;
  private final Words words;
  private final DateMentions dates;

  /** Everybody who speaks. */
  private final Set<String> speakers = new HashSet<>();

  ActionItems(TextLanguage language, Words words, DateMentions dates) {
    this.words = words;
    isEnglish = language == TextLanguage.ENGLISH;
    isVietnamese = language == TextLanguage.VIETNAMESE;
    this.dates = dates;
  }

  /** The items in order; a request and the promise that answers it are one. */
  List<ActionItem> of(List<Line> lines) {
    List<ActionItem> items = new ArrayList<>();
    Set<Integer> used = new HashSet<>();
    lines.forEach(line -> Stream.ofNullable(line.speaker()).forEach(speakers::add));
    for (int i = 0; i < lines.size(); i++) {
      if (used.contains(i) || !isTask(lines.get(i))) {
        continue;
      }
      used.add(i);
      Line line = lines.get(i);
      int answer = isRequest(line) ? answer(lines, i) : -1;
      Statement task = line.statement();
      String telling = line.text();
      if (answer >= 0) {
        Line promise = lines.get(answer);
        used.add(answer);
        boolean joins = line.words().size() + promise.words().size() <= LONGEST_JOIN;
        task = joins ? task.with(promise.statement()) : task;
      } else if (words.terms(line).size() < FEW_TERMS
          && !isShortOrder(line)
          && hasContext(lines, i, used)) {
        task = lines.get(i - 1).statement().with(task);
      } else if (isSaidAgain(lines, i)) {
        used.add(i + 1);
        task = task.with(lines.get(i + 1).statement());
        telling = task.text();
      }
      items.add(new ActionItem(task, person(lines, i, answer), due(lines, i, answer, telling)));
    }
    return items;
  }

  /** Returns whether the next sentence promises the same once more, and when. */
  private boolean isSaidAgain(List<Line> lines, int at) {
    if (at + 1 >= lines.size() || !isSame(lines.get(at), lines.get(at + 1))) {
      return false;
    }
    Line next = lines.get(at + 1);
    return isTask(next)
        && !isRequest(next)
        && next.words().stream().anyMatch(POINTING::contains)
        && words.terms(next).size() <= FEW_TERMS
        && dates.in(lines.get(at).text()).isEmpty()
        && !dates.in(next.text()).isEmpty();
  }

  /** Returns whether the sentence before, of the same speaker, tells what "that" or "them" is. */
  private static boolean hasContext(List<Line> lines, int at, Set<Integer> used) {
    return at > 0
        && !used.contains(at - 1)
        && isSame(lines.get(at), lines.get(at - 1))
        && lines.get(at).words().size() + lines.get(at - 1).words().size() <= LONGEST_JOIN;
  }

  /**
   * The date in the sentences that tell the task, or in the answer, or right behind.
   *
   * @param telling without a sentence that only explains it, whose date is another
   */
  private @Nullable String due(List<Line> lines, int at, int answer, String telling) {
    Line line = lines.get(at);
    @Nullable String due = dates.dueIn(telling, taskStart(line));
    if (due == null && answer >= 0) {
      due = dates.dueIn(lines.get(answer).text(), 0);
    }
    if (due != null) {
      return due;
    }
    int last = answer >= 0 ? answer : at;
    boolean goesOn =
        last + 1 < lines.size()
            && isSame(lines.get(last), lines.get(last + 1))
            && lines.get(last + 1).words().size() <= MOST_OF_DUE
            && !isTask(lines.get(last + 1));
    return goesOn ? dates.dueIn(lines.get(last + 1).text(), 0) : null;
  }

  /** Where the words begin that promise something; 0 if it is told in another way. */
  private int taskStart(Line line) {
    Pattern promise = isEnglish ? ENGLISH_PROMISE : isVietnamese ? VIETNAMESE_PROMISE : NONE;
    Matcher matcher = promise.matcher(line.lowerText());
    return matcher.find() ? matcher.start() : 0;
  }

  private @Nullable String person(List<Line> lines, int at, int answer) {
    @Nullable String person = person(lines.get(at));
    return person == null && answer >= 0 ? lines.get(answer).speaker() : person;
  }

  private static boolean isSame(Line line, Line next) {
    return Objects.equals(line.speaker(), next.speaker());
  }

  private boolean isTask(Line line) {
    int length = line.words().size();
    String text = line.lowerText();
    if (length < (isShortOrder(line) ? FEWEST_OF_ORDER : FEWEST_WORDS) || length > MOST_WORDS) {
      return false;
    }
    if (isVietnamese && VIETNAMESE_IDENTITY.matcher(text).find()) {
      return false;
    }
    if (isRequest(line)) {
      return true;
    }
    Pattern past = isEnglish ? ENGLISH_PAST : isVietnamese ? VIETNAMESE_PAST : NONE;
    if (line.isQuestion() || past.matcher(text).find()) {
      return false;
    }
    return isEnglish
        ? ENGLISH_PROMISE.matcher(text).find()
            || ENGLISH_DUTY.matcher(text).find()
            || isShortOrder(line)
            || (!text.contains("\"") && ENGLISH_ORDER.matcher(text).find())
        : isVietnamese && VIETNAMESE_PROMISE.matcher(text).find();
  }

  private boolean isShortOrder(Line line) {
    return isEnglish
        && speakers.size() <= 1
        && ENGLISH_SHORT_ORDER.matcher(line.lowerText()).find();
  }

  private boolean isRequest(Line line) {
    Pattern request = isEnglish ? ENGLISH_REQUEST : isVietnamese ? VIETNAMESE_REQUEST : NONE;
    String text = isVietnamese ? decapitalized(line.text()) : line.lowerText();
    return line.words().size() <= MOST_WORDS && request.matcher(text).find();
  }

  private static String decapitalized(String text) {
    return text.isEmpty() ? text : Character.toLowerCase(text.charAt(0)) + text.substring(1);
  }

  /** The line in which somebody else promises what was asked; -1 if nobody does at once. */
  private int answer(List<Line> lines, int request) {
    for (int i = request + 1; i < Math.min(lines.size(), request + 5); i++) {
      Line line = lines.get(i);
      boolean isOther = line.speaker() != null && !isSame(lines.get(request), line);
      if (isOther && !isRequest(line) && !line.isQuestion() && isTask(line)) {
        return i;
      }
    }
    return -1;
  }

  private @Nullable String person(Line line) {
    if (isVietnamese) {
      Matcher named = VIETNAMESE_PERSON.matcher(line.text());
      boolean isAsked = isRequest(line);
      return isAsked && named.find() ? named.group() : isAsked ? partner(line) : line.speaker();
    }
    Matcher addressed = ADDRESSED.matcher(line.text());
    if (isRequest(line)) {
      while (addressed.find()) {
        if (!isNoPerson(addressed.group(1))) {
          return addressed.group(1);
        }
      }
      return partner(line);
    }
    if (ENGLISH_PROMISE.matcher(line.lowerText()).find()) {
      return line.speaker();
    }
    Matcher charged = IN_CHARGE.matcher(line.text());
    boolean isNamed =
        charged.find()
            && !NOBODY.contains(charged.group(1).toLowerCase(Locale.ROOT))
            && !isNoPerson(charged.group(1));
    return isNamed ? charged.group(1) : null;
  }

  /** The other of two people who talk with each other; null where there are more. */
  private @Nullable String partner(Line line) {
    boolean isPair = speakers.size() == 2 && line.speaker() != null;
    return isPair
        ? speakers.stream().filter(each -> !each.equals(line.speaker())).findFirst().orElse(null)
        : null;
  }

  private static boolean isNoPerson(String word) {
    String lower = word.toLowerCase(Locale.ROOT);
    return NO_PERSONS.contains(lower) || EnglishCalendar.DAYS.contains(lower);
  }
}
