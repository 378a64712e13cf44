package io.maie.edge.asr.transducer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.assertj.core.api.recursive.comparison.RecursiveComparisonConfiguration;
import org.assertj.core.util.DoubleComparator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The beam search, wide enough to keep everything, against all alignments there are. */
final class TransducerBeamTest {
  private static final int TOKENS = 3;
  private static final int CONTEXT = 2;
  private static final int SEEDS = 40;
  private static final int EVERYTHING = 729;
  private static final PhraseGraph NO_PHRASES = PhraseGraph.of(List.of(), 0);

  @ParameterizedTest
  @ValueSource(ints = {0, 2})
  void aBeamThatKeepsEverythingFindsTheBestSequence(int blank) throws Exception {
    for (int seed = 0; seed < SEEDS; seed++) {
      TableNetwork network = new TableNetwork(seed, TOKENS, CONTEXT, 8);
      SearchRules rules = rules(blank, EVERYTHING);
      int frames = seed % 7;

      assertThat(tokens(search(network, rules, NO_PHRASES, frames)))
          .as("seed %d", seed)
          .isEqualTo(best(sequences(network, rules, frames), sequence -> 0));
    }
  }

  @ParameterizedTest
  @CsvSource({"0, 1", "0, 2", "0, 3", "2, 1", "3, 2", "3, 3"})
  void durationsAndSeveralTokensAFrameAreFollowedToTheBestSequence(int durations, int limit)
      throws Exception {
    for (int seed = 0; seed < SEEDS; seed++) {
      TableNetwork network = new TableNetwork(seed, TOKENS + durations, CONTEXT, 8);
      SearchRules rules = new SearchRules(TOKENS, 0, -1, durations, limit, CONTEXT, 0, 100_000, 0);
      int frames = seed % 5;
      Alignments alignments = new Alignments(network, rules, frames);

      assertThat(tokens(search(network, rules, NO_PHRASES, frames)))
          .as("seed %d", seed)
          .isEqualTo(best(alignments.sequences(), sequence -> 0));
    }
  }

  @ParameterizedTest
  @CsvSource({"0, 2", "3, 2"})
  void aPhraseIsWorthItsBonusWhereAFrameSaysSeveralTokens(int durations, int limit)
      throws Exception {
    PhraseGraph phrase = PhraseGraph.of(List.of(List.of(1, 2)), 1);
    int changed = 0;
    for (int seed = 0; seed < SEEDS; seed++) {
      TableNetwork network = new TableNetwork(seed, TOKENS + durations, CONTEXT, 8);
      SearchRules rules = new SearchRules(TOKENS, 0, -1, durations, limit, CONTEXT, 0, 100_000, 1);
      Map<List<Integer>, Double> sequences = new Alignments(network, rules, seed % 5).sequences();

      List<Integer> found = tokens(search(network, rules, phrase, seed % 5));

      assertThat(found).as("seed %d", seed).isEqualTo(best(sequences, TransducerBeamTest::bonus));
      changed += found.equals(best(sequences, sequence -> 0)) ? 0 : 1;
    }
    assertThat(changed).isPositive();
  }

  @ParameterizedTest
  @CsvSource({"0, 3", "4, 3"})
  void aBeamOfOneEqualsTheGreedySearch(int durations, int limit) throws Exception {
    for (int seed = 0; seed < SEEDS; seed++) {
      TableNetwork network = new TableNetwork(seed, TOKENS + durations, CONTEXT, 8);
      SearchRules rules = new SearchRules(TOKENS, 2, -1, durations, limit, CONTEXT, 0, 1, 0);
      TransducerSearch greedy = new GreedySearch<>(network, rules);
      greedy.accept(TableNetwork.frames(0, 30));

      assertThat(search(network, rules, NO_PHRASES, 30))
          .as("seed %d", seed)
          .usingRecursiveFieldByFieldElementComparator(
              RecursiveComparisonConfiguration.builder()
                  .withComparatorForType(new DoubleComparator(1e-9), Double.class)
                  .build())
          .isEqualTo(greedy.finish());
    }
  }

  @Test
  void aPhraseChangesTheTextOfAModelWithDurations() throws Exception {
    PhraseGraph phrase = PhraseGraph.of(List.of(List.of(1, 2)), 2);
    int gained = 0;
    for (int seed = 0; seed < SEEDS; seed++) {
      TableNetwork network = new TableNetwork(seed, TOKENS + 3, CONTEXT, 8);
      SearchRules rules = new SearchRules(TOKENS, 0, -1, 3, 2, CONTEXT, 0, 8, 2);
      double with = bonus(tokens(search(network, rules, phrase, 12)));
      double without = bonus(tokens(search(network, rules, NO_PHRASES, 12)));

      assertThat(with).as("seed %d", seed).isGreaterThanOrEqualTo(without);
      gained += with > without ? 1 : 0;
    }
    assertThat(gained).isGreaterThan(SEEDS / 2);
  }

  @Test
  void aPhraseIsWorthItsBonusForEachTime() throws Exception {
    PhraseGraph phrase = PhraseGraph.of(List.of(List.of(1, 2)), 1);
    int changed = 0;
    for (int seed = 0; seed < SEEDS; seed++) {
      TableNetwork network = new TableNetwork(seed, TOKENS, CONTEXT, 8);
      SearchRules rules = rules(0, EVERYTHING);
      Map<List<Integer>, Double> sequences = sequences(network, rules, 5);

      List<Integer> found = tokens(search(network, rules, phrase, 5));

      assertThat(found).as("seed %d", seed).isEqualTo(best(sequences, TransducerBeamTest::bonus));
      changed += found.equals(best(sequences, sequence -> 0)) ? 0 : 1;
    }
    assertThat(changed).isPositive();
  }

  @Test
  void aBeamOfOneSaysAtMostOneTokenAFrame() throws Exception {
    TableNetwork network = new TableNetwork(5, TOKENS, CONTEXT, 8);
    SearchRules rules = rules(0, 1);
    TransducerSearch beam = new BeamSearch<>(network, rules, NO_PHRASES);
    TransducerSearch greedy = new GreedySearch<>(network, rules);

    beam.accept(TableNetwork.frames(0, 40));
    greedy.accept(TableNetwork.frames(0, 40));

    assertThat(beam.finish()).extracting(SaidToken::token).isEqualTo(tokens(greedy.finish()));
    for (int i = 0; i < greedy.finish().size(); i++) {
      assertThat(beam.finish().get(i).logProbability())
          .isCloseTo(greedy.finish().get(i).logProbability(), within(1e-9));
    }
  }

  @Test
  void partsMakeNoDifference() throws Exception {
    TableNetwork network = new TableNetwork(6, TOKENS, CONTEXT, 8);
    TransducerSearch search = new BeamSearch<>(network, rules(0, 4), NO_PHRASES);

    search.accept(TableNetwork.frames(0, 1));
    search.accept(TableNetwork.frames(1, 1));
    search.accept(TableNetwork.frames(1, 30));

    assertThat(search.finish()).isEqualTo(search(network, rules(0, 4), NO_PHRASES, 30));
  }

  @Test
  void anUnfinishedPhraseLosesItsBonus() {
    PhraseGraph graph = PhraseGraph.of(List.of(List.of(1, 2, 3), List.of(2, 4)), 1.5);

    int afterTwo = graph.reach(graph.reach(PhraseGraph.OUTSIDE, 1), 2);

    assertThat(graph.gain(PhraseGraph.OUTSIDE, afterTwo)).isEqualTo(3);
    assertThat(graph.unfinished(afterTwo)).isEqualTo(3);
    assertThat(graph.gain(afterTwo, graph.reach(afterTwo, 4))).isEqualTo(0);
    assertThat(graph.unfinished(graph.resume(graph.reach(afterTwo, 4)))).isZero();
    assertThat(graph.gain(afterTwo, graph.reach(afterTwo, 9))).isEqualTo(-3);
  }

  @Test
  void aPhraseThatALongerOneBeginsWithKeepsItsBonus() {
    PhraseGraph graph = PhraseGraph.of(List.of(List.of(1, 2), List.of(1, 2, 3, 4)), 1.5);

    int finished = graph.reach(graph.reach(PhraseGraph.OUTSIDE, 1), 2);
    int begun = graph.reach(graph.resume(finished), 3);

    assertThat(graph.unfinished(finished)).isZero();
    assertThat(graph.gain(finished, graph.reach(finished, 9))).isZero();
    assertThat(graph.gain(finished, begun)).isEqualTo(1.5);
    assertThat(graph.unfinished(begun)).isEqualTo(1.5);
    assertThat(graph.gain(begun, graph.reach(begun, 9))).isEqualTo(-1.5);
    assertThat(graph.gain(begun, graph.reach(begun, 4))).isEqualTo(1.5);
  }

  /** One for each token of each phrase 1 2. */
  private static double bonus(List<Integer> sequence) {
    double bonus = 0;
    for (int i = 1; i < sequence.size(); i++) {
      bonus += sequence.get(i - 1) == 1 && sequence.get(i) == 2 ? 2 : 0;
    }
    return bonus;
  }

  private static List<Integer> best(
      Map<List<Integer>, Double> sequences, ToDoubleFunction<List<Integer>> bonus) {
    return sequences.entrySet().stream()
        .max(
            Comparator.comparingDouble(
                entry ->
                    (entry.getValue() + bonus.applyAsDouble(entry.getKey()))
                        / (entry.getKey().size() + CONTEXT)))
        .map(Map.Entry::getKey)
        .orElseThrow();
  }

  private static List<SaidToken> search(
      TableNetwork network, SearchRules rules, PhraseGraph phrases, int frames) throws Exception {
    TransducerSearch search = new BeamSearch<>(network, rules, phrases);
    search.accept(TableNetwork.frames(0, frames));
    return search.finish();
  }

  private static List<Integer> tokens(List<SaidToken> said) {
    return said.stream().map(SaidToken::token).toList();
  }

  private static SearchRules rules(int blank, int beamSize) {
    return new SearchRules(TOKENS, blank, -1, 0, 1, CONTEXT, 0, beamSize, 0);
  }

  /** The log-probability of each sequence, all alignments of one token a frame added up. */
  private static Map<List<Integer>, Double> sequences(
      TableNetwork network, SearchRules rules, int frames) {
    Map<List<Integer>, Double> sums = new HashMap<>(Map.of(List.of(), 0.0));
    for (int frame = 0; frame < frames; frame++) {
      Map<List<Integer>, Double> next = new HashMap<>();
      for (Map.Entry<List<Integer>, Double> entry : sums.entrySet()) {
        List<Integer> said = entry.getKey();
        float[] scores =
            network.scores(frame, said.subList(Math.max(0, said.size() - CONTEXT), said.size()));
        double sum = 0;
        for (float score : scores) {
          sum += Math.exp(score);
        }
        for (int token = 0; token < TOKENS; token++) {
          List<Integer> following = new ArrayList<>(said);
          if (token != rules.blank()) {
            following.add(token);
          }
          double score = entry.getValue() + scores[token] - Math.log(sum);
          next.merge(following, score, (a, b) -> Math.log(Math.exp(a) + Math.exp(b)));
        }
      }
      sums = next;
    }
    return sums;
  }
}
