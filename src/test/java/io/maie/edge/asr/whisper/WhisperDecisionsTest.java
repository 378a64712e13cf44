package io.maie.edge.asr.whisper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.maie.edge.asr.seq2seq.CompressionRatio;
import io.maie.edge.asr.seq2seq.IndependentSearch;
import io.maie.edge.asr.seq2seq.LogSumExp;
import io.maie.edge.asr.seq2seq.Sampling;
import io.maie.edge.asr.seq2seq.ScoredToken;
import io.maie.edge.asr.seq2seq.Scores;
import io.maie.edge.asr.seq2seq.TextLimit;
import io.maie.edge.asr.seq2seq.TokenScores;
import io.maie.edge.transcript.DecodingScores;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Compares decisions by scores alone with openai/whisper: src/test/python/whisper/micro.py. */
final class WhisperDecisionsTest {
  private static final double RATIO_TOLERANCE = 1e-9;

  /** Sums of 32-bit floats in another order. */
  private static final double SCORE_TOLERANCE = 1e-5;

  @Test
  void decodesAgainAndPassesOverSilenceWhereTheReferenceDoes() throws Exception {
    JsonNode rows = GoldenWhisper.open("micro").golden.get("decisions").get("rows");
    for (JsonNode row : rows) {
      DecodingScores scores =
          new DecodingScores(
              row.get("avg_logprob").asDouble(),
              row.get("no_speech_prob").asDouble(),
              row.get("compression_ratio").asDouble(),
              0);
      assertThat(DecodingQuality.of(scores, WhisperOptions.DEFAULTS) == DecodingQuality.AGAIN)
          .as("again: " + row)
          .isEqualTo(row.get("again").asBoolean());
      assertThat(DecodingQuality.isSilence(scores, WhisperOptions.DEFAULTS))
          .as("silence: " + row)
          .isEqualTo(row.get("skipped").asBoolean());
    }
    assertThat(rows).hasSizeGreaterThan(100);
  }

  @Test
  void textsRepeatThemselvesAsMuchAsTheReferenceSays() throws Exception {
    for (JsonNode row : GoldenWhisper.open("micro").golden.get("decisions").get("ratios")) {
      assertThat(CompressionRatio.of(row.get("text").asText()))
          .isCloseTo(row.get("ratio").asDouble(), within(RATIO_TOLERANCE));
    }
  }

  @Test
  void theReferencesLogitsGiveItsTokensAndScores() throws Exception {
    GoldenWhisper model = GoldenWhisper.open("micro");
    WhisperTokens tokens = model.settings.tokens();
    ByteLevelTokenizer tokenizer = ByteLevelTokenizer.read(model.settings.tokenizer());
    for (JsonNode expected : model.golden.get("searched")) {
      float[][] rows = logits(model, expected, tokens.vocabularySize());
      IndependentSearch search =
          IndependentSearch.greedy(
              new WhisperRules(tokens, true),
              tokens.endOfText(),
              new TextLimit(model.settings.shape().maxTokens() / 2, Optional.empty()));
      int next = 1;
      while (!search.open().isEmpty()) {
        float[] row = rows[next++];
        search.advance(ignored -> Scores.of(row));
      }
      List<Integer> said =
          search.best().tokens(tokens.endOfText()).stream().map(ScoredToken::id).toList();
      assertThat(said).isEqualTo(GoldenWhisper.ints(expected.get("tokens")));
      assertThat(search.averageLogProbability())
          .isCloseTo(expected.get("avg_logprob").asDouble(), within(SCORE_TOLERANCE));
      int silence = tokens.noSpeech().orElseThrow();
      assertThat(Math.exp(rows[0][silence] - LogSumExp.of(rows[0], 0, rows[0].length)))
          .isCloseTo(expected.get("no_speech_prob").asDouble(), within(SCORE_TOLERANCE));
      int[] text = said.stream().mapToInt(id -> id).filter(tokens::isText).toArray();
      assertThat(CompressionRatio.of(tokenizer.decode(text).strip()))
          .isCloseTo(expected.get("compression_ratio").asDouble(), within(RATIO_TOLERANCE));
    }
  }

  /** Shape (1 + steps, vocabulary size): behind the start token, then before each token. */
  private static float[][] logits(GoldenWhisper model, JsonNode expected, int vocabulary)
      throws Exception {
    ByteBuffer halves =
        ByteBuffer.wrap(model.unzipped("logits-" + expected.get("sound").asInt() + ".f16.gz"))
            .order(ByteOrder.LITTLE_ENDIAN);
    float[][] rows = new float[expected.get("rows").asInt()][vocabulary];
    for (float[] row : rows) {
      for (int i = 0; i < row.length; i++) {
        row[i] = halfToFloat(halves.getShort());
      }
    }
    return rows;
  }

  /** IEEE 754 binary16; Java converts it itself only from version 20 on. */
  private static float halfToFloat(short half) {
    int exponent = half >> 10 & 0x1f;
    int fraction = half & 0x3ff;
    double size =
        exponent == 0
            ? Math.scalb((double) fraction, -24)
            : Math.scalb((double) (fraction | 0x400), exponent - 25);
    return (float) (half < 0 ? -size : size);
  }

  @Test
  void theSameSeedDrawsTheSameTokens() {
    TokenScores scores = Scores.of(0.3f, 2, -1, 1.5f, Float.NEGATIVE_INFINITY);
    Sampling first = new Sampling(0.7, 42);
    Sampling second = new Sampling(0.7, 42);
    for (int i = 0; i < 1000; i++) {
      assertThat(first.of(scores, 2)).isEqualTo(second.of(scores, 2)).isNotEqualTo(4);
    }
  }

  @Test
  void tokensAreDrawnByTheSoftmaxOfLogitsOverTheTemperature() {
    long seed = 20;
    SplittableRandom random = new SplittableRandom(seed);
    int draws = 100_000;
    for (double temperature : new double[] {0.2, 0.4, 0.8, 1}) {
      float[] scores = new float[12];
      double total = 0;
      for (int i = 0; i < scores.length; i++) {
        scores[i] = (float) random.nextDouble(-2, 2);
        total += Math.exp(scores[i] / temperature);
      }
      TokenScores given = Scores.of(scores);
      Sampling sampling = new Sampling(temperature, seed);
      int[] drawn = new int[scores.length];
      for (int i = 0; i < draws; i++) {
        drawn[sampling.of(given, given.highest(0, given.size()))]++;
      }
      for (int i = 0; i < scores.length; i++) {
        double share = Math.exp(scores[i] / temperature) / total;
        // five standard deviations of a binomial distribution
        double deviation = 5 * Math.sqrt(share * (1 - share) / draws);
        assertThat((double) drawn[i] / draws)
            .as("token %d at %s, seed %d", i, temperature, seed)
            .isCloseTo(share, within(deviation));
      }
    }
  }
}
