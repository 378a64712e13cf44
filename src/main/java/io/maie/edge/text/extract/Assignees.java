package io.maie.edge.text.extract;

import io.maie.edge.text.EnglishCalendar;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Tells who is to do a task: whoever promises, is addressed, is named, or accepts. */
final class Assignees {
  static final Pattern VIETNAMESE_PERSON =
      Pattern.compile(
          "(?<!\\p{L})(?:[Aa]nh|[Cc]hị|[Ee]m|[Cc]ô|[Cc]hú|[Ôô]ng|[Bb]à|[Bb]ác|[Bb]ạn|[Tt]hầy"
              + "|[Tt]hằng|[Cc]on|[Cc]ậu|[Dd]ì)"
              + " (\\p{Lu}[\\p{L}\\p{M}]+)");
  private static final Pattern ADDRESSED =
      Pattern.compile(
          "(?:^|[,.?!] |\\b(?:and|so|And|So|Okay|okay|Good|good|then|Then|Right|right),? )"
              + "(\\p{Lu}[\\p{L}\\p{M}]+)(?:,|[.?!]?$)");
  private static final Pattern IN_CHARGE =
      Pattern.compile(
          "\\b(?:[Gg]et|[Hh]ave|[Aa]sk) (\\p{Lu}\\p{L}+) to \\p{L}"
              + "|(\\p{L}[\\p{L}\\p{M}]+)(?:'ll|’ll| (?:has to|needs to|should|is going to|have to"
              + "|need to|will|can|could|must|is gonna|said (?:he|she|they)(?:'d|’d|'ll| would)))"
              + "(?![\\p{L}'’])");

  /** Words that open a turn and are nobody's name. */
  static final Set<String> NO_PERSONS =
      Set.of(
          ("right okay well yes no sure good great lovely brilliant perfect fine now also please"
                  + " thanks sorry and so then first finally anyway actually look listen oh hi hello"
                  + " yeah today tomorrow alright honestly excellent cool ok absolutely exactly"
                  + " true however therefore instead still meanwhile otherwise besides frankly basically wonderful agreed done maybe perhaps because but yep super certainly"
                  + " everyone everybody only")
              .split(" ", -1));

  /** Subjects that name nobody. */
  private static final Set<String> NOBODY =
      Set.of(
          ("we i they it that this those these you he she there which who what somebody someone"
                  + " anybody anyone nobody people one or and but so if when then")
              .split(" ", -1));

  private final Talk talk;
  private final boolean isVietnamese;

  Assignees(Talk talk, boolean isVietnamese) {
    this.talk = talk;
    this.isVietnamese = isVietnamese;
  }

  /**
   * The name, or the id of the speaker; null if nobody is named.
   *
   * @param answer the line that promises what {@code at} asks; -1 if there is none
   * @param accepting the line that agrees to it; -1 if there is none
   */
  @Nullable String of(int at, int answer, int accepting) {
    @Nullable String person = isVietnamese ? vietnamese(at) : english(at);
    if (person == null && answer >= 0) {
      return talk.speaker(answer);
    }
    boolean isAsked = talk.doesAny(at, Act.REQUEST, Act.ORDER) && !isOwn(at);
    if (person == null && isAsked) {
      return accepting >= 0 ? talk.speaker(accepting) : partner(at);
    }
    return person;
  }

  /** Returns whether somebody is called by name. */
  boolean isAddressed(int at) {
    return isVietnamese
        ? VIETNAMESE_PERSON.matcher(talk.line(at).text()).find()
        : addressed(at) != null;
  }

  private boolean isOwn(int at) {
    return talk.does(at, Act.PROMISE) && !talk.does(at, Act.REQUEST);
  }

  private @Nullable String vietnamese(int at) {
    if (isOwn(at)) {
      return talk.speaker(at);
    }
    Matcher named = VIETNAMESE_PERSON.matcher(talk.line(at).text());
    return named.find() ? named.group() : null;
  }

  private @Nullable String english(int at) {
    if (talk.does(at, Act.REQUEST)) {
      return addressed(at);
    }
    @Nullable String charged = charged(at);
    if (isOwn(at)) {
      return charged == null ? talk.speaker(at) : charged;
    }
    return charged == null ? addressed(at) : charged;
  }

  private @Nullable String addressed(int at) {
    Matcher addressed = ADDRESSED.matcher(talk.line(at).text());
    while (addressed.find()) {
      if (!isNoPerson(addressed.group(1))) {
        return addressed.group(1);
      }
    }
    return null;
  }

  /** Whoever has to do it by the sentence: "Sofia has to look at it", "I'll get Mel to". */
  private @Nullable String charged(int at) {
    Matcher charged = IN_CHARGE.matcher(talk.line(at).text());
    while (charged.find()) {
      String name = charged.group(1) == null ? charged.group(2) : charged.group(1);
      boolean isEverybody = Set.of("Everybody", "Everyone", "everybody", "everyone").contains(name);
      boolean isName = Character.isUpperCase(name.codePointAt(0)) && !isNoPerson(name);
      if (isEverybody || (isName && !NOBODY.contains(name.toLowerCase(Locale.ROOT)))) {
        return name;
      }
    }
    return null;
  }

  /** The other of two people who talk with each other; null where there are more. */
  private @Nullable String partner(int at) {
    boolean isPair = talk.speakers().size() == 2 && talk.speaker(at) != null;
    return isPair
        ? talk.speakers().stream()
            .filter(each -> !each.equals(talk.speaker(at)))
            .findFirst()
            .orElse(null)
        : null;
  }

  private static boolean isNoPerson(String word) {
    String lower = word.toLowerCase(Locale.ROOT);
    return NO_PERSONS.contains(lower)
        || EnglishCalendar.DAYS.contains(lower)
        || EnglishCalendar.MONTHS.contains(lower);
  }
}
