package io.maie.edge.text.extract;

import io.maie.edge.text.EnglishCalendar;
import io.maie.edge.text.TextLanguage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntPredicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The sentences of a transcript and what is known of each before decisions and tasks are sought.
 */
final class Talk {
  /** A name, where a capital does not only open a sentence. */
  private static final Pattern NAME =
      Pattern.compile(
          "\\b(?:Mrs?|Miss|Ms|Dr)\\.? \\p{Lu}|(?<=[\\p{Ll},] )(?!I\\b|I')\\p{Lu}[\\p{Ll}]+");

  /** Syllables of Vietnamese are words of their own; so many make what one word makes elsewhere. */
  private static final double SYLLABLES = 1.3;

  private static final Pattern NUMBER = Pattern.compile("\\d");

  /** Sentences that a short one may head. */
  private static final int LONGEST_TOPIC = 18;

  /** Words of an ordinary talk, whose lists have the share. */
  private static final double ORDINARY = 1000;

  /** Words of a short talk are more of a list than its share of an ordinary one. */
  private static final double SHORT_TALK = 1.1;

  /** Words of a passage; so many are read as one statement. */
  private static final int PASSAGE = 44;

  /** Share of the words of a passage that stand before its centre: people discuss, then settle. */
  private static final double BEFORE = 0.8;

  private static final int SHORT_HEADING = 3;
  private static final int SHORT_TOPIC = 12;

  private final List<Line> lines;
  private final TextLanguage language;
  private final DateMentions dates;
  private final ActRules rules;
  private final List<Set<Act>> acts;
  private final List<Set<String>> terms;
  private final double[] centrality;
  private final List<Set<Integer>> passages;
  private final Set<String> speakers = new HashSet<>();

  Talk(List<Line> lines, Words words, TextLanguage language) {
    this.lines = lines;
    this.language = language;
    dates = new DateMentions(language);
    rules = ActRules.of(language);
    acts = lines.stream().map(rules::acts).toList();
    terms = lines.stream().<Set<String>>map(line -> new HashSet<>(words.terms(line))).toList();
    double[] even = new double[lines.size()];
    Arrays.fill(even, 1);
    centrality = new Ranking(lines, words, even).scores();
    lines.forEach(line -> Stream.ofNullable(line.speaker()).forEach(speakers::add));
    passages = IntStream.range(0, lines.size()).mapToObj(this::passageOf).toList();
  }

  int size() {
    return lines.size();
  }

  Line line(int at) {
    return lines.get(at);
  }

  DateMentions dates() {
    return dates;
  }

  Set<String> speakers() {
    return speakers;
  }

  boolean isMonologue() {
    return speakers.size() <= 1;
  }

  /** Words of all sentences. */
  int words() {
    return lines.stream().mapToInt(line -> line.words().size()).sum();
  }

  /**
   * So many words as a list with this share of an ordinary talk may have: the longer the talk, the
   * smaller a share of it.
   */
  double share(double share) {
    return share * Math.min(SHORT_TALK * words(), Math.sqrt(ORDINARY * words()));
  }

  /** Returns whether the shapes of the language are known. */
  boolean hasActs() {
    return language != TextLanguage.OTHER;
  }

  boolean does(int at, Act act) {
    return acts.get(at).contains(act);
  }

  boolean doesAny(int at, Act... any) {
    return Arrays.stream(any).anyMatch(acts.get(at)::contains);
  }

  /** The words of a sentence that tell something, each once. */
  Set<String> terms(int at) {
    return terms.get(at);
  }

  /** The terms of these sentences together. */
  Set<String> terms(Set<Integer> parts) {
    Set<String> all = new HashSet<>();
    parts.forEach(part -> all.addAll(terms.get(part)));
    return all;
  }

  /** As many terms as {@code words} words of English have. */
  int enoughTerms(int words) {
    return (int) Math.round(language == TextLanguage.VIETNAMESE ? words * SYLLABLES : words);
  }

  /** Returns whether a sentence names a person or a place; not a day. */
  boolean namesSomebody(int at) {
    Matcher name = NAME.matcher(lines.get(at).text());
    while (name.find()) {
      String found = name.group().toLowerCase(Locale.ROOT);
      if (!EnglishCalendar.DAYS.contains(found) && !EnglishCalendar.MONTHS.contains(found)) {
        return true;
      }
    }
    return false;
  }

  /** How much of the whole a sentence says, 0 to about 1. */
  double centrality(int at) {
    return centrality[at];
  }

  boolean hasDate(int at) {
    return !dates.in(lines.get(at).text()).isEmpty();
  }

  boolean hasFigure(int at) {
    return hasDate(at) || NUMBER.matcher(lines.get(at).text()).find();
  }

  /** The words of the dates in a sentence, and its numbers. */
  Set<String> figures(int at) {
    Set<String> figures = new HashSet<>();
    dates.in(lines.get(at).text()).forEach(date -> figures.addAll(Line.words(date.text())));
    lines.get(at).words().stream()
        .filter(word -> NUMBER.matcher(word).find())
        .forEach(figures::add);
    figures.removeIf(word -> word.equals("the") || word.equals("on") || word.equals("of"));
    return figures;
  }

  boolean isSameSpeaker(int one, int other) {
    return Objects.equals(lines.get(one).speaker(), lines.get(other).speaker());
  }

  /** Returns whether two people say these sentences; false where nobody knows. */
  boolean isOtherSpeaker(int one, int other) {
    return lines.get(one).speaker() != null
        && lines.get(other).speaker() != null
        && !isSameSpeaker(one, other);
  }

  @Nullable String speaker(int at) {
    return lines.get(at).speaker();
  }

  int promiseStart(int at) {
    return rules.promiseStart(lines.get(at));
  }

  /** The first of the {@code most} sentences behind {@code at} that fits; -1 if none does. */
  int next(int at, int most, IntPredicate fits) {
    return IntStream.range(at + 1, Math.min(size(), at + 1 + most))
        .filter(fits)
        .findFirst()
        .orElse(-1);
  }

  /** The last of the {@code most} sentences before {@code at} that fits; -1 if none does. */
  int previous(int at, int most, IntPredicate fits) {
    for (int i = at - 1; i >= Math.max(0, at - most); i--) {
      if (fits.test(i)) {
        return i;
      }
    }
    return -1;
  }

  /** The short sentence before that names what this one is about; -1 if none does. */
  int topic(int at) {
    return previous(
        at,
        LONGEST_TOPIC,
        i ->
            lines.get(i).words().size() <= SHORT_TOPIC
                && !terms.get(i).isEmpty()
                && !doesAny(i, Act.ASSENT, Act.PROMISE, Act.REQUEST)
                && (does(i, Act.TOPIC) || isHeading(i)));
  }

  /** Returns whether a word or two stand between "Okay." and what is said, or before a name. */
  private boolean isHeading(int at) {
    if (lines.get(at).words().size() > SHORT_HEADING || lines.get(at).isQuestion()) {
      return false;
    }
    boolean isOpened =
        at > 0
            && isSameSpeaker(at - 1, at)
            && lines.get(at - 1).words().size() <= 2
            && does(at - 1, Act.ASSENT);
    boolean isForSomebody =
        at + 1 < size()
            && isSameSpeaker(at, at + 1)
            && lines.get(at + 1).words().size() == 1
            && !doesAny(at + 1, Act.ASSENT, Act.DISSENT);
    return isOpened || isForSomebody;
  }

  /** The sentences around this one, most of them before it, that together say what it is about. */
  Set<Integer> passage(int at) {
    return passages.get(at);
  }

  private Set<Integer> passageOf(int at) {
    int most = enoughTerms(PASSAGE);
    int first = at;
    int last = at;
    int length = lines.get(at).words().size();
    int before = (int) Math.round(length + BEFORE * (most - length));
    while (first > 0 && length + lines.get(first - 1).words().size() <= before) {
      first--;
      length += lines.get(first).words().size();
    }
    while (last + 1 < size() && length + lines.get(last + 1).words().size() <= most) {
      last++;
      length += lines.get(last).words().size();
    }
    while (first < at && terms.get(first).isEmpty()) {
      first++;
    }
    while (last > at && terms.get(last).isEmpty()) {
      last--;
    }
    return IntStream.rangeClosed(first, last)
        .boxed()
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** Words of these sentences together. */
  int length(Iterable<Integer> parts) {
    int length = 0;
    for (int part : parts) {
      length += lines.get(part).words().size();
    }
    return length;
  }

  /** These sentences as one statement of the speaker of {@code centre}. */
  Statement statement(Set<Integer> parts, int centre) {
    List<Integer> order = new ArrayList<>(parts);
    order.sort(null);
    Statement joined = lines.get(order.get(0)).statement();
    for (int part : order.subList(1, order.size())) {
      joined = joined.with(lines.get(part).statement());
    }
    return new Statement(joined.text(), joined.spans(), lines.get(centre).speaker());
  }
}
