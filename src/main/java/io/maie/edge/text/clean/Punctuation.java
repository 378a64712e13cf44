package io.maie.edge.text.clean;

import io.maie.edge.text.TextLanguage;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Sets the marks that a recogniser left out: at the end of sentences, and few commas. */
final class Punctuation {
  private static final Pattern WORD_AT_END =
      Pattern.compile(".*[\\p{L}\\p{M}\\p{N}%\"”)]", Pattern.DOTALL);
  private static final Pattern WIDE =
      Pattern.compile(".*[\\p{IsHan}\\p{IsHiragana}\\p{IsKatakana}]");

  /** A comma follows them at the start of a sentence. */
  private static final Set<String> LEADS =
      Set.of(
          "okay",
          "well",
          "yes",
          "no",
          "right",
          "anyway",
          "however",
          "actually",
          "oh",
          "rồi",
          "vâng",
          "dạ");

  /** A comma precedes them within a sentence. */
  private static final Set<String> TURNS = Set.of("but", "nhưng");

  private static final int ENOUGH_ON_EACH_SIDE = 3;

  private final TextLanguage language;
  private final TextStyle style;

  Punctuation(TextLanguage language, TextStyle style) {
    this.language = language;
    this.style = style;
  }

  /** The sentence with a mark at its end, and with commas if the recogniser writes none. */
  List<Token> marked(List<Token> sentence) {
    List<Token> tokens = new ArrayList<>(sentence);
    if (!style.isPunctuated() && tokens.stream().allMatch(token -> token.closing().isEmpty())) {
      setCommas(tokens);
    }
    Token last = tokens.get(tokens.size() - 1);
    if (WORD_AT_END.matcher(last.text()).matches() && !SentenceEnds.isEnd(last.text())) {
      tokens.set(tokens.size() - 1, last.withText(last.text() + mark(tokens, last)));
    }
    return tokens;
  }

  private String mark(List<Token> tokens, Token last) {
    if (WIDE.matcher(last.text()).matches()) {
      return "。";
    }
    List<String> words = tokens.stream().map(Token::word).filter(w -> !w.isEmpty()).toList();
    return Questions.isAsked(language, words) ? "?" : ".";
  }

  private static void setCommas(List<Token> tokens) {
    if (tokens.size() > ENOUGH_ON_EACH_SIDE && LEADS.contains(tokens.get(0).word())) {
      tokens.set(0, tokens.get(0).withText(tokens.get(0).text() + ","));
    }
    for (int i = ENOUGH_ON_EACH_SIDE; i < tokens.size() - ENOUGH_ON_EACH_SIDE; i++) {
      if (TURNS.contains(tokens.get(i).word())) {
        tokens.set(i - 1, tokens.get(i - 1).withText(tokens.get(i - 1).text() + ","));
      }
    }
  }
}
