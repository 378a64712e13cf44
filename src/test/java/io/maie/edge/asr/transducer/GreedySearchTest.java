package io.maie.edge.asr.transducer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.maie.edge.failure.ProcessingException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.assertj.core.api.recursive.comparison.RecursiveComparisonConfiguration;
import org.assertj.core.util.DoubleComparator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The greedy search against the rule as the papers write it, frame by frame. */
final class GreedySearchTest {
  private static final int SEEDS = 60;
  private static final int BLANK = 0;

  /** Sums of the same numbers in another order. */
  private static final DoubleComparator CLOSE = new DoubleComparator(1e-9);

  @ParameterizedTest
  @CsvSource({"0, 1", "0, 3", "0, 10", "3, 1", "3, 10", "5, 2"})
  void findsWhatTheRuleFindsFrameByFrame(int durations, int limit) throws Exception {
    for (int seed = 0; seed < SEEDS; seed++) {
      SearchRules rules = rules(4, durations, limit);
      TableNetwork network = new TableNetwork(seed, 4 + durations, 2, 1 + seed % 5);
      int frames = seed % 23;

      assertThat(search(network, rules, frames, new Random(seed)))
          .as("seed %d", seed)
          .usingRecursiveFieldByFieldElementComparator(
              RecursiveComparisonConfiguration.builder()
                  .withComparatorForType(CLOSE, Double.class)
                  .build())
          .isEqualTo(byTheRule(network, rules, frames));
    }
  }

  @Test
  void noFramesGiveNoTokens() throws Exception {
    SearchRules rules = rules(4, 0, 10);

    assertThat(search(new TableNetwork(1, 4, 2, 8), rules, 0, new Random(1))).isEmpty();
  }

  @Test
  void aModelThatNeverFallsSilentSaysTheLimitInEveryFrame() throws Exception {
    SearchRules rules = new SearchRules(3, 2, -1, 0, 4, 1, 100, 1, 0);

    assertThat(search(new TableNetwork(1, 3, 1, 8), rules, 5, new Random(1)))
        .hasSize(5 * 4)
        .isSortedAccordingTo(Comparator.comparing(SaidToken::frame));
  }

  @Test
  void blanksWithoutDurationStillEnd() throws Exception {
    TransducerNetwork<List<Integer>> silent = new Fixed(new float[] {5, 0, 0, 9, 0, 0});
    TransducerSearch search = new GreedySearch<>(silent, rules(3, 3, 10));

    search.accept(TableNetwork.frames(0, 50));

    assertThat(search.finish()).isEmpty();
  }

  @Test
  void theUnknownTokenCountsAsBlank() throws Exception {
    SearchRules rules = new SearchRules(3, 0, 2, 0, 1, 2, 0, 1, 0);
    TransducerSearch search = new GreedySearch<>(new Fixed(new float[] {1, 0, 5}), rules);

    search.accept(TableNetwork.frames(0, 5));

    assertThat(search.finish()).isEmpty();
  }

  @Test
  void probabilitiesLeaveDurationsOut() throws Exception {
    SearchRules rules = rules(2, 2, 1);
    TransducerSearch search = new GreedySearch<>(new Fixed(new float[] {0, 1, 50, 60}), rules);

    search.accept(TableNetwork.frames(0, 1));

    assertThat(search.finish()).hasSize(1);
    assertThat(search.finish().get(0).logProbability())
        .isCloseTo(-Math.log(1 + Math.exp(-1)), within(1e-6));
    assertThat(search.finish().get(0).duration()).isEqualTo(1);
  }

  @Test
  void anotherNumberOfTokensIsRefused() throws Exception {
    TransducerSearch search = new GreedySearch<>(new Fixed(new float[5]), rules(4, 0, 1));

    assertThatThrownBy(() -> search.accept(TableNetwork.frames(0, 1)))
        .isInstanceOf(ProcessingException.class)
        .hasMessageContaining("Expected scores of 4 tokens and 0 durations");
  }

  private static SearchRules rules(int vocabulary, int durations, int limit) {
    return new SearchRules(vocabulary, BLANK, -1, durations, limit, 2, 0, 1, 0);
  }

  /** Gives the frames in parts of random lengths. */
  private static List<SaidToken> search(
      TableNetwork network, SearchRules rules, int frames, Random random) throws Exception {
    TransducerSearch search = TransducerSearch.begin(network, rules, PhraseGraph.of(List.of(), 0));
    int from = 0;
    while (from < frames) {
      int to = Math.min(frames, from + random.nextInt(9));
      search.accept(TableNetwork.frames(from, to));
      from = to;
    }
    return search.finish();
  }

  private static List<SaidToken> byTheRule(TableNetwork network, SearchRules rules, int frames) {
    List<SaidToken> said = new ArrayList<>();
    List<Integer> prediction = network.start();
    int frame = 0;
    int symbols = 0;
    while (frame < frames) {
      float[] scores = network.scores(frame, prediction);
      int token = highest(scores, 0, rules.vocabulary());
      int skip =
          rules.durations() == 0 ? 0 : highest(scores, rules.vocabulary(), rules.durations());
      if (token != BLANK) {
        double sum = 0;
        for (int i = 0; i < rules.vocabulary(); i++) {
          sum += Math.exp(scores[i] - (double) scores[token]);
        }
        said.add(new SaidToken(token, frame, rules.durations() == 0 ? 1 : skip, -Math.log(sum)));
        prediction = network.after(prediction, token);
        symbols++;
      }
      if (skip > 0) {
        frame += skip;
        symbols = 0;
      } else if (token == BLANK || symbols == rules.maxSymbols()) {
        frame++;
        symbols = 0;
      }
    }
    return said;
  }

  private static int highest(float[] scores, int from, int count) {
    int best = 0;
    for (int i = 1; i < count; i++) {
      best = scores[from + i] > scores[from + best] ? i : best;
    }
    return best;
  }

  /** Says the same of every frame. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Fixed(float[] scores) implements TransducerNetwork<List<Integer>> {
    @Override
    public List<Integer> start() {
      return List.of();
    }

    @Override
    public List<Integer> after(List<Integer> before, int token) {
      return before;
    }

    @Override
    public float[] join(FrameRange frames, List<Integer> prediction) {
      int count = frames.count();
      float[] all = new float[count * scores.length];
      for (int i = 0; i < count; i++) {
        System.arraycopy(scores, 0, all, i * scores.length, scores.length);
      }
      return all;
    }

    @Override
    public float[] join(EncodedFrames frames, int frame, List<List<Integer>> predictions) {
      return join(new FrameRange(frames, frame, predictions.size()), List.of());
    }

    @Override
    public int framesAtOnce() {
      return 8;
    }

    @Override
    public void close() {}
  }
}
