package io.maie.edge.text.extract;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * Finds passages that likely settle something or give somebody a task, where no rule knows the
 * words. One passage may be listed as both.
 */
final class Passages {
  /** Share of the words of a talk that all findings together may have. */
  private static final double ROOM = 0.52;

  private static final double ROOM_OF_LIST = 0.4;

  /** Decisions are told in fewer signs than tasks, so that their likelihoods are lower. */
  private static final double DECISION_WEIGHT = 1.5;

  private static final int LONGEST = 60;
  private static final int FEWEST_TERMS = 6;

  private static final Act[] PERSONAL = {Act.PROMISE, Act.REQUEST, Act.DUTY, Act.ORDER};

  private final Talk talk;
  private final double[] decisions;
  private final double[] tasks;

  Passages(Talk talk) {
    this.talk = talk;
    Traits traits = new Traits(talk);
    List<Map<String, Double>> all = IntStream.range(0, talk.size()).mapToObj(traits::of).toList();
    decisions = all.stream().mapToDouble(Likelihood.DECISION::of).toArray();
    tasks = all.stream().mapToDouble(Likelihood.TASK::of).toArray();
  }

  /**
   * The findings of the rules and the likeliest passages beside them.
   *
   * @param decisions in order
   * @param tasks in order
   */
  record Findings(List<Candidate> decisions, List<Candidate> tasks) {}

  /** Adds passages as long as there is room for them; none in a language without shapes of acts. */
  Findings completed(Findings byRules) {
    if (!talk.hasActs()) {
      return byRules;
    }
    List<Set<Integer>> passages = chosen(byRules);
    return new Findings(
        listed(byRules.decisions(), passages, decisions), listed(byRules.tasks(), passages, tasks));
  }

  /** The likeliest passages that nothing else tells. */
  private List<Set<Integer>> chosen(Findings byRules) {
    Set<Set<Integer>> told = new LinkedHashSet<>();
    byRules.decisions().forEach(candidate -> told.add(candidate.parts()));
    byRules.tasks().forEach(candidate -> told.add(candidate.parts()));
    Set<Integer> used = new HashSet<>();
    told.forEach(used::addAll);
    double room = talk.share(ROOM) - told.stream().mapToInt(talk::length).sum();
    List<Set<Integer>> passages = new ArrayList<>();
    for (int at : bestFirst()) {
      Set<Integer> passage = untold(at, used);
      int length = talk.length(passage);
      boolean isTelling = talk.terms(passage).size() >= talk.enoughTerms(FEWEST_TERMS);
      if (isTelling && length <= Math.min(room, LONGEST)) {
        passages.add(passage);
        used.addAll(passage);
        room -= length;
      }
    }
    return passages;
  }

  /** The part of a passage around its centre that nothing tells yet. */
  private Set<Integer> untold(int at, Set<Integer> told) {
    Set<Integer> passage = talk.passage(at);
    Set<Integer> part = new TreeSet<>();
    for (int i = at; passage.contains(i) && !told.contains(i); i--) {
      part.add(i);
    }
    for (int i = at; passage.contains(i) && !told.contains(i); i++) {
      part.add(i);
    }
    return part;
  }

  private List<Integer> bestFirst() {
    Comparator<Integer> byValue =
        Comparator.comparingDouble(at -> Math.max(DECISION_WEIGHT * decisions[at], tasks[at]));
    return IntStream.range(0, talk.size()).boxed().sorted(byValue.reversed()).toList();
  }

  private List<Candidate> listed(
      List<Candidate> byRules, List<Set<Integer>> passages, double[] likelihoods) {
    List<Candidate> all = new ArrayList<>(byRules);
    double room =
        talk.share(ROOM_OF_LIST) - byRules.stream().mapToInt(c -> talk.length(c.parts())).sum();
    List<Candidate> candidates =
        passages.stream()
            .map(passage -> candidate(passage, likelihoods))
            .sorted(Comparator.comparingDouble(Candidate::score).reversed())
            .toList();
    for (Candidate candidate : candidates) {
      int length = talk.length(candidate.parts());
      if (length <= room) {
        all.add(candidate);
        room -= length;
      }
    }
    all.sort(Comparator.comparingInt(candidate -> new TreeSet<>(candidate.parts()).first()));
    return all;
  }

  private Candidate candidate(Set<Integer> passage, double[] likelihoods) {
    // Who has to do it is told where somebody promises or asks.
    Comparator<Integer> byAct = Comparator.comparing(at -> talk.doesAny(at, PERSONAL));
    int centre =
        passage.stream()
            .max(byAct.thenComparing(Comparator.comparingDouble(at -> likelihoods[at])))
            .orElseThrow();
    double score = passage.stream().mapToDouble(at -> likelihoods[at]).max().orElseThrow();
    return new Candidate(centre, passage, score);
  }
}
