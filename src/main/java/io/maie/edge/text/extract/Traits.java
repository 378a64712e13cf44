package io.maie.edge.text.extract;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntPredicate;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/**
 * Tells what shows in a sentence, around it and in its passage, in numbers from 0 to about 1. The
 * weights of {@link Likelihood} belong to these names.
 */
final class Traits {
  private static final double MANY_WORDS = 40;
  private static final double MANY_TERMS = 16;
  private static final int SHORT = 6;
  private static final int AROUND = 3;
  private static final int DISCUSSION = 8;
  private static final int MEMORY = 14;
  private static final double OPENING = 0.1;
  private static final double CLOSING = 0.85;

  private static final List<Act> OF_OTHERS =
      List.of(
          Act.DECIDED,
          Act.SETTLED,
          Act.PROPOSAL,
          Act.ASSENT,
          Act.DISSENT,
          Act.PROMISE,
          Act.REQUEST,
          Act.DUTY,
          Act.ORDER,
          Act.TOPIC);

  private final Talk talk;
  private final Map<String, IntToDoubleFunction> all = new LinkedHashMap<>();

  /** Where each term is said. */
  private final Map<String, NavigableSet<Integer>> places = new HashMap<>();

  private final double[] connected;

  Traits(Talk talk) {
    this.talk = talk;
    for (int i = 0; i < talk.size(); i++) {
      for (String term : talk.terms(i)) {
        places.computeIfAbsent(term, key -> new TreeSet<>()).add(i);
      }
    }
    connected = connected();
    addActs();
    addSentence();
    addPassage();
  }

  /** All of them by name, in the same order for every sentence. */
  Map<String, Double> of(int at) {
    Map<String, Double> values = new LinkedHashMap<>();
    all.forEach((name, trait) -> values.put(name, trait.applyAsDouble(at)));
    return values;
  }

  private void addActs() {
    for (Act act : Act.values()) {
      String name = act.name().toLowerCase(Locale.ROOT);
      addIf(name, at -> talk.does(at, act));
      addIf("alone." + name, at -> talk.isMonologue() && talk.does(at, act));
    }
    for (Act act : OF_OTHERS) {
      String name = act.name().toLowerCase(Locale.ROOT);
      addIf("before." + name, at -> talk.previous(at, AROUND, i -> talk.does(i, act)) >= 0);
      addIf("after." + name, at -> talk.next(at, AROUND, i -> talk.does(i, act)) >= 0);
      addIf("asked." + name, at -> talk.previous(at, AROUND, i -> isOthers(at, i, act)) >= 0);
      addIf("reply." + name, at -> talk.next(at, AROUND, i -> isOthers(at, i, act)) >= 0);
      all.put("around." + name, at -> share(at, i -> talk.does(i, act)));
    }
  }

  private void addSentence() {
    addIf("question", at -> talk.line(at).isQuestion());
    addIf("asked", at -> talk.previous(at, 2, i -> isOthersQuestion(at, i)) >= 0);
    addIf("questioned", at -> talk.next(at, 2, i -> isOthersQuestion(at, i)) >= 0);
    addIf("monologue", at -> talk.isMonologue());
    addIf("short", at -> talk.line(at).words().size() < SHORT);
    all.put("words", at -> talk.line(at).words().size() / MANY_WORDS);
    all.put("terms", at -> talk.terms(at).size() / MANY_TERMS);
    all.put("centrality", talk::centrality);
    all.put("connected", at -> connected[at]);
    all.put("position", this::position);
    addIf("opening", at -> position(at) < OPENING);
    addIf("closing", at -> position(at) > CLOSING);
    addIf("date", talk::hasDate);
    addIf("figure", talk::hasFigure);
    addIf("name", talk::namesSomebody);
    addIf("first", at -> at == 0 || !talk.isSameSpeaker(at, at - 1));
    addIf("last", at -> at + 1 == talk.size() || !talk.isSameSpeaker(at, at + 1));
    all.put("said", at -> repeated(at, at - MEMORY, at));
    all.put("again", at -> repeated(at, at + 1, at + MEMORY));
    all.put("ever", at -> repeated(at, 0, at));
  }

  private void addPassage() {
    all.put("passage.words", at -> talk.length(talk.passage(at)) / MANY_WORDS);
    all.put("passage.terms", at -> talk.terms(talk.passage(at)).size() / MANY_TERMS);
    all.put("passage.topic", at -> topical(at) / MANY_TERMS);
    all.put("passage.centrality", at -> sum(at, talk::centrality) / AROUND);
    all.put("passage.connected", at -> sum(at, i -> connected[i]) / AROUND);
    addIf("passage.figure", at -> talk.passage(at).stream().anyMatch(talk::hasFigure));
    addIf("passage.date", at -> talk.passage(at).stream().anyMatch(talk::hasDate));
    addIf("passage.name", at -> talk.passage(at).stream().anyMatch(talk::namesSomebody));
    all.put("passage.questions", at -> sum(at, i -> talk.line(i).isQuestion() ? 1 : 0) / AROUND);
  }

  private void addIf(String name, IntPredicate trait) {
    all.put(name, at -> trait.test(at) ? 1 : 0);
  }

  private boolean isOthers(int at, int other, Act act) {
    return talk.isOtherSpeaker(at, other) && talk.does(other, act);
  }

  private boolean isOthersQuestion(int at, int other) {
    return talk.isOtherSpeaker(at, other) && talk.line(other).isQuestion();
  }

  private double position(int at) {
    return (double) at / Math.max(1, talk.size() - 1);
  }

  private double share(int at, IntPredicate fits) {
    long count =
        IntStream.rangeClosed(
                Math.max(0, at - DISCUSSION), Math.min(talk.size() - 1, at + DISCUSSION))
            .filter(i -> i != at && fits.test(i))
            .count();
    return (double) count / DISCUSSION;
  }

  /** Share of the terms that are said in another part too. */
  private double repeated(int at, int from, int to) {
    Set<String> terms = talk.terms(at);
    long found = terms.stream().filter(term -> isSaid(term, from, to)).count();
    return terms.isEmpty() ? 0 : (double) found / terms.size();
  }

  private boolean isSaid(String term, int from, int to) {
    Integer next = places.getOrDefault(term, new TreeSet<>()).ceiling(from);
    return next != null && next < to;
  }

  /** Terms of the passage that are said in several sentences of the talk. */
  private double topical(int at) {
    return talk.terms(talk.passage(at)).stream()
        .filter(term -> places.getOrDefault(term, new TreeSet<>()).size() > 1)
        .count();
  }

  private double sum(int at, IntToDoubleFunction value) {
    return talk.passage(at).stream().mapToDouble(value::applyAsDouble).sum();
  }

  /**
   * How many words a sentence shares with the others, by its length: the degree in the graph of
   * TextRank (Mihalcea and Tarau, 2004), in linear time.
   */
  private double[] connected() {
    Map<String, Integer> frequencies = new HashMap<>();
    double lengths = 0;
    for (int i = 0; i < talk.size(); i++) {
      lengths += Math.log(1 + talk.line(i).words().size());
      new HashSet<>(talk.line(i).words()).forEach(word -> frequencies.merge(word, 1, Integer::sum));
    }
    double[] degrees = new double[talk.size()];
    double highest = 1e-9;
    for (int i = 0; i < degrees.length; i++) {
      List<String> words = talk.line(i).words();
      double shared =
          new HashSet<>(words).stream().mapToInt(w -> frequencies.getOrDefault(w, 1) - 1).sum();
      degrees[i] = shared / (Math.log(1 + words.size()) + lengths / degrees.length);
      highest = Math.max(highest, degrees[i]);
    }
    for (int i = 0; i < degrees.length; i++) {
      degrees[i] /= highest;
    }
    return degrees;
  }
}
