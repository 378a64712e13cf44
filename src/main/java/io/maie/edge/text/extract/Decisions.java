package io.maie.edge.text.extract;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Finds what is settled: by a word of it, by a proposal that somebody accepts, by an answer to a
 * choice. Each is ranked by its evidence, and told with the sentences that it refers to.
 */
final class Decisions {
  /** People settle one thing after the other; a second one beside it mostly talks about it. */
  private static final Candidate.Limits LIMITS = new Candidate.Limits(2.6, 0.1, 0.7);

  /** Below this score nothing is a decision, however few there are. */
  private static final double LEAST = 1.5;

  private static final double DECIDED = 2;
  private static final double SETTLED = 0.8;
  private static final double INTENTION = 0.6;
  private static final double OWN_INTENTION = 0.9;
  private static final double RESULT = 3;
  private static final double ACCEPTED = 1.3;
  private static final double ANSWERED = 1.1;
  private static final double ASSENT_AROUND = 0.35;
  private static final double DISCUSSED = 0.15;
  private static final double FIGURE = 0.3;
  private static final double CENTRAL = 0.3;
  private static final double DOUBT = -0.5;
  private static final double PAST = -0.6;
  private static final double QUESTION = -1.4;
  private static final double TASK = -0.8;
  private static final double ECHO = 1.2;
  private static final double RULING = 1.8;

  /** Sentences between a vote and its result: names, numbers, "any against?" */
  private static final int LONGEST_VOTE = 10;

  /** Sentences of a discussion before its end. */
  private static final int DISCUSSION = 8;

  /** Sentences in which a proposal is accepted. */
  private static final int ACCEPTANCE = 6;

  private static final int SHORT_ANSWER = 10;

  /** Fewer telling words need what they refer to. */
  private static final int ENOUGH_TERMS = 8;

  private static final int ENOUGH_OF_MONOLOGUE = 6;
  private static final int FEWEST_TERMS = 2;

  /** New terms that count where a sentence is sought that tells what is settled. */
  private static final double MOST_NEW = 6;

  private static final double SAME_FIGURE = 2;
  private static final double RELATED = 2;
  private static final double OFFERED = 1.2;
  private static final double OPENING = 1.2;
  private static final double DISTANCE = 0.3;
  private static final int MOST_OF_DETAIL = 16;
  private static final int MOST_WORDS = 36;
  private static final int LONGEST = 60;

  private final Talk talk;

  Decisions(Talk talk) {
    this.talk = talk;
  }

  /** Returns whether a sentence by itself shows that something is settled. */
  boolean isDecision(int at) {
    return score(at) >= LEAST;
  }

  /** The decisions, in order. */
  List<Candidate> of() {
    List<Candidate> candidates = new ArrayList<>();
    for (int i = 0; i < talk.size(); i++) {
      double score = score(i);
      if (score >= LEAST) {
        Set<Integer> parts = parts(i);
        if (talk.terms(parts).size() >= FEWEST_TERMS) {
          candidates.add(new Candidate(i, parts, score));
        }
      }
    }
    return Candidate.best(candidates, talk, LIMITS);
  }

  private double score(int at) {
    if (talk.does(at, Act.NEVER) || talk.line(at).words().size() > LONGEST) {
      return 0;
    }
    if (talk.does(at, Act.RESULT)) {
      return RESULT;
    }
    double score = shape(at);
    if (score == 0) {
      return 0;
    }
    score += talk.line(at).isQuestion() ? QUESTION : 0;
    score += talk.does(at, Act.DOUBT) ? DOUBT : 0;
    score += talk.does(at, Act.PAST) ? PAST : 0;
    score += talk.hasFigure(at) ? FIGURE : 0;
    score += CENTRAL * talk.centrality(at);
    score += Math.min(2, assentsAround(at)) * ASSENT_AROUND;
    return score + Math.min(3, proposalsBefore(at)) * DISCUSSED;
  }

  /** The evidence of words, acceptance and answers. */
  private double shape(int at) {
    double intention = talk.isMonologue() ? OWN_INTENTION : INTENTION;
    double decided = talk.does(at, Act.DECIDED) ? DECIDED : 0;
    double settled = talk.does(at, Act.SETTLED) ? SETTLED : 0;
    double intended = talk.does(at, Act.INTENTION) ? intention : 0;
    double score =
        talk.isMonologue()
            ? decided + settled + intended
            : Math.max(decided, Math.max(settled, intended));
    score += isAccepted(at) ? ACCEPTED : 0;
    score += isAnswer(at) ? ANSWERED : 0;
    score += isEcho(at) ? ECHO : 0;
    score += isRuling(at) ? RULING : 0;
    boolean isTask =
        talk.doesAny(at, Act.PROMISE, Act.REQUEST)
            && (talk.isMonologue() || !talk.does(at, Act.DECIDED));
    return Math.max(0, score + (isTask ? TASK : 0));
  }

  /** Returns whether somebody else agrees to a proposal soon, and nobody objects before. */
  private boolean isAccepted(int at) {
    if (!talk.does(at, Act.PROPOSAL)) {
      return false;
    }
    int reply =
        talk.next(
            at,
            ACCEPTANCE,
            i ->
                talk.isOtherSpeaker(at, i)
                    && talk.doesAny(i, Act.ASSENT, Act.DISSENT)
                    && !talk.line(i).isQuestion());
    return reply >= 0 && talk.does(reply, Act.ASSENT) && !talk.does(reply, Act.DISSENT);
  }

  /**
   * Returns whether this is the short answer to a question of somebody else that offers a choice.
   */
  private boolean isAnswer(int at) {
    return at > 0
        && talk.isOtherSpeaker(at, at - 1)
        && talk.line(at - 1).isQuestion()
        && talk.doesAny(at - 1, Act.PROPOSAL)
        && !talk.line(at).isQuestion()
        && talk.line(at).words().size() <= SHORT_ANSWER
        && talk.doesAny(at, Act.ASSENT, Act.ORDER, Act.DECIDED, Act.SETTLED);
  }

  /** Returns whether a short sentence names again a day or a number that somebody else offered. */
  private boolean isEcho(int at) {
    if (talk.line(at).isQuestion()
        || talk.line(at).words().size() > SHORT_ANSWER
        || !talk.hasFigure(at)) {
      return false;
    }
    return talk.previous(
            at,
            DISCUSSION,
            i ->
                talk.isOtherSpeaker(at, i)
                    && talk.hasFigure(i)
                    && talk.figures(i).stream().anyMatch(talk.figures(at)::contains))
        >= 0;
  }

  /** Returns whether an order ends a discussion: "Get the generator." */
  private boolean isRuling(int at) {
    return !talk.isMonologue()
        && talk.does(at, Act.ORDER)
        && !talk.line(at).isQuestion()
        && !talk.doesAny(at, Act.DECIDED, Act.SETTLED)
        && talk.line(at).words().size() <= SHORT_ANSWER
        && proposalsBefore(at) >= 2;
  }

  private long assentsAround(int at) {
    long count = 0;
    for (int i = Math.max(0, at - 3); i < Math.min(talk.size(), at + 4); i++) {
      count += i != at && talk.isOtherSpeaker(at, i) && talk.does(i, Act.ASSENT) ? 1 : 0;
    }
    return count;
  }

  private long proposalsBefore(int at) {
    long count = 0;
    for (int i = Math.max(0, at - DISCUSSION); i < at; i++) {
      count += talk.does(i, Act.PROPOSAL) ? 1 : 0;
    }
    return count;
  }

  /** The sentence and what it refers to. */
  private Set<Integer> parts(int at) {
    Set<Integer> parts = new TreeSet<>(Set.of(at));
    if (talk.does(at, Act.RESULT)) {
      int vote = talk.previous(at, LONGEST_VOTE, i -> talk.does(i, Act.VOTE));
      if (vote >= 0) {
        parts.add(vote);
        return parts;
      }
    }
    addDetails(parts, at);
    int topic = talk.topic(at);
    if (topic >= 0 && talk.terms(parts).size() < enough()) {
      parts.add(topic);
    }
    while (talk.terms(parts).size() < enough()) {
      int context = context(parts, at);
      if (context < 0) {
        break;
      }
      parts.add(context);
    }
    return parts;
  }

  /** Terms that a statement needs; one who talks to himself needs fewer words of others. */
  private int enough() {
    return talk.enoughTerms(talk.isMonologue() ? ENOUGH_OF_MONOLOGUE : ENOUGH_TERMS);
  }

  /** Short sentences right behind, of the same speaker, that say when and how. */
  private void addDetails(Set<Integer> parts, int at) {
    for (int i = at + 1; i < Math.min(talk.size(), at + 3); i++) {
      boolean isDetail =
          talk.isSameSpeaker(at, i)
              && !talk.line(i).isQuestion()
              && talk.line(i).words().size() <= MOST_OF_DETAIL
              && !talk.doesAny(i, Act.PROMISE, Act.REQUEST, Act.DECIDED)
              && (talk.hasFigure(i) || talk.terms(parts).size() < enough());
      if (!isDetail || talk.length(parts) + talk.line(i).words().size() > MOST_WORDS) {
        return;
      }
      parts.add(i);
    }
  }

  /** The sentence before that tells most of what is settled; -1 if none tells anything. */
  private int context(Set<Integer> parts, int at) {
    Set<String> known = talk.terms(parts);
    int best = -1;
    double most = 0;
    for (int i = Math.max(0, at - DISCUSSION); i < at; i++) {
      boolean isElsewhere =
          talk.does(i, Act.NEVER) || (talk.does(i, Act.PROMISE) && !talk.does(i, Act.PROPOSAL));
      if (isElsewhere
          || parts.contains(i)
          || talk.length(parts) + talk.line(i).words().size() > MOST_WORDS) {
        continue;
      }
      Set<String> terms = talk.terms(i);
      long unknown = terms.stream().filter(term -> !known.contains(term)).count();
      double value = Math.min(MOST_NEW, (double) unknown);
      boolean isSameFigure = talk.figures(i).stream().anyMatch(talk.figures(at)::contains);
      value += isSameFigure ? SAME_FIGURE : 0;
      value *= isSameFigure || terms.stream().anyMatch(known::contains) ? RELATED : 1;
      value *= talk.does(i, Act.PROPOSAL) ? OFFERED : 1;
      value *= talk.does(i, Act.TOPIC) ? OPENING : 1;
      value /= 1 + DISTANCE * (at - i);
      if (value > most) {
        most = value;
        best = i;
      }
    }
    return best;
  }
}
