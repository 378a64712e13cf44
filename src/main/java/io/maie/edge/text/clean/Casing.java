package io.maie.edge.text.clean;

import io.maie.edge.text.TextLanguage;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/** Sets capitals: at the start of sentences, and for names if the recogniser sets none. */
final class Casing {
  /** Titles that are no other words. */
  private static final Set<String> TITLES = Set.of("mr", "mrs", "ms", "mister", "missus", "dr");

  /** Titles only in front of a name: "the doctor said", "I miss him". */
  private static final Set<String> DOUBTFUL_TITLES = Set.of("miss", "doctor", "professor");

  /** Behind these, a doubtful title is none. */
  private static final Set<String> BEFORE_OTHER_WORDS =
      Set.of(
          "the", "a", "an", "this", "that", "my", "our", "your", "his", "her", "their", "every",
          "each", "no", "any", "another", "i", "you", "we", "they", "to", "don't", "will", "would",
          "not", "never", "really", "i'll", "can't", "which", "what", "some", "family", "old");

  /** Words that follow a title and are no name. */
  private static final Set<String> NO_SURNAMES =
      Set.of(
          "said",
          "says",
          "say",
          "told",
          "tells",
          "thinks",
          "thought",
          "gave",
          "gives",
          "asked",
          "asks",
          "wants",
          "wanted",
          "came",
          "comes",
          "went",
          "goes",
          "is",
          "was",
          "has",
          "had",
          "will",
          "would",
          "can",
          "could",
          "should",
          "may",
          "might",
          "must",
          "does",
          "did",
          "who",
          "whom",
          "that",
          "which",
          "and",
          "or",
          "but",
          "in",
          "on",
          "at",
          "of",
          "to",
          "for",
          "from",
          "with",
          "by",
          "about",
          "out",
          "it",
          "him",
          "her",
          "them",
          "you",
          "me",
          "us",
          "my",
          "your",
          "the",
          "a",
          "an",
          "this",
          "there",
          "here",
          "if",
          "when",
          "because",
          "so",
          "then",
          "as",
          "called",
          "recommended",
          "suggested",
          "prescribed",
          "looked",
          "took",
          "made",
          "put",
          "s");

  private static final Set<String> ROADS = Set.of("street", "road", "avenue", "square", "lane");
  private static final Set<String> NO_NAMES =
      Set.of(
          "the", "a", "this", "that", "my", "our", "your", "of", "on", "in", "main", "and", "each",
          "every", "next", "same", "other", "whole", "down", "up", "across", "off", "busy",
          "quiet");

  /** After an article such a word is a kind of road, and not part of its name. */
  private static final Set<String> ARTICLES =
      Set.of("a", "an", "the", "this", "that", "my", "our", "your", "his", "her", "their");

  /** Words behind "my name is" that are no name. */
  private static final Set<String> NO_FIRST_NAMES =
      Set.of("not", "on", "in", "the", "a", "spelled", "spelt", "pronounced", "written", "also");

  /** Months that are other words too. */
  private static final Set<String> DOUBTFUL_MONTHS = Set.of("may", "march");

  private static final Set<String> BEFORE_MONTH =
      Set.of("in", "of", "early", "late", "mid", "next", "last", "since", "by", "until", "from");
  private static final Set<String> HONORIFICS =
      Set.of("anh", "chị", "em", "cô", "chú", "ông", "bà", "bác", "bạn", "thầy");
  private static final Set<String> FIRST_PERSON = Set.of("i", "i'm", "i'll", "i've", "i'd");

  private final TextLanguage language;
  private final TextStyle style;
  private final ProperNames names;

  Casing(TextLanguage language, TextStyle style, Collection<String> vocabulary) {
    this.language = language;
    this.style = style;
    names = new ProperNames(language, vocabulary);
  }

  /** The sentence with capitals. */
  List<Token> cased(List<Token> sentence) {
    List<Token> tokens = new ArrayList<>(sentence);
    if (!style.isCased()) {
      setNames(tokens);
    }
    Token first = tokens.get(0);
    if (first.writtenWord().equals(first.word())) {
      tokens.set(0, first.capitalized());
    }
    return tokens;
  }

  private void setNames(List<Token> tokens) {
    int i = 0;
    while (i < tokens.size()) {
      int length = names.lengthAt(tokens, i);
      int person =
          language == TextLanguage.VIETNAMESE ? VietnameseNames.lengthAt(words(tokens), i) : 0;
      if (person > length) {
        for (int word = 0; word < person; word++) {
          tokens.set(i + word, tokens.get(i + word).capitalized());
        }
        i += person;
      } else if (length > 0 && isName(tokens, i, length)) {
        List<String> written = names.written(tokens.subList(i, i + length));
        for (int word = 0; word < length; word++) {
          tokens.set(i + word, tokens.get(i + word).withWord(written.get(word)));
        }
        i += length;
      } else {
        if (isCapital(tokens, i)) {
          tokens.set(i, tokens.get(i).capitalized());
        }
        i++;
      }
    }
  }

  /** Names of one syllable are other words in Vietnamese, unless a form of address precedes. */
  private boolean isName(List<Token> tokens, int at, int length) {
    String word = tokens.get(at).word();
    String before = word(tokens, at - 1);
    if (language == TextLanguage.VIETNAMESE && length == 1) {
      return HONORIFICS.contains(before) && !VietnameseNames.isOrdinary(word, word(tokens, at + 1));
    }
    boolean isDoubtful = length == 1 && DOUBTFUL_MONTHS.contains(word);
    return !isDoubtful || isMonth(tokens, at);
  }

  private static boolean isMonth(List<Token> tokens, int at) {
    return BEFORE_MONTH.contains(word(tokens, at - 1))
        || isDay(word(tokens, at - 1))
        || isDay(word(tokens, at + 1));
  }

  private static boolean isDay(String word) {
    return word.matches("\\d{1,2}(st|nd|rd|th)?|.*(th|first|second|third)|(twenty|thirty).*")
        && !Set.of("with", "both", "month", "worth", "health", "south", "north").contains(word);
  }

  private boolean isCapital(List<Token> tokens, int at) {
    if (language != TextLanguage.ENGLISH) {
      return false;
    }
    String word = tokens.get(at).word();
    boolean isRoad = ROADS.contains(word) && isRoadName(tokens, at - 1);
    boolean namesRoad = ROADS.contains(word(tokens, at + 1)) && isRoadName(tokens, at);
    boolean isIntroduced =
        word(tokens, at - 2).equals("name")
            && word(tokens, at - 1).equals("is")
            && !NO_FIRST_NAMES.contains(word);
    return FIRST_PERSON.contains(word)
        || isTitle(tokens, at)
        || isTitle(tokens, at - 1)
        || isRoad
        || namesRoad
        || isIntroduced;
  }

  /** Returns whether a name follows that the word belongs to. */
  private static boolean isTitle(List<Token> tokens, int at) {
    String word = word(tokens, at);
    String next = word(tokens, at + 1);
    boolean isWord = next.isEmpty() || NO_SURNAMES.contains(next);
    return !isWord
        && (TITLES.contains(word)
            || (DOUBTFUL_TITLES.contains(word)
                && !BEFORE_OTHER_WORDS.contains(word(tokens, at - 1))));
  }

  private static boolean isRoadName(List<Token> tokens, int at) {
    String word = word(tokens, at);
    return !word.isEmpty()
        && !NO_NAMES.contains(word)
        && (!ARTICLES.contains(word(tokens, at - 1)) || isHouseNumber(tokens, at - 1));
  }

  /** "42 a Station Road": the letter belongs to the number. */
  private static boolean isHouseNumber(List<Token> tokens, int at) {
    return word(tokens, at).equals("a") && word(tokens, at - 1).matches("\\d+");
  }

  private static List<String> words(List<Token> tokens) {
    return tokens.stream().map(Token::word).toList();
  }

  private static String word(List<Token> tokens, int at) {
    return at < 0 || at >= tokens.size() ? "" : tokens.get(at).word();
  }
}
