package io.maie.edge.asr.ctc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.ArrayList;
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
  private static final int SILENCE = 2;
  private static final CtcTokens SPECIAL = new CtcTokens(BLANK, SILENCE);
  private static final TokenTable TOKENS = TokenTable.of("a", "b", "sil", "<blank>");
  private static final List<String> VOCABULARY = List.of("<s>", "</s>", "<unk>", "x", "y", "z");

  /** Wide enough that nothing is pruned. */
  private static final BeamOptions EXHAUSTIVE = new BeamOptions(0.8, 0.5, -0.3, 1 << 20, 1e9, 9);

  /** Homophones, a word within a word, repeated tokens, and a word of one token. */
  private static final Map<List<Integer>, List<String>> LEXICON =
      Map.of(
          List.of(0), List.of("x"),
          List.of(0, 1), List.of("x", "y"),
          List.of(1, 1), List.of("z"),
          List.of(1, 0, 0), List.of("y"));

  @TempDir Path folder;

  static IntStream seeds() {
    return IntStream.range(0, 25);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void lexiconSearchFindsTheBestWords(int seed) {
    Posteriors posteriors = BruteForce.randomPosteriors(new Random(seed), 6, 4);
    WordTable table = new WordTable();
    LexiconBeamDecoder decoder = lexiconDecoder(table, LanguageModel.none());

    Map.Entry<List<String>, Double> best =
        BruteForce.best(
            new BruteForce(posteriors, SPECIAL).sentences(LEXICON, words -> 0, EXHAUSTIVE));

    assertThat(decoder.bestScore(posteriors)).isCloseTo(best.getValue(), within(TOLERANCE));
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void lexiconSearchWithNgramsFindsTheBestWords(int seed) throws Exception {
    Random random = new Random(seed);
    Posteriors posteriors = BruteForce.randomPosteriors(random, 6, 4);
    RandomArpa arpa = new RandomArpa(random, 3, VOCABULARY);
    WordTable table = new WordTable();
    NgramModel model = ArpaReader.read(arpa.write(folder.resolve("lm.arpa")), table);
    LexiconBeamDecoder decoder = lexiconDecoder(table, model);

    Map.Entry<List<String>, Double> best =
        BruteForce.best(
            new BruteForce(posteriors, SPECIAL).sentences(LEXICON, arpa::score, EXHAUSTIVE));

    assertThat(decoder.bestScore(posteriors)).isCloseTo(best.getValue(), within(TOLERANCE));
    assertThat(decoder.decode(posteriors))
        .extracting(DecodedWord::text)
        .containsExactlyElementsOf(best.getKey());
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void prefixSearchFindsTheMostProbableTokens(int seed) {
    Posteriors posteriors = BruteForce.randomPosteriors(new Random(seed), 6, 4);
    BeamOptions acousticsOnly = new BeamOptions(0, 0, 0, 1 << 20, 1e9, 9);
    PrefixBeamDecoder decoder = prefixDecoder(new WordTable(), LanguageModel.none(), acousticsOnly);

    Map.Entry<List<Integer>, Double> best =
        BruteForce.best(new BruteForce(posteriors, SPECIAL).sequences());

    assertThat(BruteForce.list(decoder.bestTokens(posteriors))).isEqualTo(best.getKey());
  }

  /** Tokens are letters here, and the token "sil" begins words: "b", "a", " " and so on. */
  @ParameterizedTest
  @MethodSource("seeds")
  void prefixSearchWithNgramsRatesWholeWords(int seed) throws Exception {
    Random random = new Random(seed);
    Posteriors posteriors = BruteForce.randomPosteriors(random, 6, 4);
    RandomArpa arpa =
        new RandomArpa(random, 2, List.of("<s>", "</s>", "<unk>", "a", "b", "ab", "aa", "ba"));
    WordTable table = new WordTable();
    NgramModel model = ArpaReader.read(arpa.write(folder.resolve("lm.arpa")), table);
    TokenTable letters = TokenTable.of("a", "b", "|", "<blank>");
    PrefixBeamDecoder decoder =
        new PrefixBeamDecoder(
            new WordAssembler(letters, TokenUnit.CHAR), table, model, BLANK, EXHAUSTIVE);
    Map<List<Integer>, Double> rated = new HashMap<>();
    new BruteForce(posteriors, SPECIAL)
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
    BeamOptions narrow = new BeamOptions(0, 0, 0, 4, 8, 2);
    LexiconTrie trie = trie(new WordTable(), LanguageModel.none());
    WordTable table = new WordTable();
    trie(table, LanguageModel.none());
    LexiconBeamDecoder decoder =
        new LexiconBeamDecoder(trie, table, LanguageModel.none(), SPECIAL, narrow);

    List<DecodedWord> first = decoder.decode(posteriors);

    assertThat(first).isNotEmpty().isEqualTo(decoder.decode(posteriors));
  }

  @Test
  void wordTimesAreThoseOfTheirTokens() {
    // sil sil a a blank b b blank | x = "a", y = "a b": best is y over frames 2 to 6
    int[] spoken = {2, 2, 0, 0, 3, 1, 1, 3};
    Posteriors posteriors = clearPosteriors(spoken);

    List<DecodedWord> words =
        lexiconDecoder(new WordTable(), LanguageModel.none()).decode(posteriors);

    assertThat(words).hasSize(1);
    assertThat(words.get(0).firstFrame()).isEqualTo(2);
    assertThat(words.get(0).endFrame()).isEqualTo(7);
    assertThat(words.get(0).probability()).isGreaterThan(0.9);
  }

  @Test
  void noFramesHoldNoWords() {
    Posteriors nothing = Posteriors.ofLogProbabilities(new float[0], 0, 4);

    assertThat(lexiconDecoder(new WordTable(), LanguageModel.none()).decode(nothing)).isEmpty();
    assertThat(prefixDecoder(new WordTable(), LanguageModel.none(), EXHAUSTIVE).decode(nothing))
        .isEmpty();
    assertThat(new GreedyDecoder(BLANK, phones()).decode(nothing)).isEmpty();
  }

  @Test
  void aWindowCutWithinAWordLosesThatWordOnly() {
    // a, then b and nothing more: "b" begins words but is none
    Posteriors posteriors = clearPosteriors(new int[] {0, 3, 1});

    List<DecodedWord> words =
        lexiconDecoder(new WordTable(), LanguageModel.none()).decode(posteriors);

    assertThat(words).extracting(DecodedWord::text).isNotEmpty();
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
    // the same by the exhaustive search over words, with one word that has this spelling
    Map<List<String>, Double> best =
        new BruteForce(posteriors, new CtcTokens(BLANK, -1))
            .sentences(
                Map.of(List.of(0, 1, 1), List.of("w")),
                words -> words.size() == 1 ? 0 : -1000,
                new BeamOptions(1, 0, 0, 1, 1, 1));
    assertThat(score).isCloseTo(BruteForce.best(best).getValue(), within(TOLERANCE));
  }

  private static Posteriors clearPosteriors(int[] spoken) {
    float[] logits = new float[spoken.length * 4];
    for (int frame = 0; frame < spoken.length; frame++) {
      logits[frame * 4 + spoken[frame]] = 8;
    }
    return Posteriors.ofLogits(logits, spoken.length, 4);
  }

  private static LexiconBeamDecoder lexiconDecoder(WordTable table, LanguageModel model) {
    return new LexiconBeamDecoder(trie(table, model), table, model, SPECIAL, EXHAUSTIVE);
  }

  private static PrefixBeamDecoder prefixDecoder(
      WordTable table, LanguageModel model, BeamOptions options) {
    return new PrefixBeamDecoder(phones(), table, model, BLANK, options);
  }

  private static WordAssembler phones() {
    return new WordAssembler(TOKENS, TokenUnit.PHONE);
  }

  private static LexiconTrie trie(WordTable table, LanguageModel model) {
    List<LexiconTrie.Spelling> spellings = new ArrayList<>();
    LEXICON.forEach(
        (tokens, words) -> {
          for (String word : words) {
            short[] numbers = new short[tokens.size()];
            for (int i = 0; i < numbers.length; i++) {
              numbers[i] = tokens.get(i).shortValue();
            }
            spellings.add(new LexiconTrie.Spelling(numbers, table.add(word)));
          }
        });
    return LexiconTrie.of(spellings.toArray(LexiconTrie.Spelling[]::new), model);
  }

  private static List<String> spelled(List<Integer> tokens) {
    StringBuilder text = new StringBuilder();
    for (int token : tokens) {
      text.append("ab ".charAt(token));
    }
    return text.toString().isBlank() ? List.of() : List.of(text.toString().strip().split(" +"));
  }
}
