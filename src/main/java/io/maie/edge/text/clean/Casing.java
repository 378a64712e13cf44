package io.maie.edge.text.clean;

import io.maie.edge.text.TextLanguage;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/** Sets capitals: at the start of sentences, and for names if the recogniser sets none. */
final class Casing {
  private static final Set<String> TITLES =
      Set.of("mr", "mrs", "ms", "mister", "missus", "miss", "doctor", "dr", "professor");
  private static final Set<String> ROADS = Set.of("street", "road", "avenue", "square", "lane");
  private static final Set<String> NO_NAMES =
      Set.of("the", "a", "this", "that", "my", "our", "your", "of", "on", "in", "main", "and");

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
      if (length > 0 && isName(tokens, i, length)) {
        List<String> written = names.writtenAt(tokens, i, length);
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
      return HONORIFICS.contains(before);
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
    boolean isRoad = ROADS.contains(word) && isRoadName(word(tokens, at - 1));
    boolean namesRoad = ROADS.contains(word(tokens, at + 1)) && isRoadName(word);
    return FIRST_PERSON.contains(word)
        || TITLES.contains(word(tokens, at - 1))
        || (TITLES.contains(word)
            && at + 1 < tokens.size()
            && !word.equals("doctor")
            && !word.equals("miss"))
        || isRoad
        || namesRoad;
  }

  private static boolean isRoadName(String word) {
    return !word.isEmpty() && !NO_NAMES.contains(word);
  }

  private static String word(List<Token> tokens, int at) {
    return at < 0 || at >= tokens.size() ? "" : tokens.get(at).word();
  }
}
