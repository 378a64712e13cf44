package io.maie.edge.text.constrain;

import io.maie.edge.text.constrain.PatternParser.Either;
import io.maie.edge.text.constrain.PatternParser.One;
import io.maie.edge.text.constrain.PatternParser.Part;
import io.maie.edge.text.constrain.PatternParser.Repeat;
import io.maie.edge.text.constrain.PatternParser.Sequence;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

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
    return of(new Repeat(new One(CharacterSets.all()), fewest, most));
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
  private BitSet closed(List<Integer> states) {
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

  private List<Dfa.Move<BitSet>> moves(BitSet states) {
    List<Edge> own = states.stream().boxed().flatMap(state -> edges.get(state).stream()).toList();
    TreeSet<Integer> cuts = new TreeSet<>();
    for (Edge edge : own) {
      cuts.add(edge.least);
      cuts.add(edge.most + 1);
    }
    List<Dfa.Move<BitSet>> moves = new ArrayList<>();
    int least = -1;
    for (int cut : cuts) {
      int from = least;
      List<Integer> targets =
          own.stream()
              .filter(edge -> edge.least <= from && from <= edge.most)
              .map(Edge::target)
              .toList();
      if (!targets.isEmpty()) {
        moves.add(new Dfa.Move<>(from, cut - 1, closed(targets)));
      }
      least = cut;
    }
    return moves;
  }
}
