package io.maie.edge.asr.transducer;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Phrases that a search prefers, as an automaton that finds all of them at once (A. Aho and M.
 * Corasick, Efficient String Matching, 1975). Each token of a phrase earns a bonus. A hypothesis
 * that leaves a phrase before its end gives back what the unfinished part has earned; a finished
 * phrase keeps it, also if a longer one begins with it. Immutable once built.
 */
public final class PhraseGraph {
  /** The place of a search that is in no phrase. */
  static final int OUTSIDE = 0;

  private final double bonus;
  private final List<Map<Integer, Integer>> next = new ArrayList<>();
  private final List<Double> earned = new ArrayList<>();

  /** Bonus of the longest finished phrase on the way to a place. */
  private final List<Double> settled = new ArrayList<>();

  private final List<Integer> depth = new ArrayList<>();
  private final List<Integer> fallback = new ArrayList<>();
  private final List<Boolean> complete = new ArrayList<>();

  private PhraseGraph(double bonus) {
    this.bonus = bonus;
    addPlace(0, 0);
  }

  /**
   * The automaton of {@code phrases}.
   *
   * @param phrases tokens each, at least one
   * @param bonus per token; natural log
   */
  public static PhraseGraph of(List<List<Integer>> phrases, double bonus) {
    PhraseGraph graph = new PhraseGraph(bonus);
    phrases.forEach(graph::add);
    graph.link();
    return graph;
  }

  private int addPlace(double score, int tokens) {
    next.add(new HashMap<>());
    earned.add(score);
    settled.add(0.0);
    depth.add(tokens);
    fallback.add(OUTSIDE);
    complete.add(false);
    return next.size() - 1;
  }

  private void add(List<Integer> phrase) {
    int place = OUTSIDE;
    for (int token : phrase) {
      double score = earned.get(place) + bonus;
      int tokens = depth.get(place) + 1;
      place = next.get(place).computeIfAbsent(token, each -> addPlace(score, tokens));
    }
    complete.set(place, true);
  }

  /** Breadth first, so that the fallback of a place is known before its followers'. */
  private void link() {
    Deque<Integer> places = new ArrayDeque<>(next.get(OUTSIDE).values());
    while (!places.isEmpty()) {
      int place = places.remove();
      next.get(place)
          .forEach(
              (token, follower) -> {
                fallback.set(follower, reach(fallback.get(place), token));
                boolean isEnd = complete.get(follower);
                settled.set(follower, isEnd ? earned.get(follower) : settled.get(place));
                places.add(follower);
              });
    }
  }

  public boolean isEmpty() {
    return next.size() == 1;
  }

  /** The place that {@code token} leads to from {@code place}. */
  int reach(int place, int token) {
    int at = place;
    while (at != OUTSIDE && !next.get(at).containsKey(token)) {
      at = fallback.get(at);
    }
    return next.get(at).getOrDefault(token, OUTSIDE);
  }

  /** The bonus of a step, below 0 if a phrase is left. */
  double gain(int place, int reached) {
    boolean isLeft = depth.get(reached) <= depth.get(place);
    return earned.get(reached) - earned.get(place) + (isLeft ? settled.get(place) : 0);
  }

  /**
   * The place from which the search continues: outside, behind the end of a phrase that no other
   * phrase continues.
   */
  int resume(int reached) {
    return complete.get(reached) && next.get(reached).isEmpty() ? OUTSIDE : reached;
  }

  /** Bonus that is taken back at the end of the search. */
  double unfinished(int place) {
    return earned.get(place) - settled.get(place);
  }
}
