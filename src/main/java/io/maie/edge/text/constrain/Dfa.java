package io.maie.edge.text.constrain;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.function.Function;
import java.util.function.IntBinaryOperator;
import java.util.function.Predicate;

/**
 * A deterministic finite automaton over characters. State 0 is its start; from every state that a
 * move leads to an end can be reached. Immutable.
 */
final class Dfa {
  static final int DEAD = -1;

  /** An automaton that is larger is not worth its memory. */
  private static final int MOST_STATES = 20_000;

  /**
   * A way from one state to another.
   *
   * @param least first character of a range
   * @param most last one
   */
  record Move<S>(int least, int most, S target) {}

  private final List<List<Move<Integer>>> moves;
  private final boolean[] ends;

  private Dfa(List<List<Move<Integer>>> moves, boolean[] ends) {
    this.moves = moves;
    this.ends = ends;
  }

  /**
   * The automaton of the states that can be reached from one.
   *
   * @param moves of a state; their ranges do not overlap
   * @return empty if there are too many states
   */
  static <S> Optional<Dfa> explore(S start, Function<S, List<Move<S>>> moves, Predicate<S> isEnd) {
    Map<S, Integer> numbers = new HashMap<>(Map.of(start, 0));
    Deque<S> open = new ArrayDeque<>(List.of(start));
    List<List<Move<Integer>>> found = new ArrayList<>();
    List<Boolean> ends = new ArrayList<>();
    while (!open.isEmpty()) {
      S state = open.remove();
      List<Move<Integer>> own = new ArrayList<>();
      for (Move<S> move : moves.apply(state)) {
        Integer number = numbers.get(move.target);
        if (number == null) {
          number = numbers.size();
          numbers.put(move.target, number);
          open.add(move.target);
        }
        own.add(new Move<>(move.least, move.most, number));
      }
      found.add(own);
      ends.add(isEnd.test(state));
      if (numbers.size() > MOST_STATES) {
        return Optional.empty();
      }
    }
    boolean[] isEnding = new boolean[ends.size()];
    for (int i = 0; i < isEnding.length; i++) {
      isEnding[i] = ends.get(i);
    }
    return Optional.of(new Dfa(alive(found, isEnding), isEnding));
  }

  /** Moves without those to states from which no end can be reached. */
  private static List<List<Move<Integer>>> alive(
      List<List<Move<Integer>>> moves, boolean[] isEnding) {
    int[] distances = new Dfa(moves, isEnding).costs((least, most) -> 1, 0);
    return moves.stream()
        .map(
            own ->
                own.stream()
                    .filter(move -> Cost.isPossible(distances[move.target]))
                    .sorted(Comparator.comparingInt(Move::least))
                    .toList())
        .toList();
  }

  /** The automaton of the texts that both accept; empty if it is too large. */
  Optional<Dfa> and(Dfa other) {
    return explore(
        List.of(0, 0),
        pair -> {
          List<Move<List<Integer>>> both = new ArrayList<>();
          for (Move<Integer> a : moves.get(pair.get(0))) {
            for (Move<Integer> b : other.moves.get(pair.get(1))) {
              int least = Math.max(a.least, b.least);
              int most = Math.min(a.most, b.most);
              if (least <= most) {
                both.add(new Move<>(least, most, List.of(a.target, b.target)));
              }
            }
          }
          return both;
        },
        pair -> ends[pair.get(0)] && other.ends[pair.get(1)]);
  }

  /** The state after one more character, or {@link #DEAD}. */
  int next(int state, int character) {
    List<Move<Integer>> own = moves.get(state);
    int index = indexFrom(own, character);
    return index < own.size() && own.get(index).least <= character ? own.get(index).target : DEAD;
  }

  /** The moves of a state over characters between two, in their order. */
  List<Move<Integer>> moves(int state, int least, int most) {
    List<Move<Integer>> own = moves.get(state);
    int start = indexFrom(own, least);
    int end = start;
    while (end < own.size() && own.get(end).least <= most) {
      end++;
    }
    return own.subList(start, end);
  }

  /** The index of the first move that ends with a character or a later one. */
  private static int indexFrom(List<Move<Integer>> moves, int character) {
    int low = 0;
    int high = moves.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (moves.get(middle).most < character) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  boolean isEnd(int state) {
    return ends[state];
  }

  /**
   * The least cost from each state to an end, by Dijkstra's algorithm.
   *
   * @param ofRange cost of the cheapest character in a range
   * @param ofEnd cost of an end
   */
  int[] costs(IntBinaryOperator ofRange, int ofEnd) {
    List<List<int[]>> backwards = new ArrayList<>();
    moves.forEach(own -> backwards.add(new ArrayList<>()));
    for (int state = 0; state < ends.length; state++) {
      for (Move<Integer> move : moves.get(state)) {
        int cost = ofRange.applyAsInt(move.least, move.most);
        if (Cost.isPossible(cost)) {
          backwards.get(move.target).add(new int[] {state, cost});
        }
      }
    }
    int[] costs = new int[ends.length];
    Arrays.fill(costs, Cost.IMPOSSIBLE);
    PriorityQueue<int[]> open = new PriorityQueue<>(Comparator.comparingInt(entry -> entry[1]));
    for (int state = 0; state < ends.length; state++) {
      if (ends[state]) {
        open.add(new int[] {state, ofEnd});
      }
    }
    while (!open.isEmpty()) {
      int[] best = open.remove();
      if (best[1] < costs[best[0]]) {
        costs[best[0]] = best[1];
        for (int[] edge : backwards.get(best[0])) {
          open.add(new int[] {edge[0], Cost.sum(best[1], edge[1])});
        }
      }
    }
    return costs;
  }
}
