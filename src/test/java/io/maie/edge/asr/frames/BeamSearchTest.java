package io.maie.edge.asr.frames;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The beam searches against every alignment there is, on problems small enough to try them all. */
final class BeamSearchTest {
  /** Posteriors and language model are 32-bit floats; sums of some ten of them. */
  private static final double TOLERANCE = 1e-4;

  private static final int BLANK = 3;
  private static final TokenTable TOKENS = new TokenTable(List.of("a", "b", "|", "<blank>"));

  /** Wide enough that nothing is pruned. */
  private static final BeamOptions EXHAUSTIVE = new BeamOptions(0.8, 0.5, 1 << 20, 1e9, 9);

  @TempDir Path folder;

  static IntStream seeds() {
    return IntStream.range(0, 25);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void prefixSearchFindsTheMostProbableTokens(int seed) {
    Posteriors posteriors = BruteForce.randomPosteriors(new Random(seed), 6, 4);
    BeamOptions acousticsOnly = new BeamOptions(0, 0, 1 << 20, 1e9, 9);
    PrefixBeamDecoder decoder = prefixDecoder(new WordTable(), LanguageModel.none(), acousticsOnly);

    Map.Entry<List<Integer>, Double> best =
        BruteForce.best(new BruteForce(posteriors, BLANK).sequences());

    assertThat(BruteForce.list(decoder.bestTokens(posteriors))).isEqualTo(best.getKey());
  }

  /** The token "|" stands between words: "b", "a", " " and so on. */
  @ParameterizedTest
  @MethodSource("seeds")
  void prefixSearchWithNgramsRatesWholeWords(int seed) throws Exception {
    Random random = new Random(seed);
    Posteriors posteriors = BruteForce.randomPosteriors(random, 6, 4);
    RandomArpa arpa =
        new RandomArpa(random, 2, List.of("<s>", "</s>", "<unk>", "a", "b", "ab", "aa", "ba"));
    WordTable table = new WordTable();
    NgramModel model = ArpaReader.read(arpa.write(folder.resolve("lm.arpa")), table);
    PrefixBeamDecoder decoder = new PrefixBeamDecoder(letters(), table, model, BLANK, EXHAUSTIVE);
    Map<List<Integer>, Double> rated = new HashMap<>();
    new BruteForce(posteriors, BLANK)
        .sequences()
        .forEach(
            (tokens, score) -> {
              List<String> words = spelled(tokens);
              rated.put(
                  tokens,
                  score
                      + EXHAUSTIVE.languageModelWeight() * arpa.score(words)
                      + EXHAUSTIVE.wordScore() * words.size());
            });

    List<Integer> found = BruteForce.list(decoder.bestTokens(posteriors));

    assertThat(rated.get(found)).isCloseTo(BruteForce.best(rated).getValue(), within(TOLERANCE));
  }

  @Test
  void aNarrowBeamIsDeterministic() {
    Posteriors posteriors = BruteForce.randomPosteriors(new Random(1), 60, 4);
    BeamOptions narrow = new BeamOptions(0, 0, 4, 8, 2);
    PrefixBeamDecoder decoder = prefixDecoder(new WordTable(), LanguageModel.none(), narrow);

    List<DecodedWord> first = decoder.decode(posteriors);

    assertThat(first).isNotEmpty().isEqualTo(decoder.decode(posteriors));
  }

  @Test
  void noFramesHoldNoWords() {
    Posteriors nothing = Posteriors.ofLogProbabilities(new float[0], 0, 4);

    assertThat(prefixDecoder(new WordTable(), LanguageModel.none(), EXHAUSTIVE).decode(nothing))
        .isEmpty();
    assertThat(new GreedyDecoder(BLANK, letters()).decode(nothing)).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void forcedAlignmentIsTheBestPathOfItsTokens(int seed) {
    Posteriors posteriors = BruteForce.randomPosteriors(new Random(seed), 6, 4);
    int[] tokens = {0, 1, 1};

    int[] path = ForcedAlignment.align(posteriors, tokens, BLANK);

    assertThat(TokenSpan.of(path, BLANK, posteriors))
        .extracting(TokenSpan::token)
        .containsExactly(0, 1, 1);
    double score = 0;
    for (int frame = 0; frame < path.length; frame++) {
      score += posteriors.at(frame, path[frame]);
    }
    double best = new BruteForce(posteriors, BLANK).bestAlignment(List.of(0, 1, 1));
    assertThat(score).isCloseTo(best, within(TOLERANCE));
  }

  private static PrefixBeamDecoder prefixDecoder(
      WordTable table, LanguageModel model, BeamOptions options) {
    return new PrefixBeamDecoder(letters(), table, model, BLANK, options);
  }

  private static WordAssembler letters() {
    return new WordAssembler(TOKENS, TokenUnit.CHAR);
  }

  private static List<String> spelled(List<Integer> tokens) {
    StringBuilder text = new StringBuilder();
    for (int token : tokens) {
      text.append("ab ".charAt(token));
    }
    return text.toString().isBlank() ? List.of() : List.of(text.toString().strip().split(" +"));
  }
}
