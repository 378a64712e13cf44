package io.maie.edge.asr.whisper;

import static org.assertj.core.api.Assertions.assertThat;

import io.maie.edge.asr.seq2seq.Hypothesis;
import io.maie.edge.asr.seq2seq.LogSumExp;
import io.maie.edge.asr.seq2seq.Scores;
import io.maie.edge.asr.seq2seq.TokenScores;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Checks the scores that the rules leave; the rules themselves are held to the reference. */
final class WhisperRulesTest {
  private static final int SEED = 11;

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void theHighestAllowedScoreIsFound(boolean timestamps) throws Exception {
    WhisperTokens tokens = GoldenWhisper.open("multilingual").settings.tokens();
    WhisperRules rules = new WhisperRules(tokens, timestamps);
    Random random = new Random(SEED);
    for (int i = 0; i < 200; i++) {
      float[] scores = new float[tokens.vocabularySize()];
      for (int token = 0; token < scores.length; token++) {
        scores[token] = (float) random.nextGaussian();
      }
      // now and then a word that is likelier than all timestamps together
      scores[random.nextInt(tokens.firstTimestamp())] += random.nextInt(20);
      Hypothesis said = Hypothesis.EMPTY;
      for (int length = random.nextInt(4); length > 0; length--) {
        said = said.append(random.nextInt(scores.length), 0);
      }

      TokenScores left = Scores.of(scores);
      float highest = rules.apply(left, said);

      for (int token = 0; token < scores.length; token++) {
        scores[token] = left.get(token);
      }
      assertThat(highest).isEqualTo(LogSumExp.max(scores, 0, scores.length));
    }
  }
}
