package io.maie.edge.asr.transducer;

import static java.util.Objects.requireNonNull;

import io.maie.edge.failure.ProcessingException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Modified beam search as icefall and sherpa-onnx 2.0.1 define it: at most one token a frame, and
 * hypotheses with the same tokens are added up.
 */
final class BeamSearch<P> implements TransducerSearch {
  private final TransducerNetwork<P> network;
  private final SearchRules rules;
  private final PhraseGraph phrases;
  private List<Hypothesis<P>> hypotheses;
  private int frame;

  BeamSearch(TransducerNetwork<P> network, SearchRules rules, PhraseGraph phrases)
      throws ProcessingException {
    this.network = requireNonNull(network, "network is null");
    this.rules = requireNonNull(rules, "rules is null");
    this.phrases = requireNonNull(phrases, "phrases is null");
    hypotheses = List.of(new Hypothesis<>(null, network.start(), 0, PhraseGraph.OUTSIDE));
  }

  /**
   * Tokens that may have been said.
   *
   * @param said null if there are none
   * @param score log-probability of all alignments that were followed, and bonuses
   * @param place in the phrases
   */
  private record Hypothesis<P>(@Nullable TokenChain said, P prediction, double score, int place) {}

  @Override
  public void accept(EncodedFrames frames) throws ProcessingException {
    for (int i = 0; i < frames.count(); i++) {
      List<P> predictions = hypotheses.stream().map(Hypothesis::prediction).toList();
      float[] joined = network.join(frames, i, predictions);
      step(new TokenScores(joined, predictions.size(), rules));
      frame++;
    }
  }

  private void step(TokenScores scores) throws ProcessingException {
    List<Hypothesis<P>> following = new ArrayList<>();
    for (BestExtensions.Extension best : extensions(scores).all()) {
      Hypothesis<P> from = hypotheses.get(best.row());
      if (rules.isSilent(best.token())) {
        add(following, new Hypothesis<>(from.said, from.prediction, best.score(), from.place));
      } else {
        double logProbability = best.score() - from.score;
        SaidToken token = new SaidToken(best.token(), frame, 1, logProbability);
        int reached = phrases.reach(from.place, best.token());
        double score = best.score() + phrases.gain(from.place, reached);
        addSaying(following, from, token, new Reached(score, phrases.resume(reached)));
      }
    }
    hypotheses = following;
  }

  /** Score and place of a hypothesis that said one more token. */
  private record Reached(double score, int place) {}

  private BestExtensions extensions(TokenScores scores) {
    BestExtensions best = new BestExtensions(rules.beamSize());
    for (int row = 0; row < hypotheses.size(); row++) {
      double base = hypotheses.get(row).score - scores.logSum(row);
      for (int token = 0; token < rules.vocabulary(); token++) {
        best.offer(row, token, base + scores.at(row, token));
      }
    }
    return best;
  }

  private void addSaying(
      List<Hypothesis<P>> following, Hypothesis<P> from, SaidToken token, Reached reached)
      throws ProcessingException {
    TokenChain chain = TokenChain.of(from.said, token);
    int same = indexOf(following, chain);
    if (same >= 0) {
      following.set(same, merged(following.get(same), reached.score));
    } else {
      P prediction = network.after(from.prediction, token.token());
      following.add(new Hypothesis<>(chain, prediction, reached.score, reached.place));
    }
  }

  private void add(List<Hypothesis<P>> following, Hypothesis<P> hypothesis) {
    int same = indexOf(following, hypothesis.said);
    if (same >= 0) {
      following.set(same, merged(following.get(same), hypothesis.score));
    } else {
      following.add(hypothesis);
    }
  }

  private static <P> int indexOf(List<Hypothesis<P>> hypotheses, @Nullable TokenChain said) {
    for (int i = 0; i < hypotheses.size(); i++) {
      if (TokenChain.saysTheSame(hypotheses.get(i).said, said)) {
        return i;
      }
    }
    return -1;
  }

  private static <P> Hypothesis<P> merged(Hypothesis<P> first, double score) {
    double most = Math.max(first.score, score);
    double sum = most + Math.log1p(Math.exp(Math.min(first.score, score) - most));
    return new Hypothesis<>(first.said, first.prediction, sum, first.place);
  }

  @Override
  public List<SaidToken> finish() {
    Hypothesis<P> best = hypotheses.get(0);
    for (Hypothesis<P> hypothesis : hypotheses) {
      if (rank(hypothesis) > rank(best)) {
        best = hypothesis;
      }
    }
    return TokenChain.tokens(best.said);
  }

  private double rank(Hypothesis<P> hypothesis) {
    double score = hypothesis.score - phrases.unfinished(hypothesis.place);
    return score / (TokenChain.lengthOf(hypothesis.said) + rules.contextSize());
  }
}
