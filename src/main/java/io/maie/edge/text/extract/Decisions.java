package io.maie.edge.text.extract;

import io.maie.edge.text.TextLanguage;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;

/** Finds sentences that settle something. */
final class Decisions {
  private static final Pattern ENGLISH =
      Pattern.compile(
          "\\b(?:decided|agreed|approved|settled|resolved|concluded|we agree|i agree to)\\b|\\bthe"
              + " decision is\\b|\\blet's (?:do|go"
              + " with|say|keep|move|have|make|use|put|leave|meet|stick|cancel|postpone|order|buy|hire|skip)\\b|\\b(?:we|i)(?:'ll|"
              + " will| shall)(?: all)? (?:go with|keep|take the|stick|continue|stay"
              + " with|use|drop|postpone|cancel)\\b|\\bwe do (?:the|a|it)\\b|\\bwe don't"
              + " do\\b|\\bi(?:'ve| have) (?:directed|ordered|decided|chosen)\\b|\\bi ask(?:ed)?"
              + " that\\b|\\b(?:is|are) out\\b|\\b(?:so|and) no \\w+ing\\b|\\bwe apply\\b|\\bgo for"
              + " the\\b|\\b(?:change|changed|drop|dropped) (?:those|the|our|my|that)"
              + " plans?\\b|\\bleave \\w+.* as (?:is|it is|they are)\\b|\\bwhat we want to"
              + " do\\b|\\bi'd (?:like you to )?keep (?:it|the)\\b|\\byes,? (?:she|he|they)"
              + " wants?\\b|\\bwe(?:'d| would) like you to"
              + " (?:keep|leave|open|close|stop|hold)\\b|\\bhas been"
              + " (?:approved|decided|chosen)\\b|\\bthere will be (?:more|no)\\b|\\bhave to"
              + " go\\b|\\b(?:we're|we are) (?:not )?going to"
              + " (?!be\\b|have\\b|say\\b|talk\\b|tell\\b|show\\b|ask\\b|look\\b|try\\b)\\w+|\\bwe"
              + " won't \\w+|\\bwe(?:'ll| will)"
              + " (?!be\\b|see\\b|have\\b|know\\b|talk\\b|never\\b|find\\b)\\w+|\\bfrom now"
              + " on\\b|\\bno longer\\b|\\b(?:we|i|they) (?:chose|picked|gave"
              + " up|switched|stopped)\\b|\\blet's agree\\b|\\b(?:so|right|okay|then),?"
              + " (?:the|our|that) .{3,40}? (?:stays|moves|remains|goes)\\b");

  /** Intentions of one person: in a conversation they are promises. */
  private static final Pattern OWN_INTENTION =
      Pattern.compile(
          "\\b(?:i'm|i am) (?:not )?going to"
              + " (?!be\\b|have\\b|say\\b|talk\\b|tell\\b|show\\b|ask\\b|look\\b|try\\b)\\w+|\\bi"
              + " won't \\w+");

  /** The result of a vote, which says nothing without the question. */
  private static final Pattern RESULT =
      Pattern.compile(
          "\\b(?:that's|that is|it's|it is|motion(?: is)?|amendment(?: is)?|proposal(?: is)?)"
              + " (?:carried|passed|defeated|lost|rejected|approved|agreed)\\b|\\bthe ayes have"
              + " it\\b");

  private static final Pattern VOTE =
      Pattern.compile(
          "\\ball (?:those )?in favou?r\\b|\\bin favou?r of\\b|\\bvote on\\b|\\bi move"
              + " (?:that|to)\\b|\\bthe motion (?:is|to|that)\\b");

  /** Sentences between a vote and its result: names, numbers, "any against?" */
  private static final int LONGEST_VOTE = 10;

  private static final Pattern NO_ENGLISH =
      Pattern.compile(
          "\\b(?:don't decide|not decided|haven't decided|undecided|let's see|let's make a"
              + " start|let's have a look|can't agree|if we|could we|should we|decide"
              + " later)\\b|\\blet's (?:keep|make) (?:this|it|things) (?:to \\S+"
              + " minutes|short|brief|quick|moving)\\b");
  private static final Pattern VIETNAMESE =
      Pattern.compile(
          "quyết định|thống nhất|(?<!\\p{L})chốt(?!\\p{L})|phê duyệt|thông qua|nhất"
              + " trí|(?:mình|tôi|chúng ta|ta) chọn|(?:vậy|thế)(?: thì)?(?: là)? (?:mình|ta|chúng"
              + " ta) (?:chọn|lùi|dùng|làm|lấy)|đồng ý"
              + " (?:với|là|thuê|mua|làm|cho)|(?:mình|tôi|chúng ta|chúng tôi|ta) sẽ (?:không"
              + " )?\\p{L}+|không \\p{L}+(?: \\p{L}+){0,4} nữa|(?:đổi|chuyển) sang|thôi không|kết"
              + " luận là");
  private static final Pattern NO_VIETNAMESE =
      Pattern.compile("chưa (?:quyết định|chốt|thống nhất)|lần sau (?:mình )?(?:bàn|quyết)");
  private static final Pattern NONE = Pattern.compile("(?!)");

  /** Fewer telling words say nothing by themselves: "Good, that's decided." */
  private static final int FEW_TERMS = 4;

  private static final int MOST_WORDS = 60;

  private final Pattern signs;
  private final Pattern denials;
  private final boolean isEnglish;
  private final boolean isMonologue;
  private final Words words;

  Decisions(TextLanguage language, Words words, boolean isMonologue) {
    this.words = words;
    this.isMonologue = isMonologue;
    isEnglish = language == TextLanguage.ENGLISH;
    signs = language.choose(ENGLISH, VIETNAMESE, NONE);
    denials = language.choose(NO_ENGLISH, NO_VIETNAMESE, NONE);
  }

  boolean isDecision(Line line) {
    String text = line.lowerText();
    return !line.isQuestion()
        && (signs.matcher(text).find() || isResult(line) || isOwnIntention(text))
        && !denials.matcher(text).find();
  }

  private boolean isOwnIntention(String text) {
    return isEnglish && isMonologue && OWN_INTENTION.matcher(text).find();
  }

  private static boolean isResult(Line line) {
    return RESULT.matcher(line.lowerText()).find();
  }

  /** The question that was put to the vote; -1 if there is none shortly before. */
  private static int vote(List<Line> lines, int at) {
    for (int i = at - 1; i >= Math.max(0, at - LONGEST_VOTE); i--) {
      if (VOTE.matcher(lines.get(i).lowerText()).find()) {
        return i;
      }
    }
    return -1;
  }

  /** Each decision, joined with the sentence it refers to if it says nothing by itself. */
  List<Statement> of(List<Line> lines) {
    List<Statement> decisions = new ArrayList<>();
    Set<Integer> used = new HashSet<>();
    for (int i = 0; i < lines.size(); i++) {
      if (!isDecision(lines.get(i)) || !used.add(i)) {
        continue;
      }
      int partner = isResult(lines.get(i)) ? vote(lines, i) : -1;
      if (partner < 0 && words.terms(lines.get(i)).size() < FEW_TERMS) {
        partner = partner(lines, i);
      }
      if (used.contains(partner)) {
        continue;
      }
      if (partner < 0 && words.terms(lines.get(i)).size() < 2) {
        continue;
      }
      if (partner < 0) {
        decisions.add(lines.get(i).statement());
        continue;
      }
      Statement first = lines.get(Math.min(i, partner)).statement();
      decisions.add(first.with(lines.get(Math.max(i, partner)).statement()));
      used.add(partner);
    }
    return decisions;
  }

  /** The neighbour of the same speaker that tells what was settled; -1 if there is none. */
  private int partner(List<Line> lines, int at) {
    for (int other : List.of(at + 1, at - 1, at - 2)) {
      if (other >= 0 && other < lines.size() && isPartner(lines.get(at), lines.get(other))) {
        return other;
      }
    }
    return -1;
  }

  private boolean isPartner(Line line, Line other) {
    return Objects.equals(line.speaker(), other.speaker())
        && !other.isQuestion()
        && words.terms(other).size() >= FEW_TERMS
        && line.words().size() + other.words().size() <= MOST_WORDS;
  }
}
