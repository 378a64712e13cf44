package io.maie.edge.text.extract;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Sentences that may be a finding.
 *
 * @param centre the sentence that makes them one
 * @param parts all of the sentences
 * @param score the evidence for it
 */
record Candidate(int centre, Set<Integer> parts, double score) {

  /** Words that a list may always have. */
  private static final double LEAST = 60;

  /** Sentences between two findings beside each other. */
  private static final int NEIGHBOURS = 3;

  /**
   * Tells how much a list takes.
   *
   * @param sure from this score on a finding is listed, however many there are
   * @param share of the words of the talk that the others may have
   * @param beside price of a finding beside a better one
   */
  record Limits(double sure, double share, double beside) {}

  Candidate {
    parts = Set.copyOf(parts);
  }

  /**
   * Chooses the best: all that are sure, and of the others the best until there are {@code enough}.
   * One that mostly repeats a better one is left out.
   *
   * @return in the order of the talk
   */
  static List<Candidate> best(List<Candidate> candidates, Talk talk, Limits limits) {
    List<Candidate> left = new ArrayList<>(candidates);
    List<Candidate> chosen = new ArrayList<>();
    Set<Integer> used = new HashSet<>();
    double room = Math.max(LEAST, talk.share(limits.share()));
    int length = 0;
    while (!left.isEmpty()) {
      Candidate best =
          Collections.max(left, Comparator.comparingDouble(each -> each.value(chosen, limits)));
      left.remove(best);
      boolean isWanted =
          best.value(chosen, limits) >= limits.sure() || length + talk.length(best.parts()) <= room;
      if (isWanted && !used.contains(best.centre()) && best.isNew(used)) {
        chosen.add(best);
        length += talk.length(best.parts());
        used.addAll(best.parts());
      }
    }
    chosen.sort(Comparator.comparingInt(candidate -> new TreeSet<>(candidate.parts()).first()));
    return chosen;
  }

  /** The score beside those that are chosen already. */
  private double value(List<Candidate> chosen, Limits limits) {
    boolean isBeside =
        chosen.stream().anyMatch(other -> Math.abs(other.centre - centre) <= NEIGHBOURS);
    return isBeside ? score - limits.beside() : score;
  }

  private boolean isNew(Set<Integer> used) {
    long old = parts.stream().filter(used::contains).count();
    return 2 * old <= parts.size();
  }
}
