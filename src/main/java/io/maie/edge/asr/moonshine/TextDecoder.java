package io.maie.edge.asr.moonshine;

import io.maie.edge.asr.seq2seq.BatchDecoder;
import io.maie.edge.asr.seq2seq.BeamSearch;
import io.maie.edge.asr.seq2seq.DecoderGraph;
import io.maie.edge.asr.seq2seq.EncodedChunks;
import io.maie.edge.asr.seq2seq.Hypothesis;
import io.maie.edge.asr.seq2seq.IndependentSearch;
import io.maie.edge.asr.seq2seq.LogSumExp;
import io.maie.edge.asr.seq2seq.ScoredToken;
import io.maie.edge.asr.seq2seq.Search;
import io.maie.edge.asr.seq2seq.TextLimit;
import io.maie.edge.asr.seq2seq.TokenLoop;
import io.maie.edge.asr.seq2seq.TokenRules;
import io.maie.edge.failure.ProcessingException;
import io.maie.edge.progress.Cancellation;
import io.maie.edge.progress.TaskStoppedException;
import java.util.List;
import java.util.OptionalInt;

/**
 * Hidden states to text. A model of this family now and then answers speech with the end of the
 * text alone; it is then asked again with that answer forbidden, and believed if it is sure of what
 * it says. Used by one thread at a time.
 */
final class TextDecoder {
  /** From this probability of silence on nothing else is looked for. */
  private static final double CERTAIN_SILENCE = 0.99;

  /** Below this probability of silence an empty answer is not believed. */
  private static final double LIKELY_SILENCE = 0.975;

  /** A second answer needs more tokens, its end included. */
  private static final int DOUBTFUL_TOKENS = 3;

  /** A second answer's least mean log-probability, without its first token. */
  private static final double LEAST_MEAN = -0.4;

  /** Tokens that the shortest sound may have. */
  private static final int LEAST_TOKENS = 8;

  private final int startToken;
  private final int endToken;
  private final int beamSize;
  private final int tokensPerSecond;
  private final BatchDecoder decoder;

  /**
   * A decoder.
   *
   * @param tokensPerSecond bound of a text's length, 1 or more
   */
  TextDecoder(MoonshineSettings settings, int beamSize, int tokensPerSecond, DecoderGraph graph) {
    startToken = settings.startToken();
    endToken = settings.endToken();
    this.beamSize = beamSize;
    this.tokensPerSecond = tokensPerSecond;
    decoder = new BatchDecoder(graph);
  }

  /**
   * Decodes the text of a stretch of sound.
   *
   * @param seconds length of the sound
   */
  HeardText decode(EncodedChunks sound, double seconds, Cancellation cancellation)
      throws ProcessingException, TaskStoppedException {
    int limit = Math.max(LEAST_TOKENS, (int) Math.ceil(tokensPerSecond * seconds));
    double silence = begin(sound);
    if (silence >= CERTAIN_SILENCE) {
      return new HeardText(List.of(), silence, false);
    }
    Hypothesis best = search(false, limit, cancellation);
    List<ScoredToken> tokens = best.tokens(endToken);
    if (tokens.isEmpty() && silence < LIKELY_SILENCE) {
      begin(sound);
      best = search(true, limit, cancellation);
      // people repeat words, too: shorter stretches of the sound tell it from a loop
      if (TokenLoop.STRICT.firstRoundOf(best.tokens(endToken)).isPresent()) {
        return new HeardText(List.of(), silence, true);
      }
      tokens = isBelieved(best) ? best.tokens(endToken) : List.of();
    }
    OptionalInt first = TokenLoop.STRICT.firstRoundOf(tokens);
    return first.isPresent()
        ? new HeardText(tokens.subList(0, first.getAsInt()), silence, true)
        : new HeardText(tokens, silence, false);
  }

  /** Reads the prompt; returns the probability that nothing was said. */
  private double begin(EncodedChunks sound) throws ProcessingException {
    float[] scores = decoder.scoresAfter(sound, new int[] {startToken}, 0).get(0);
    return Math.min(1, Math.exp(scores[endToken] - LogSumExp.of(scores, 0, scores.length)));
  }

  private Hypothesis search(boolean speech, int limit, Cancellation cancellation)
      throws ProcessingException, TaskStoppedException {
    boolean ended = beamSize > 1;
    TokenRules rules =
        (scores, said) -> {
          if (speech && said.length() == 0) {
            scores.forbid(endToken);
          } else if (ended && said.length() == limit - 1) {
            // a text without an end would win by the likely tokens of its circle
            scores.forbid(0, endToken);
            scores.forbid(endToken + 1, scores.size());
          }
          return scores.highest(0, scores.size());
        };
    TextLimit textLimit = TextLimit.of(limit, TokenLoop.STRICT);
    Search search =
        ended
            ? new BeamSearch(rules, endToken, beamSize, textLimit)
            : IndependentSearch.greedy(rules, endToken, textLimit);
    decoder.finish(List.of(search), cancellation);
    return search.best();
  }

  private boolean isBelieved(Hypothesis answer) {
    if (answer.length() <= DOUBTFUL_TOKENS) {
      return false;
    }
    List<ScoredToken> tokens = answer.tokens(endToken);
    double mean = (answer.score() - tokens.get(0).logProbability()) / (answer.length() - 1);
    return mean >= LEAST_MEAN;
  }
}
