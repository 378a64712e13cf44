package io.maie.edge.text.ground;

import io.maie.edge.text.TextLanguage;
import io.maie.edge.text.clean.Numerals;
import io.maie.edge.text.extract.SourceFinder;
import io.maie.edge.transcript.CleanTranscript;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The words, numbers and addresses of a transcript, and which names, dates, numbers and addresses
 * of another text are not among them.
 */
public final class SaidFacts {
  private static final Pattern NO_WORD = Pattern.compile("[^\\p{L}\\p{M}\\p{N}']+");
  private static final Pattern WORD =
      Pattern.compile("\\p{L}[\\p{L}\\p{M}\\p{N}'’]*(?:-\\p{L}[\\p{L}\\p{M}\\p{N}'’]*)*");
  private static final Pattern ADDRESS =
      Pattern.compile(
          "(?:https?://|www\\.)\\S+|\\S+@\\S+\\.\\p{L}+"
              + "|\\b[\\w-]+\\.(?:com|net|org|io|info|example|test|vn|de|uk|ru|cn)\\b\\S*",
          Pattern.CASE_INSENSITIVE);

  /** Labels that this program gives, not names. */
  private static final Pattern LABEL =
      Pattern.compile("\\b(?:Speaker|Người nói|S) ?\\d{1,2}\\b", Pattern.CASE_INSENSITIVE);

  /** Share of words with a capital in a headline. */
  private static final double MANY_CAPITALS = 0.35;

  /** Share of words with a capital in a language that gives nouns one. */
  private static final double SOME_CAPITALS = 0.2;

  private static final int FEWEST_WORDS = 3;
  private static final int LONG_WORD = 4;
  private static final Pattern OPENING = Pattern.compile("[.?!:\"“…\\n]");
  private static final Set<String> PRONOUNS = Set.of("i", "i'm", "i've", "i'll", "i'd");

  private final String text;
  private final Set<String> words = new HashSet<>();
  private final Set<String> numbers;
  private final TextLanguage language;
  private final SourceFinder sentences;

  /** Kind of a text; names are found by their capitals, which do not mean the same everywhere. */
  public enum Kind {
    /** Sentences. */
    TEXT,
    /** A title or heading. */
    TITLE,
    /** Names of people, or tags: a capital names something wherever it stands. */
    NAME
  }

  /**
   * The facts of a transcript.
   *
   * @param names that are known besides, such as those of speakers and of the vocabulary
   */
  public SaidFacts(CleanTranscript said, Collection<String> names, TextLanguage language) {
    this.language = language;
    sentences = new SourceFinder(said, language);
    String all = said.text() + "\n" + String.join("\n", names);
    text = plain(all);
    NO_WORD.splitAsStream(text).map(SaidFacts::stem).forEach(words::add);
    numbers = Numerals.said(all, language);
  }

  /** The sentences of the transcript. */
  public SourceFinder sentences() {
    return sentences;
  }

  /**
   * Facts in {@code claim} that were not said, as they stand there, each once.
   *
   * @param kind its kind
   */
  public List<String> missing(String claim, Kind kind) {
    TextLanguage written = writtenIn(claim);
    Set<String> missing = new LinkedHashSet<>();
    Matcher addresses = ADDRESS.matcher(claim);
    while (addresses.find()) {
      String address = addresses.group().replaceFirst("[.,;:!?)]+$", "");
      if (!text.contains(plain(address))) {
        missing.add(address);
      }
    }
    String rest = LABEL.matcher(ADDRESS.matcher(claim).replaceAll(" ")).replaceAll(" ");
    for (Numerals.Numeral numeral : Numerals.claimed(rest, written)) {
      if (numeral.values().stream().noneMatch(numbers::contains)) {
        missing.add(numeral.text());
      }
    }
    for (String date : SourceFinder.dates(rest, written)) {
      if (!isSaid(date)) {
        missing.add(date.replaceFirst("^on ", ""));
      }
    }
    missing.addAll(names(rest, new Writing(kind, written)));
    return List.copyOf(missing);
  }

  /** Short texts do not tell; they are taken to be in the language of the transcript. */
  private TextLanguage writtenIn(String claim) {
    TextLanguage found = TextLanguage.ofText(claim);
    return found == TextLanguage.OTHER ? language : found;
  }

  /** Numbers of a date are looked at by their values. */
  private boolean isSaid(String date) {
    return NO_WORD
        .splitAsStream(plain(date))
        .filter(word -> !word.isEmpty() && !Character.isDigit(word.codePointAt(0)))
        .filter(word -> !sentences.isEmpty(word))
        .allMatch(word -> words.contains(stem(word)));
  }

  private List<String> names(String claim, Writing writing) {
    List<Word> words = words(claim);
    if (writing.kind != Kind.NAME && writing.hasCapitalsOfStyle(words)) {
      return List.of();
    }
    List<String> missing = new ArrayList<>();
    for (int i = 0; i < words.size(); i++) {
      Word word = words.get(i);
      boolean goesOn = i + 1 < words.size() && words.get(i + 1).isCapital();
      boolean isTold =
          writing.kind == Kind.NAME || !word.opens || (goesOn && !sentences.isEmpty(word.text));
      if (word.isCapital() && isTold && !isKnown(word.text)) {
        missing.add(word.text);
      }
    }
    return missing;
  }

  /**
   * A word of a text.
   *
   * @param opens whether it is the first of a sentence
   */
  private record Word(String text, boolean opens) {
    boolean isCapital() {
      return Character.isUpperCase(text.codePointAt(0));
    }

    boolean isLong() {
      return text.length() >= LONG_WORD;
    }
  }

  private static List<Word> words(String claim) {
    List<Word> words = new ArrayList<>();
    Matcher matcher = WORD.matcher(claim);
    int end = 0;
    while (matcher.find()) {
      boolean opens = end == 0 || OPENING.matcher(claim.substring(end, matcher.start())).find();
      words.add(new Word(matcher.group(), opens));
      end = matcher.end();
    }
    return words;
  }

  /** How a text is written. */
  private record Writing(Kind kind, TextLanguage language) {
    /**
     * Returns whether capitals are a matter of grammar, as in German, or of style, as in a
     * headline.
     */
    boolean hasCapitalsOfStyle(List<Word> words) {
      long capitals = words.stream().filter(word -> word.isCapital() && !word.opens).count();
      List<Word> longer = words.stream().filter(Word::isLong).toList();
      return switch (language) {
        case VIETNAMESE -> false;
        case ENGLISH ->
            kind == Kind.TITLE
                ? capitals > MANY_CAPITALS * words.size()
                : longer.size() > FEWEST_WORDS && longer.stream().allMatch(Word::isCapital);
        case OTHER -> words.size() >= FEWEST_WORDS && capitals > SOME_CAPITALS * words.size();
      };
    }
  }

  private boolean isKnown(String name) {
    return NO_WORD
        .splitAsStream(plain(name))
        .map(SaidFacts::stem)
        .allMatch(part -> words.contains(part) || PRONOUNS.contains(part));
  }

  private static String plain(String text) {
    return Normalizer.normalize(text, Normalizer.Form.NFC)
        .toLowerCase(Locale.ROOT)
        .replace('’', '\'');
  }

  /** Without the ending of a possessive or plural. */
  private static String stem(String word) {
    String bare = word.replaceFirst("'s?$", "");
    return bare.length() > FEWEST_WORDS ? bare.replaceFirst("s$", "") : bare;
  }
}
