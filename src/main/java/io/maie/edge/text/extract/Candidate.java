package io.maie.edge.text.extract;

import java.util.ArrayList;
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

  /** Words of an ordinary talk, whose lists have the share. */
  private static final double ORDINARY = 1000;

  Candidate {
    parts = Set.copyOf(parts);
  }

  /**
   * Chooses the best: all that are sure, and of the others the best until there are {@code enough}.
   * One that mostly repeats a better one is left out.
   *
   * @return in the order of the talk
   */
  static List<Candidate> best(List<Candidate> candidates, Talk talk, double sure, double share) {
    List<Candidate> ordered = new ArrayList<>(candidates);
    ordered.sort(Comparator.comparingDouble(candidate -> -candidate.score()));
    List<Candidate> chosen = new ArrayList<>();
    Set<Integer> used = new HashSet<>();
    double room = room(talk.words(), share);
    int length = 0;
    for (Candidate candidate : ordered) {
      boolean isWanted =
          candidate.score() >= sure || length + talk.length(candidate.parts()) <= room;
      if (isWanted && !used.contains(candidate.centre()) && candidate.isNew(used)) {
        chosen.add(candidate);
        length += talk.length(candidate.parts());
        used.addAll(candidate.parts());
      }
    }
    chosen.sort(Comparator.comparingInt(candidate -> new TreeSet<>(candidate.parts()).first()));
    return chosen;
  }

  /** Words that a list may have: the longer the talk, the smaller a share of it. */
  private static double room(int words, double share) {
    return share * Math.sqrt(ORDINARY * words);
  }

  private boolean isNew(Set<Integer> used) {
    long old = parts.stream().filter(used::contains).count();
    return 2 * old <= parts.size();
  }
}
