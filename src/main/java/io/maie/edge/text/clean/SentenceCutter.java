package io.maie.edge.text.clean;

import io.maie.edge.audio.Waveform;
import io.maie.edge.text.TextLanguage;
import io.maie.edge.text.clean.Token.Edge;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * Cuts tokens into sentences: at marks, where the speaker changes, at dictated breaks, and where
 * marks are missing, in pauses and before words that begin a new thought.
 */
final class SentenceCutter {
  /** A stretch without marks that is longer is no sentence. */
  private static final int LONGEST = 40;

  /** From here on, a weaker sign ends a sentence. */
  private static final int LONG = 22;

  private static final int SHORTEST = 4;
  private static final double LONG_PAUSE = 0.7;
  private static final double SHORT_PAUSE = 0.15;

  private static final Set<String> ENGLISH_OPENERS =
      Set.of("so", "okay", "ok", "now", "then", "anyway", "but", "and", "well", "also", "because");
  private static final Set<String> VIETNAMESE_OPENERS =
      Set.of("rồi", "thế", "vậy", "nhưng", "còn", "nên", "sau", "với", "và", "tiếp", "bây");

  /** Words that a sentence hardly ends with. */
  private static final Set<String> UNFINISHED =
      Set.of(
          "the", "a", "an", "of", "to", "and", "or", "but", "with", "for", "is", "are", "my",
          "your", "our", "their", "in", "at", "very", "just", "called", "um", "uh", "we", "i",
          "they", "he", "she", "i'm", "we're", "là", "của", "và", "với", "thì", "mà", "cho", "ở",
          "các", "những", "nhưng");

  /** Two words that begin a thought wherever a sentence is long enough to end. */
  private static final Set<String> ENGLISH_STARTS =
      Set.of(
          "what about",
          "how about",
          "does anybody",
          "does anyone",
          "can you",
          "could you",
          "would you",
          "can we",
          "i think",
          "i don't",
          "do you",
          "do we",
          "did you",
          "did we",
          "is there",
          "are there",
          "any questions",
          "anything else",
          "okay so",
          "okay let's",
          "okay then",
          "thank you",
          "that's all",
          "good then",
          "we also",
          "we agreed",
          "we decided",
          "yes i",
          "yes we",
          "yes it",
          "yes that",
          "yes i'll",
          "yes we'll",
          "yes that's",
          "yeah i",
          "yeah we",
          "yeah it",
          "no i",
          "no we",
          "no it",
          "no that",
          "no that's",
          "no it's");

  private static final Set<String> VIETNAMESE_STARTS =
      Set.of(
          "dạ được",
          "dạ vâng",
          "dạ em",
          "dạ có",
          "dạ không",
          "dạ thưa",
          "thôi chúng",
          "thôi mình",
          "vậy cuộc",
          "vậy thì",
          "vậy mình",
          "vậy chúng",
          "mọi người",
          "hôm qua",
          "hôm nay",
          "còn chị",
          "còn anh",
          "còn em",
          "bây giờ",
          "ngoài ra",
          "chúng ta");

  /** Words that lead on to such a start. */
  private static final Set<String> LEADING =
      Set.of(
          "if", "that", "because", "when", "what", "how", "where", "why", "who", "which", "whether",
          "than", "then", "know", "think", "said", "say", "says", "as", "so", "mà", "thì", "chào",
          "các", "đến", "từ", "trước", "hôm", "rằng", "nếu", "vì", "mong", "để", "hơn", "như", "cả",
          "này", "ngày", "vậy", "thôi", "nhưng", "khi", "của");

  /** Vietnamese words and pairs that end a sentence. */
  private static final Set<String> VIETNAMESE_ENDS =
      Set.of("ạ", "nhé", "nhỉ", "được không", "phải không", "đúng không");

  private static final Set<String> BEHIND_ENDS = Set.of("ạ", "nhé", "nhỉ", "em", "anh", "chị");

  /** Two words that belong together, although the second may begin a thought elsewhere. */
  private static final Set<String> GLUED =
      Set.of(
          "so với",
          "cùng với",
          "đối với",
          "đến với",
          "năm sau",
          "tuần sau",
          "tháng sau",
          "ngày sau",
          "lần sau",
          "hôm sau",
          "vẫn còn",
          "không còn",
          "chỉ còn",
          "cũng còn",
          "đã còn",
          "only then",
          "and then",
          "even so",
          "or so",
          "think so",
          "right now",
          "by now",
          "just now",
          "until now",
          "as well",
          "all but",
          "since then",
          "by then",
          "back then");

  /** Words that go on with what was said, even after a pause. */
  private static final Set<String> CONTINUING =
      Set.of("of", "to", "than", "which", "or", "của", "mà", "để", "hoặc");

  private final boolean isPunctuated;
  private final boolean isCased;
  private final Set<String> openers;
  private final Set<String> starts;
  private final Set<String> ends;

  SentenceCutter(TextLanguage language, TextStyle style) {
    isPunctuated = style.isPunctuated();
    isCased = style.isCased();
    openers = language.choose(ENGLISH_OPENERS, VIETNAMESE_OPENERS, Set.of());
    starts = language.choose(ENGLISH_STARTS, VIETNAMESE_STARTS, Set.of());
    ends = language.choose(Set.of(), VIETNAMESE_ENDS, Set.of());
  }

  /** The sentences, none empty, in order. */
  List<List<Token>> cut(List<Token> tokens) {
    List<List<Token>> sentences = new ArrayList<>();
    List<Token> stretch = new ArrayList<>();
    for (Token token : tokens) {
      if (!stretch.isEmpty() && endsBetween(stretch.get(stretch.size() - 1), token)) {
        sentences.addAll(divided(stretch));
        stretch = new ArrayList<>();
      }
      stretch.add(token);
    }
    if (!stretch.isEmpty()) {
      sentences.addAll(divided(stretch));
    }
    return sentences;
  }

  private boolean endsBetween(Token before, Token after) {
    return !Objects.equals(before.speaker(), after.speaker())
        || after.isDictatedBreak()
        || SentenceEnds.between(before, after, isCased);
  }

  private List<List<Token>> divided(List<Token> stretch) {
    boolean isFine = isPunctuated && (stretch.size() <= LONGEST || hasClauses(stretch));
    if (isFine) {
      return List.of(stretch);
    }
    List<List<Token>> parts = new ArrayList<>();
    int start = 0;
    for (int i = 1; i < stretch.size(); i++) {
      if (isEnd(stretch, start, i)) {
        parts.add(stretch.subList(start, i));
        start = i;
      } else if (i - start >= LONGEST) {
        int best = weakestLink(stretch, start, i);
        if (best > 0) {
          parts.add(stretch.subList(start, best));
          start = best;
        }
      }
    }
    parts.add(stretch.subList(start, stretch.size()));
    return List.copyOf(parts);
  }

  /** Long sentences with commas are the recogniser's business. */
  private static boolean hasClauses(List<Token> stretch) {
    return stretch.stream().filter(token -> token.text().matches(".*[,;:，、]")).count() * LONGEST
        >= stretch.size();
  }

  private boolean isEnd(List<Token> stretch, int start, int at) {
    int length = at - start;
    Token before = stretch.get(at - 1);
    Token after = stretch.get(at);
    double pause = pause(before, after);
    boolean isUnfinished = isUnfinished(before.word()) || CONTINUING.contains(after.word());
    if (pause >= 2 * LONG_PAUSE) {
      return true;
    }
    if (isUnfinished || length < SHORTEST) {
      return false;
    }
    boolean isSegment = after.edge() == Edge.SEGMENT && pause >= SHORT_PAUSE;
    boolean isNewThought =
        length >= LONG
            && openers.contains(after.word())
            && !GLUED.contains(before.word() + " " + after.word());
    return pause >= LONG_PAUSE
        || isSegment
        || isNewThought
        || starts(stretch, at)
        || ends(stretch, at);
  }

  /** Returns whether two words begin a thought here, and the word before does not lead to it. */
  private boolean starts(List<Token> stretch, int at) {
    String next = at + 1 < stretch.size() ? stretch.get(at + 1).word() : "";
    return starts.contains(stretch.get(at).word() + " " + next)
        && !LEADING.contains(stretch.get(at - 1).word());
  }

  private boolean ends(List<Token> stretch, int at) {
    String last = stretch.get(at - 1).word();
    boolean isEnd =
        ends.contains(last) || (at > 1 && ends.contains(stretch.get(at - 2).word() + " " + last));
    return isEnd && !BEHIND_ENDS.contains(stretch.get(at).word());
  }

  /**
   * The best place to cut a sentence that is too long: the longest pause, at least {@code
   * SHORT_PAUSE}.
   */
  private static int weakestLink(List<Token> stretch, int start, int end) {
    int best = 0;
    double longest = SHORT_PAUSE;
    for (int i = start + SHORTEST; i < end - SHORTEST; i++) {
      double pause = pause(stretch.get(i - 1), stretch.get(i));
      if (pause > longest && !isUnfinished(stretch.get(i - 1).word())) {
        longest = pause;
        best = i;
      }
    }
    return best;
  }

  /** Returns whether a sentence hardly ends with {@code word}. */
  static boolean isUnfinished(String word) {
    return UNFINISHED.contains(word);
  }

  private static double pause(Token before, Token after) {
    return (double) (after.start() - before.end()) / Waveform.SAMPLE_RATE;
  }
}
