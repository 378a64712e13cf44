package io.maie.edge.text.summary;

import io.maie.edge.text.extract.ActionItem;
import io.maie.edge.text.extract.Definition;
import io.maie.edge.text.extract.Evidence;
import io.maie.edge.text.extract.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Evidence for a field. */
final class Findings {
  private static final int FEWEST_SENTENCES = 3;
  private static final int MOST_SENTENCES = 8;
  private static final int MOST_POINTS = 8;
  private static final int TITLE_WORDS = 9;
  private static final int FEWEST_WORDS = 4;

  /** So many single words tell what a talk is about. */
  private static final int FEWEST_PHRASES = 3;

  /** The part of a conversation in which people say what they talk about. */
  private static final Scope BEGINNING = new Scope(0, 0.3);

  /** Words right before the date of the day. */
  private static final Pattern TODAY =
      Pattern.compile(
          "(?:\\b(?:today is|today's|it's|it is|this is|(?:meeting|minutes|call|interview|memo)"
              + " (?:of|on|from))|hôm nay(?: là)?|họp|ngày hôm nay)[ ,]*(?:the |on )?$");

  /** Words that open a turn; something must follow. */
  private static final Pattern OPENING =
      Pattern.compile(
          "^(?:(?:yeah|yes|no|hi|hello|okay|so|well|right|and|dạ|vâng|à|ừ)\\b,? +)+(?=\\S+ \\S)",
          Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE | Pattern.UNICODE_CHARACTER_CLASS);

  private static final Pattern OFFER =
      Pattern.compile(
          "\\b(?:how (?:can|may) (?:i|we) help|what can (?:i|we) do for you)\\b"
              + "|(?:có thể )?giúp (?:gì )?(?:được )?(?:gì )?cho (?:anh|chị|em|mình|quý khách)",
          Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
  private static final Pattern PLACE =
      Pattern.compile(".* (?:Street|Road|Avenue|Square|Lane|Islands?|River|City|House)");

  private static final Pattern EXAMPLE =
      Pattern.compile(
          "\\bfor (?:example|instance)\\b|\\bexample (?:is|of|was|would be)\\b|\\bthink of"
              + " (?:a|an|the)\\b|\\bimagine (?:a|an|that|you)\\b|\\bsuch as\\b|ví dụ|chẳng hạn|thí"
              + " dụ");

  private final Evidence evidence;
  private final Map<String, String> names;

  Findings(Evidence evidence, Map<String, String> names) {
    this.evidence = evidence;
    this.names = names;
  }

  /** The name of a speaker, or the given text. */
  String person(String person) {
    return names.getOrDefault(person, person);
  }

  /** Statements that a list of texts may hold; empty if there is no evidence. */
  List<Statement> list(Slot slot, Scope scope) {
    return switch (slot) {
      case TAGS -> evidence.phrases();
      case TOPICS -> topics();
      case QUESTIONS -> evidence.questions();
      case DECISIONS -> evidence.decisions();
      case ACTIONS -> evidence.actionItems().stream().map(ActionItem::task).toList();
      case NUMBERS -> evidence.numbers();
      case DATE -> evidence.dates();
      case PARTICIPANTS -> participants();
      case PEOPLE -> people();
      case EXAMPLES -> examples();
      case POINTS, SUMMARY, OPINIONS -> points(scope);
      case TITLE, CONTEXT, SECTIONS, TERMS, REASON, OUTCOME, UNKNOWN -> List.of();
      case ORIGINAL, IMPROVED, QUALITY, LANGUAGE -> List.of();
    };
  }

  /** Statements that together are a text; empty if there is no evidence. */
  List<Statement> text(Slot slot, Scope scope, int maxLength) {
    return switch (slot) {
      case TITLE -> title();
      case SUMMARY -> summary(scope, maxLength);
      case REASON -> reason(scope);
      case TOPICS -> best(1, scope.equals(Scope.WHOLE) ? BEGINNING : scope);
      case POINTS -> best(1, scope);
      case DECISIONS -> first(evidence.decisions());
      case ACTIONS -> first(evidence.actionItems().stream().map(ActionItem::task).toList());
      case QUESTIONS -> first(evidence.questions());
      case DATE -> date();
      case NUMBERS -> first(evidence.numbers());
      case EXAMPLES -> first(examples());
      case TAGS -> first(evidence.phrases());
      case PARTICIPANTS, PEOPLE, CONTEXT, SECTIONS, TERMS, OPINIONS, OUTCOME, UNKNOWN -> List.of();
      case ORIGINAL, IMPROVED, QUALITY, LANGUAGE -> List.of();
    };
  }

  List<ActionItem> actionItems() {
    return evidence.actionItems();
  }

  List<Definition> definitions() {
    return evidence.definitions();
  }

  boolean hasNothing() {
    return evidence.sentences().isEmpty();
  }

  private static List<Statement> first(List<Statement> statements) {
    return statements.stream().limit(1).toList();
  }

  /** The best sentences of a part in order; those of the whole if the part has none. */
  List<Statement> best(int most, Scope scope) {
    return best(most, scope, sentence -> true);
  }

  /** The best sentences that state something. */
  private List<Statement> points(Scope scope) {
    return best(MOST_POINTS, scope, sentence -> !sentence.text().endsWith("?"));
  }

  private List<Statement> best(int most, Scope scope, Predicate<Statement> fits) {
    int size = evidence.sentences().size();
    List<Integer> inScope =
        evidence.ranking().stream()
            .filter(index -> scope.holds(index, size))
            .filter(index -> isFull(evidence.sentences().get(index)))
            .filter(index -> fits.test(evidence.sentences().get(index)))
            .limit(most)
            .toList();
    List<Integer> chosen =
        inScope.isEmpty() ? evidence.ranking().stream().limit(1).toList() : inScope;
    return chosen.stream().sorted().map(evidence.sentences()::get).toList();
  }

  private List<Statement> summary(Scope scope, int maxLength) {
    double size = evidence.sentences().size() * (scope.to() - scope.from());
    long wanted = Math.round(Math.sqrt(size) / 1.7) + 2;
    int most = (int) Math.max(FEWEST_SENTENCES, Math.min(MOST_SENTENCES, wanted));
    List<Statement> sentences = best(most, scope);
    while (sentences.size() > 1 && length(sentences) > maxLength) {
      most--;
      sentences = best(most, scope);
    }
    return sentences;
  }

  private static int length(List<Statement> sentences) {
    return sentences.stream().mapToInt(sentence -> sentence.text().length() + 1).sum() - 1;
  }

  /** The day on which the talk takes place, if somebody says so; other days are no evidence. */
  private List<Statement> date() {
    return evidence.dates().stream()
        .filter(this::isToday)
        .findFirst()
        .map(List::of)
        .orElse(List.of());
  }

  private boolean isToday(Statement date) {
    return evidence.sentences().stream()
        .filter(sentence -> sentence.spans().equals(date.spans()))
        .map(sentence -> sentence.text().toLowerCase(Locale.ROOT))
        .anyMatch(
            sentence -> {
              int at = sentence.indexOf(date.text().toLowerCase(Locale.ROOT));
              return at >= 0 && TODAY.matcher(sentence.substring(0, at)).find();
            });
  }

  /** The first answer to an offer of help; empty if nobody offers help. */
  private List<Statement> answerToOffer() {
    List<Statement> sentences = evidence.sentences();
    for (int i = 0; i < sentences.size(); i++) {
      if (OFFER.matcher(sentences.get(i).text()).find()) {
        @Nullable String helper = sentences.get(i).speaker();
        return sentences.subList(i + 1, sentences.size()).stream()
            .filter(sentence -> helper != null && !helper.equals(sentence.speaker()))
            .filter(Findings::isFull)
            .limit(1)
            .toList();
      }
    }
    return List.of();
  }

  private static boolean isFull(Statement sentence) {
    return sentence.text().split(" ", -1).length >= FEWEST_WORDS;
  }

  private List<Statement> people() {
    return evidence.names().stream().filter(name -> !PLACE.matcher(name.text()).matches()).toList();
  }

  private List<Statement> topics() {
    List<Statement> phrases =
        evidence.phrases().stream().filter(phrase -> phrase.text().contains(" ")).limit(6).toList();
    return phrases.size() >= 2 ? phrases : evidence.phrases().stream().limit(6).toList();
  }

  private List<Statement> reason(Scope scope) {
    List<Statement> answer = answerToOffer();
    return answer.isEmpty() ? best(1, scope.equals(Scope.WHOLE) ? BEGINNING : scope) : answer;
  }

  /** The best phrases: two of several words, or three; the start of a sentence if there is none. */
  private List<Statement> title() {
    List<Statement> phrases = evidence.phrases();
    List<Statement> telling = phrases.stream().limit(2).filter(Findings::isTelling).toList();
    if (telling.size() == 2 || phrases.size() >= FEWEST_PHRASES) {
      return phrases.stream().limit(telling.size() == 2 ? 2 : FEWEST_PHRASES).toList();
    }
    return telling.isEmpty() ? start() : telling;
  }

  private List<Statement> start() {
    return reason(Scope.WHOLE).stream()
        .map(
            sentence -> {
              String said = OPENING.matcher(sentence.text()).replaceFirst("");
              List<String> words = List.of(said.split(" ", -1));
              boolean isCut = words.size() > TITLE_WORDS;
              String start =
                  String.join(" ", words.subList(0, Math.min(TITLE_WORDS, words.size())));
              return new Statement(
                  capitalized(isCut ? start.replaceFirst("\\p{Punct}+$", "") + "…" : start),
                  sentence.spans(),
                  sentence.speaker());
            })
        .toList();
  }

  private static String capitalized(String text) {
    int first = text.codePointAt(0);
    return new StringBuilder()
        .appendCodePoint(Character.toTitleCase(first))
        .append(text, Character.charCount(first), text.length())
        .toString();
  }

  /** A single ordinary word could be about anything. */
  private static boolean isTelling(Statement phrase) {
    return phrase.text().contains(" ") || Character.isUpperCase(phrase.text().codePointAt(0));
  }

  private List<Statement> participants() {
    Map<String, Statement> found = new LinkedHashMap<>();
    for (Statement sentence : evidence.sentences()) {
      @Nullable String speaker = sentence.speaker();
      if (speaker != null) {
        Statement named = new Statement(person(speaker), sentence.spans(), speaker);
        found.putIfAbsent(speaker, named);
      }
    }
    return List.copyOf(found.values());
  }

  private List<Statement> examples() {
    return evidence.sentences().stream()
        .filter(
            sentence -> {
              String text = sentence.text().toLowerCase(Locale.ROOT);
              return EXAMPLE.matcher(text).find();
            })
        .toList();
  }

  /** The best longer utterances with their speakers, in order. */
  List<Statement> opinions(Scope scope) {
    return points(scope);
  }

  /** Consecutive parts of the talk, each with a phrase that names its subject. */
  List<Section> sections() {
    int size = evidence.sentences().size();
    int count = Math.max(1, Math.min(6, size / 12));
    List<Section> sections = new ArrayList<>();
    List<String> used = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Scope scope = new Scope((double) i / count, (double) (i + 1) / count);
      List<Statement> points = best(3, scope);
      Statement heading = heading(scope, used).orElse(points.get(0));
      used.add(heading.text());
      sections.add(new Section(heading, points));
    }
    return sections;
  }

  /** The phrase that is at home in this part: said often here, seldom elsewhere. */
  private Optional<Statement> heading(Scope scope, List<String> used) {
    return evidence.phrases().stream()
        .filter(phrase -> !used.contains(phrase.text()))
        .max(Comparator.comparingDouble(phrase -> weight(phrase, scope)));
  }

  private double weight(Statement phrase, Scope scope) {
    int size = evidence.sentences().size();
    List<Integer> places =
        IntStream.range(0, size)
            .filter(index -> isSaid(phrase, evidence.sentences().get(index)))
            .boxed()
            .toList();
    double inside = places.stream().filter(index -> scope.holds(index, size)).count();
    boolean isWord = !phrase.text().contains(" ");
    return inside * inside / Math.max(1, places.size()) * (isWord ? 0.5 : 1);
  }

  private static boolean isSaid(Statement phrase, Statement sentence) {
    return sentence
        .text()
        .toLowerCase(Locale.ROOT)
        .contains(phrase.text().toLowerCase(Locale.ROOT));
  }

  /** A part of a talk. */
  record Section(Statement heading, List<Statement> points) {}
}
