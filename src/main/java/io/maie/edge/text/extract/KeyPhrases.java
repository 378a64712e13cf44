package io.maie.edge.text.extract;

import io.maie.edge.text.TextLanguage;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Finds what a transcript is about in a few words each: runs of telling words that come back. After
 * Rose and others, "Automatic keyword extraction from individual documents" (RAKE, 2010).
 */
final class KeyPhrases {
  private static final int MOST_WORDS = 3;

  /** Vietnamese writes each syllable as a word. */
  private static final int MOST_SYLLABLES = 4;

  private static final int SHORTEST_WORD = 3;
  private static final int SHORTEST_SYLLABLE = 2;
  private static final int MOST = 15;

  /** With so many phrases, single syllables are not needed. */
  private static final int FEW_PHRASES = 2;

  /** Fewer phrases are filled up with words of any kind. */
  private static final int FEW = 4;

  /** English words in front of a noun, or of its adjective. */
  private static final Set<String> BEFORE_NOUNS =
      Set.of(
          "the", "a", "an", "this", "these", "those", "each", "every", "my", "your", "his", "her",
          "its", "our", "their", "of", "about", "with", "between", "against", "more", "no", "any");

  /** English words in front of a verb. */
  private static final Set<String> BEFORE_VERBS =
      Set.of(
          "to",
          "i",
          "you",
          "we",
          "they",
          "he",
          "she",
          "who",
          "will",
          "would",
          "can",
          "could",
          "should",
          "must",
          "may",
          "might",
          "shall",
          "let's",
          "don't",
          "didn't",
          "doesn't",
          "can't",
          "won't",
          "couldn't",
          "wouldn't",
          "i'll",
          "you'll",
          "we'll",
          "they'll",
          "he'll",
          "she'll",
          "i'd",
          "you'd",
          "we'd",
          "they'd",
          "gonna",
          "wanna",
          "please");

  /** English words of time and quantity that say nothing about a subject, and general names. */
  private static final Set<String> IN_NO_PHRASE =
      Set.of(
          "per",
          "cent",
          "percent",
          "hour",
          "hours",
          "month",
          "months",
          "morning",
          "afternoon",
          "evening",
          "night",
          "weekend",
          "side",
          "lot",
          "lots",
          "stuff",
          "guys",
          "folks",
          "everyone",
          "couple",
          "dozen",
          "while",
          "pound",
          "pounds",
          "dollar",
          "dollars",
          "euro",
          "euros",
          "bye",
          "hello",
          "sorry",
          "ready",
          "sir",
          "madam",
          "welcome",
          "past",
          "quick",
          "later",
          "early");

  /** English words of five letters or more that end like a past tense and are none. */
  private static final Set<String> NO_PAST = Set.of("hundred", "speed", "breed", "indeed", "tweed");

  private static final Pattern CONTRACTION = Pattern.compile(".*(?:'(?:ll|d|ve|re|m)|n't)");

  private final TextLanguage language;
  private final Words words;
  private final DateMentions dates;
  private final Map<String, Statement> firsts = new LinkedHashMap<>();
  private final Map<String, Integer> counts = new HashMap<>();
  private final Map<String, Set<Integer>> places = new HashMap<>();

  /** Phrases that somewhere are not a part of a longer run. */
  private final Set<String> wholes = new HashSet<>();

  /** Single words that are used as names of things somewhere: "the quote". */
  private final Set<String> nouns = new HashSet<>();

  /** Words that are written with a small letter somewhere. */
  private final Set<String> lowerWords = new HashSet<>();

  /** Those who talk, and those who are called by name. */
  private Set<String> persons = Set.of();

  /** The telling words that follow each other, up to now. */
  private final List<String> run = new ArrayList<>();

  /** The word in front of a run. */
  private String before = "";

  KeyPhrases(TextLanguage language, Words words, DateMentions dates) {
    this.language = language;
    this.words = words;
    this.dates = dates;
  }

  List<Statement> of(List<Line> lines) {
    persons = AddressedPersons.in(lines, language);
    for (int i = 0; i < lines.size(); i++) {
      count(lines.get(i), i);
    }
    Map<String, Double> scores = new HashMap<>();
    for (String key : firsts.keySet()) {
      scores.put(key, score(key, lines.size()));
    }
    List<String> ranked = new ArrayList<>(firsts.keySet());
    ranked.sort(
        Comparator.comparingDouble((String key) -> scores.getOrDefault(key, 0.0)).reversed());
    Choice choice = new Choice();
    choice.add(ranked.stream().filter(this::isThing).toList(), MOST);
    choice.add(ranked.stream().filter(key -> !namesPerson(key)).toList(), FEW);
    choice.add(ranked, FEW);
    return choice.phrases;
  }

  /** Phrases that were chosen. */
  private final class Choice {
    private final List<Statement> phrases = new ArrayList<>();
    private final Set<String> used = new HashSet<>();

    /** Adds phrases in the order of {@code ranked}, without fragments and repeated words. */
    void add(List<String> ranked, int most) {
      for (String key : ranked) {
        List<String> parts = List.of(key.split(" ", -1));
        boolean isFragment =
            parts.size() > 1 && counts.getOrDefault(key, 0) == 1 && !wholes.contains(key);
        boolean isSyllable =
            language == TextLanguage.VIETNAMESE
                && parts.size() == 1
                && phrases.size() >= FEW_PHRASES;
        if (phrases.size() < most
            && !isFragment
            && !isSyllable
            && parts.stream().noneMatch(used::contains)) {
          phrases.add(firsts.get(key));
          used.addAll(parts);
        }
      }
    }
  }

  /** Several words, a name, or a word that is a noun somewhere; in other languages any word. */
  private boolean isThing(String key) {
    Statement first = firsts.get(key);
    boolean isName =
        first != null
            && Character.isUpperCase(first.text().codePointAt(0))
            && !lowerWords.contains(first.text().toLowerCase(Locale.ROOT));
    boolean isNamed = isName || nouns.contains(key) || key.contains(" ");
    return !namesPerson(key) && (language != TextLanguage.ENGLISH || isNamed);
  }

  private boolean namesPerson(String key) {
    @Nullable Statement first = firsts.get(key);
    return first != null && Line.words(first.text()).stream().anyMatch(this::isPerson);
  }

  private boolean isPerson(String word) {
    return persons.contains(word.endsWith("'s") ? word.substring(0, word.length() - 2) : word);
  }

  private double score(String key, int lines) {
    int length = key.split(" ", -1).length;
    int count = counts.getOrDefault(key, 0);
    int spread = places.getOrDefault(key, Set.of()).size();
    boolean isHalfWord = language == TextLanguage.VIETNAMESE && length == 1;
    double once = count > 1 || lines < 12 ? 1 : 0.25;
    return Math.log(1 + spread) * (1 + 0.8 * (length - 1)) * once * (isHalfWord ? 0.3 : 1);
  }

  private void count(Line line, int index) {
    before = "";
    String text = line.text();
    for (DateMentions.Mention mention : dates.in(text)) {
      text = text.replace(mention.text(), ",");
    }
    List<String> pieces = List.of(text.split("(?<=[,;:.!?()\"“”])|\\s+", -1));
    for (int i = 0; i < pieces.size(); i++) {
      String piece = pieces.get(i);
      String written = piece.replaceAll("^[^\\p{L}\\p{N}]+|[^\\p{L}\\p{M}\\p{N}]+$", "");
      List<String> plain = Line.words(written);
      boolean isTelling =
          plain.size() == 1
              && plain.get(0).length() >= shortest()
              && (!isEmpty(plain.get(0)) || opensName(pieces, i))
              && !plain.get(0).matches(".*\\d.*");
      if (isTelling) {
        if (language == TextLanguage.VIETNAMESE && i > 1 && endsName(written)) {
          flush(line, index);
        }
        run.add(written);
      }
      boolean isMarked = piece.matches("(?s).*[,;:.!?()\"“”]");
      if (!isTelling || isMarked) {
        flush(line, index);
        before = isTelling || plain.isEmpty() ? "" : plain.get(0);
      }
    }
    flush(line, index);
  }

  private boolean isEmpty(String word) {
    boolean isEnglish = language == TextLanguage.ENGLISH;
    return words.isEmpty(word)
        || (isEnglish && (IN_NO_PHRASE.contains(word) || CONTRACTION.matcher(word).matches()));
  }

  /** "New York": a word that says little, with a capital within a sentence, before another. */
  private static boolean opensName(List<String> pieces, int at) {
    return at > 0
        && at + 1 < pieces.size()
        && isCapital(pieces.get(at))
        && isCapital(pieces.get(at + 1));
  }

  private static boolean isCapital(String piece) {
    return piece.length() > 1 && Character.isUpperCase(piece.codePointAt(0));
  }

  /** In Vietnamese, small letters behind capitals belong to another word. */
  private boolean endsName(String next) {
    return !run.isEmpty()
        && Character.isUpperCase(run.get(run.size() - 1).codePointAt(0))
        && Character.isLowerCase(next.codePointAt(0));
  }

  private int shortest() {
    return language == TextLanguage.VIETNAMESE ? SHORTEST_SYLLABLE : SHORTEST_WORD;
  }

  private int longest() {
    return language == TextLanguage.VIETNAMESE ? MOST_SYLLABLES : MOST_WORDS;
  }

  private void flush(Line line, int index) {
    if (language == TextLanguage.ENGLISH) {
      dropVerbs();
    }
    if (run.size() == 1 && BEFORE_NOUNS.contains(before)) {
      nouns.add(words.term(Line.words(run.get(0)).get(0)));
    }
    for (int start = 0; start < run.size(); start++) {
      for (int length = 1; length <= Math.min(longest(), run.size() - start); length++) {
        List<String> written = run.subList(start, start + length);
        String key =
            String.join(" ", written.stream().map(w -> words.term(Line.words(w).get(0))).toList());
        Statement phrase = line.statement().part(String.join(" ", written));
        firsts.merge(key, phrase, KeyPhrases::plainer);
        counts.merge(key, 1, Integer::sum);
        if (length == run.size()) {
          wholes.add(key);
        }
        places.computeIfAbsent(key, k -> new HashSet<>()).add(index);
      }
    }
    run.clear();
  }

  /** "to bring sandwiches", "the forces attacked". */
  private void dropVerbs() {
    run.stream()
        .filter(word -> Character.isLowerCase(word.codePointAt(0)))
        .forEach(lowerWords::add);
    boolean opensWithVerb =
        !run.isEmpty()
            && BEFORE_VERBS.contains(before)
            && Character.isLowerCase(run.get(0).codePointAt(0));
    if (opensWithVerb) {
      run.remove(0);
    }
    while (run.size() > 1 && isPast(run.get(run.size() - 1))) {
      run.remove(run.size() - 1);
    }
  }

  private static boolean isPast(String word) {
    return word.length() >= 5 && word.endsWith("ed") && !NO_PAST.contains(word);
  }

  /** The first, or the first in small letters if the first one opens a sentence. */
  private static Statement plainer(Statement first, Statement next) {
    boolean isSame = first.text().equalsIgnoreCase(next.text());
    return isSame && Character.isLowerCase(next.text().codePointAt(0)) ? next : first;
  }
}
