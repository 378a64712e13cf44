package io.maie.edge.text.constrain;

import io.maie.edge.text.constrain.PatternParser.Either;
import io.maie.edge.text.constrain.PatternParser.One;
import io.maie.edge.text.constrain.PatternParser.Part;
import io.maie.edge.text.constrain.PatternParser.Repeat;
import io.maie.edge.text.constrain.PatternParser.Sequence;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Automata of regular expressions: Thompson's construction, then that of subsets. */
final class PatternAutomaton {
  private static final int MOST_STATES = 10_000;

  /** A way to a state over a range of characters. */
  private record Edge(int least, int most, int target) {}

  private final List<List<Edge>> edges = new ArrayList<>();
  private final List<List<Integer>> jumps = new ArrayList<>();

  private PatternAutomaton() {}

  /** The automaton of the texts that a part matches; empty if it is too large. */
  static Optional<Dfa> of(Part part) {
    PatternAutomaton automaton = new PatternAutomaton();
    int start = automaton.state();
    int end = automaton.append(part, start);
    if (automaton.isTooLarge()) {
      return Optional.empty();
    }
    return Dfa.explore(
        automaton.closed(List.of(start)), automaton::moves, states -> states.get(end));
  }

  /** The automaton of the texts with a number of characters; empty if it is too large. */
  static Optional<Dfa> ofLength(int fewest, int most) {
    PatternAutomaton any = new PatternAutomaton();
    int start = any.state();
    any.appendOne(CharacterSets.ALL, start);
    return Dfa.explore(
        0,
        length ->
            any.edges.get(start).stream()
                .filter(edge -> length < most)
                .map(edge -> new Dfa.Move<>(edge.least, edge.most, length + 1))
                .toList(),
        length -> length >= fewest);
  }

  private boolean isTooLarge() {
    return edges.size() > MOST_STATES;
  }

  private int state() {
    edges.add(new ArrayList<>());
    jumps.add(new ArrayList<>());
    return edges.size() - 1;
  }

  /** Appends a part to a state; returns the state after it. */
  private int append(Part part, int from) {
    if (isTooLarge()) {
      return from;
    }
    if (part instanceof One one) {
      return appendOne(one.characters(), from);
    }
    if (part instanceof Repeat repeat) {
      return appendRepeat(repeat, from);
    }
    if (part instanceof Either either) {
      int end = state();
      for (Part branch : either.parts()) {
        int start = state();
        jumps.get(from).add(start);
        jumps.get(append(branch, start)).add(end);
      }
      return end;
    }
    int at = from;
    for (Part each : ((Sequence) part).parts()) {
      at = append(each, at);
    }
    return at;
  }

  private int appendOne(BitSet characters, int from) {
    int end = state();
    for (int least = characters.nextSetBit(0); least >= 0; ) {
      int after = characters.nextClearBit(least);
      edges.get(from).add(new Edge(least, after - 1, end));
      least = characters.nextSetBit(after);
    }
    return end;
  }

  private int appendRepeat(Repeat repeat, int from) {
    int at = from;
    for (int i = 0; i < repeat.least(); i++) {
      at = append(repeat.part(), at);
    }
    if (repeat.most() < 0) {
      int loop = state();
      jumps.get(at).add(loop);
      jumps.get(append(repeat.part(), loop)).add(loop);
      return loop;
    }
    int end = state();
    for (int i = repeat.least(); i < repeat.most() && !isTooLarge(); i++) {
      jumps.get(at).add(end);
      at = append(repeat.part(), at);
    }
    jumps.get(at).add(end);
    return end;
  }

  /** These states and all that can be jumped to. */
  private BitSet closed(Collection<Integer> states) {
    BitSet closed = new BitSet();
    List<Integer> open = new ArrayList<>(states);
    while (!open.isEmpty()) {
      int state = open.remove(open.size() - 1);
      if (!closed.get(state)) {
        closed.set(state);
        open.addAll(jumps.get(state));
      }
    }
    return closed;
  }

  /** Sweeps over the ranges of all edges from some states; where they overlap, all are taken. */
  private List<Dfa.Move<BitSet>> moves(BitSet states) {
    TreeMap<Integer, List<Edge>> cuts = new TreeMap<>();
    states.stream()
        .boxed()
        .flatMap(state -> edges.get(state).stream())
        .forEach(
            edge -> {
              cuts.computeIfAbsent(edge.least, cut -> new ArrayList<>()).add(edge);
              cuts.computeIfAbsent(edge.most + 1, cut -> new ArrayList<>()).add(edge);
            });
    Map<Set<Integer>, BitSet> known = new HashMap<>();
    Set<Edge> open = new HashSet<>();
    List<Dfa.Move<BitSet>> moves = new ArrayList<>();
    int from = 0;
    for (Map.Entry<Integer, List<Edge>> cut : cuts.entrySet()) {
      if (!open.isEmpty()) {
        Set<Integer> targets = open.stream().map(Edge::target).collect(Collectors.toSet());
        moves.add(
            new Dfa.Move<>(from, cut.getKey() - 1, known.computeIfAbsent(targets, this::closed)));
      }
      from = cut.getKey();
      for (Edge edge : cut.getValue()) {
        if (edge.least == from) {
          open.add(edge);
        } else {
          open.remove(edge);
        }
      }
    }
    return moves;
  }
}
