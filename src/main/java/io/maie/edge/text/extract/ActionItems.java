package io.maie.edge.text.extract;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Finds what somebody promises, is asked to do, or has to do. Each is ranked by its evidence, and
 * told with the promise that answers it or with the sentence that says what "it" is.
 */
final class ActionItems {
  private static final Candidate.Limits LIMITS = new Candidate.Limits(2.6, 0.12, 0.7);

  /** Below this score nothing is a task, however few there are. */
  private static final double LEAST = 1.2;

  private static final double PROMISE = 2.1;
  private static final double REQUEST = 1.7;
  private static final double OWN_ORDER = 1.7;
  private static final double ORDER = 1.0;
  private static final double DUTY = 1.0;
  private static final double ANSWERED = 0.8;
  private static final double ACCEPTED = 0.5;
  private static final double DATED = 0.5;
  private static final double NAMED = 0.3;
  private static final double CENTRAL = 0.3;
  private static final double DONE = -1;
  private static final double DOUBT = -0.4;

  /** Words that say nothing without the sentence before. */
  private static final Set<String> POINTING =
      Set.of("it", "that", "them", "this", "one", "those", "these", "there", "so");

  /** Words for somebody who was named before. */
  private static final Set<String> PERSONAL = Set.of("he", "him", "she", "her");

  /** Sentences before, in which he or she was named. */
  private static final int LAST_NAMED = 14;

  /** Sentences in which a request is answered. */
  private static final int REPLY = 4;

  /** Sentences before, that may tell what a task is about. */
  private static final int CONTEXT = 3;

  /** Fewer telling words need the sentence before. */
  private static final int FEW_TERMS = 5;

  /** With a word that points elsewhere, fewer than these need it. */
  private static final int FEW_TERMS_OF_POINTING = 6;

  private static final int FEW_OF_MONOLOGUE = 5;
  private static final int FEWEST_WORDS = 5;
  private static final int FEWEST_OF_ORDER = 2;
  private static final int MOST_WORDS = 60;

  /** A sentence behind a task that only says until when: "By Wednesday, please." */
  private static final int MOST_OF_DUE = 8;

  private static final int LONGEST_JOIN = 48;

  private final Talk talk;
  private final Assignees assignees;

  ActionItems(Talk talk, boolean isVietnamese) {
    this.talk = talk;
    assignees = new Assignees(talk, isVietnamese);
  }

  /** The tasks in order; a request and the promise that answers it are one. */
  List<Candidate> of() {
    List<Candidate> candidates = new ArrayList<>();
    for (int i = 0; i < talk.size(); i++) {
      double score = score(i);
      if (score >= LEAST) {
        candidates.add(new Candidate(i, parts(i), score));
      }
    }
    return Candidate.best(candidates, talk, LIMITS);
  }

  /** Who has to do it, and until when. */
  ActionItem item(Candidate candidate) {
    int at = candidate.centre();
    int answer = isRequest(at) ? answer(at) : -1;
    Statement task = talk.statement(candidate.parts(), at);
    return new ActionItem(task, assignees.of(at, answer, accepting(at)), due(candidate, answer));
  }

  private double score(int at) {
    Line line = talk.line(at);
    int length = line.words().size();
    boolean isOwnOrder = talk.isMonologue() && talk.does(at, Act.SHORTORDER);
    if (length < (isOwnOrder ? FEWEST_OF_ORDER : FEWEST_WORDS)
        || length > MOST_WORDS
        || talk.does(at, Act.NEVER)
        || (line.isQuestion() && !isRequest(at))) {
      return 0;
    }
    double score =
        Math.max(
            Math.max(value(at, Act.PROMISE, PROMISE), value(at, Act.REQUEST, REQUEST)),
            Math.max(value(at, Act.DUTY, DUTY), value(at, Act.ORDER, ORDER)));
    score = Math.max(score, isOwnOrder ? OWN_ORDER : 0);
    if (score == 0) {
      return 0;
    }
    score += talk.does(at, Act.DONE) && !isRequest(at) ? DONE : 0;
    score += talk.does(at, Act.DOUBT) ? DOUBT : 0;
    score += talk.hasDate(at) ? DATED : 0;
    score += assignees.isAddressed(at) ? NAMED : 0;
    score += CENTRAL * talk.centrality(at);
    boolean isAsked = isRequest(at) || talk.doesAny(at, Act.DUTY, Act.ORDER);
    return score + (isAsked ? (answer(at) >= 0 ? ANSWERED : accepting(at) >= 0 ? ACCEPTED : 0) : 0);
  }

  private double value(int at, Act act, double value) {
    return talk.does(at, act) ? value : 0;
  }

  private boolean isRequest(int at) {
    return talk.does(at, Act.REQUEST);
  }

  /** The line in which somebody else promises what was asked; -1 if nobody does at once. */
  private int answer(int request) {
    return talk.next(
        request,
        REPLY,
        i ->
            talk.isOtherSpeaker(request, i)
                && talk.does(i, Act.PROMISE)
                && !talk.does(i, Act.REQUEST)
                && !talk.line(i).isQuestion());
  }

  /** The line in which somebody else agrees to what was asked; -1 if nobody does at once. */
  private int accepting(int request) {
    int reply = talk.next(request, REPLY, i -> talk.isOtherSpeaker(request, i));
    return reply >= 0 && talk.doesAny(reply, Act.ASSENT, Act.ANSWER) ? reply : -1;
  }

  private Set<Integer> parts(int at) {
    Set<Integer> parts = new TreeSet<>(Set.of(at));
    int answer = isRequest(at) ? answer(at) : -1;
    if (answer >= 0) {
      add(parts, answer);
    } else if (isSaidAgain(at)) {
      parts.add(at + 1);
    }
    if (isAboutSomebody(at) && parts.stream().noneMatch(talk::namesSomebody)) {
      int named = talk.previous(at, LAST_NAMED, talk::namesSomebody);
      if (named >= 0) {
        add(parts, named);
      }
    }
    for (int i = at - 1; i >= Math.max(0, at - CONTEXT) && isUnclear(at, parts); i--) {
      // Another task tells nothing about this one, unless this one points at it.
      if (!talk.terms(i).isEmpty() && (isPointing(at) || score(i) < LEAST)) {
        add(parts, i);
      }
    }
    return parts;
  }

  private boolean isAboutSomebody(int at) {
    return talk.line(at).words().stream().anyMatch(PERSONAL::contains);
  }

  private void add(Set<Integer> parts, int part) {
    if (talk.length(parts) + talk.line(part).words().size() <= LONGEST_JOIN) {
      parts.add(part);
    }
  }

  private boolean isPointing(int at) {
    return talk.line(at).words().stream().anyMatch(POINTING::contains);
  }

  private boolean isUnclear(int at, Set<Integer> parts) {
    boolean isOwnOrder = talk.isMonologue() && talk.does(at, Act.SHORTORDER);
    int few =
        talk.isMonologue() ? FEW_OF_MONOLOGUE : isPointing(at) ? FEW_TERMS_OF_POINTING : FEW_TERMS;
    return !isOwnOrder && talk.terms(parts).size() < talk.enoughTerms(few);
  }

  /** Returns whether the next sentence promises the same once more, and when. */
  private boolean isSaidAgain(int at) {
    int next = at + 1;
    return next < talk.size()
        && talk.isSameSpeaker(at, next)
        && talk.does(next, Act.PROMISE)
        && !isRequest(next)
        && talk.line(next).words().stream().anyMatch(POINTING::contains)
        && talk.terms(next).size() <= FEW_TERMS
        && !talk.hasDate(at)
        && talk.hasDate(next);
  }

  /** The date in the sentences that tell the task, or in the answer, or right behind. */
  private @Nullable String due(Candidate candidate, int answer) {
    int at = candidate.centre();
    DateMentions dates = talk.dates();
    @Nullable String due = dates.dueIn(talk.line(at).text(), talk.promiseStart(at));
    if (due == null && candidate.parts().contains(at + 1) && isSaidAgain(at)) {
      due = dates.dueIn(talk.line(at + 1).text(), 0);
    }
    if (due == null && answer >= 0) {
      due = dates.dueIn(talk.line(answer).text(), 0);
    }
    if (due != null) {
      return due;
    }
    int next = (answer >= 0 ? answer : at) + 1;
    boolean isReply =
        isRequest(at)
            && answer < 0
            && next < talk.size()
            && talk.isOtherSpeaker(at, next)
            && !talk.line(next).isQuestion()
            && !talk.does(next, Act.DISSENT);
    if (isReply && talk.line(next).words().size() <= MOST_OF_DUE) {
      return dates.dueIn(talk.line(next).text(), 0);
    }
    boolean goesOn =
        next < talk.size()
            && talk.isSameSpeaker(next - 1, next)
            && talk.line(next).words().size() <= MOST_OF_DUE
            && score(next) < LEAST;
    return goesOn ? dates.dueIn(talk.line(next).text(), 0) : null;
  }
}
