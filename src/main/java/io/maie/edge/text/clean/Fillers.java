package io.maie.edge.text.clean;

import io.maie.edge.text.TextLanguage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Leaves out hesitation and false starts. Doubles that mean something stay. */
final class Fillers {
  private static final Set<String> ENGLISH_FILLERS =
      Set.of("um", "umm", "uh", "uhh", "uhm", "erm", "er", "hmm", "mmm", "mm");
  private static final Set<String> VIETNAMESE_FILLERS = Set.of("ừm", "ờm", "ờ", "ờờ", "um", "uh");

  /** A filler only where commas set it off. */
  private static final Set<String> SET_OFF =
      Set.of("you know", "i mean", "like", "à", "ơ", "thì là", "kiểu như");

  /** Words that are doubled by a slip of the tongue alone. */
  private static final Set<String> ENGLISH_SLIPS =
      Set.of(
          "i", "the", "a", "an", "to", "of", "in", "on", "at", "and", "but", "or", "so", "we",
          "you", "he", "she", "they", "it", "it's", "i'm", "we're", "is", "are", "was", "my", "our",
          "their", "for", "with", "this", "if", "because", "when", "what", "how", "let's",
          "there's", "that's", "can", "will", "would", "could", "should", "as", "by", "from");

  private static final Set<String> VIETNAMESE_SLIPS =
      Set.of(
          "tôi", "là", "thì", "mà", "và", "cái", "của", "em", "anh", "chị", "mình", "với", "cho",
          "có", "được", "nếu", "vì", "để", "khi", "ở", "trong", "những", "các", "một");

  /** Verbs with a particle that the next word may repeat: "who do I talk to to get one". */
  private static final Map<String, Set<String>> VERBS_WITH =
      Map.of(
          "to",
              Set.of(
                  "talk",
                  "talking",
                  "talked",
                  "speak",
                  "speaking",
                  "spoke",
                  "listen",
                  "listening",
                  "write",
                  "belong",
                  "refer"),
          "in",
              Set.of("log", "logged", "check", "checked", "come", "came", "move", "moved", "hand"),
          "on", Set.of("carry", "carried", "go", "going", "hold", "move", "moving", "get"));

  /** Nobody repeats longer passages word for word when starting again. */
  private static final int LONGEST_REPEAT = 4;

  private final Set<String> fillers;
  private final Set<String> slips;
  private int leftOut;

  Fillers(TextLanguage language) {
    fillers = language.choose(ENGLISH_FILLERS, VIETNAMESE_FILLERS, Set.of());
    slips = language.choose(ENGLISH_SLIPS, VIETNAMESE_SLIPS, Set.of());
  }

  /** The tokens that carry meaning. */
  List<Token> leaveOut(List<Token> tokens) {
    // what was cut off may itself part a repetition: "the th- the end"
    return withoutRepeats(withoutRepeats(withoutFillers(tokens)));
  }

  private List<Token> withoutRepeats(List<Token> tokens) {
    List<Token> fluent = new ArrayList<>();
    int i = 0;
    while (i < tokens.size()) {
      int repeated = repeatAt(tokens, i);
      if (repeated == 0) {
        fluent.add(tokens.get(i));
        i++;
      } else {
        Token next = tokens.get(i + repeated);
        tokens.set(i + repeated, next.withEdge(tokens.get(i).edge()));
        i += repeated;
        leftOut += repeated;
      }
    }
    return fluent;
  }

  int leftOut() {
    return leftOut;
  }

  private List<Token> withoutFillers(List<Token> all) {
    List<Token> tokens = new ArrayList<>(all);
    List<Token> kept = new ArrayList<>();
    int i = 0;
    while (i < tokens.size()) {
      int length = fillerAt(tokens, i, kept);
      if (length == 0) {
        kept.add(tokens.get(i));
        i++;
        continue;
      }
      boolean opens = kept.isEmpty() || endsSentence(kept.get(kept.size() - 1));
      handOver(kept, tokens.get(i + length - 1));
      int next = i + length;
      if (next < tokens.size()) {
        tokens.set(next, inPlaceOf(tokens.get(i), tokens.get(next), opens));
      }
      i = next;
      leftOut += length;
    }
    return kept;
  }

  /** The next token, with the edge and, at the start of a sentence, the capital of the filler. */
  private static Token inPlaceOf(Token filler, Token next, boolean opens) {
    Token moved = next.edge() == Token.Edge.BLANK ? next.withEdge(filler.edge()) : next;
    boolean isCapital = !filler.writtenWord().equals(filler.word());
    return opens && isCapital ? moved.capitalized() : moved;
  }

  /**
   * A mark that ends a sentence passes to the word before. A comma does not; a comma before the
   * filler goes too where the sentence was interrupted: "it is, um, called".
   */
  private static void handOver(List<Token> kept, Token filler) {
    if (kept.isEmpty()) {
      return;
    }
    Token before = kept.get(kept.size() - 1);
    String bare = before.opening() + before.writtenWord();
    if (SentenceEnds.isEnd(filler.text()) && !SentenceEnds.isEnd(before.text())) {
      kept.set(kept.size() - 1, before.withText(bare + filler.closing()));
    } else if (before.closing().equals(",") && SentenceCutter.isUnfinished(before.word())) {
      kept.set(kept.size() - 1, before.withText(bare));
    }
  }

  private int fillerAt(List<Token> tokens, int at, List<Token> kept) {
    if (fillers.contains(tokens.get(at).word())) {
      return 1;
    }
    boolean opens = kept.isEmpty() || !kept.get(kept.size() - 1).closing().isEmpty();
    for (int length = 2; opens && !fillers.isEmpty() && length > 0; length--) {
      if (at + length <= tokens.size()
          && tokens.get(at + length - 1).text().endsWith(",")
          && SET_OFF.contains(Tokens.phrase(tokens.subList(at, at + length)))) {
        return length;
      }
    }
    return 0;
  }

  /**
   * Counts the tokens from here that are said again at once; 0 if the repetition means something.
   */
  private int repeatAt(List<Token> tokens, int at) {
    if (tokens.get(at).text().matches(".*\\p{L}[-–—]")
        && !slips.isEmpty()
        && isCutOff(tokens, at)) {
      return 1;
    }
    for (int length = LONGEST_REPEAT; length > 0; length--) {
      if (at + 2 * length > tokens.size()) {
        continue;
      }
      List<Token> said = tokens.subList(at, at + length);
      List<Token> saidAgain = tokens.subList(at + length, at + 2 * length);
      String first = Tokens.phrase(said);
      boolean isSlip =
          length == 1 ? slips.contains(first) && !isParticle(tokens, at) : !slips.isEmpty();
      boolean isOne = said.stream().noneMatch(Fillers::endsSentence);
      if (isSlip && isOne && isVaried(said) && first.equals(Tokens.phrase(saidAgain))) {
        return length;
      }
    }
    return 0;
  }

  private static boolean isParticle(List<Token> tokens, int at) {
    return at > 0
        && VERBS_WITH
            .getOrDefault(tokens.get(at).word(), Set.of())
            .contains(tokens.get(at - 1).word());
  }

  /** "No, no, no" repeats "no, no" in letters, but not by a slip. */
  private static boolean isVaried(List<Token> said) {
    return said.size() == 1 || said.stream().map(Token::word).distinct().count() > 1;
  }

  private static boolean endsSentence(Token token) {
    return SentenceEnds.isEnd(token.text());
  }

  private static boolean isCutOff(List<Token> tokens, int at) {
    String start = tokens.get(at).word();
    return at + 1 < tokens.size()
        && !start.isEmpty()
        && tokens.get(at + 1).word().startsWith(start);
  }
}
