package io.maie.edge.asr.transducer;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** All alignments of a network, with durations or without, one by one. */
final class Alignments {
  private final TableNetwork network;
  private final SearchRules rules;
  private final int frames;
  private final Map<List<Integer>, Double> sums = new HashMap<>();

  Alignments(TableNetwork network, SearchRules rules, int frames) {
    this.network = network;
    this.rules = rules;
    this.frames = frames;
  }

  /** The log-probability of each sequence of tokens, all its alignments added up. */
  Map<List<Integer>, Double> sequences() {
    follow(0, 0, List.of(), 0);
    return sums;
  }

  private void follow(int frame, int symbols, List<Integer> said, double score) {
    if (frame >= frames) {
      sums.merge(said, score, (a, b) -> Math.log(Math.exp(a) + Math.exp(b)));
      return;
    }
    List<Integer> context = said.subList(Math.max(0, said.size() - 2), said.size());
    float[] scores = network.scores(frame, context);
    double tokens = logSum(scores, 0, rules.vocabulary());
    boolean hasDurations = rules.durations() > 0;
    double durations = hasDurations ? logSum(scores, rules.vocabulary(), scores.length) : 0;
    for (int token = 0; token < rules.vocabulary(); token++) {
      for (int skip = 0; skip < Math.max(1, rules.durations()); skip++) {
        double skipping = hasDurations ? scores[rules.vocabulary() + skip] - durations : 0;
        double next = score + scores[token] - tokens + skipping;
        boolean isSilent = token == rules.blank();
        List<Integer> following = new ArrayList<>(said);
        if (!isSilent) {
          following.add(token);
        }
        if (skip > 0) {
          follow(frame + skip, 0, following, next);
        } else if (isSilent || symbols + 1 == rules.maxSymbols()) {
          follow(frame + 1, 0, following, next);
        } else {
          follow(frame, symbols + 1, following, next);
        }
      }
    }
  }

  private static double logSum(float[] scores, int from, int to) {
    double sum = 0;
    for (int i = from; i < to; i++) {
      sum += Math.exp(scores[i]);
    }
    return Math.log(sum);
  }
}
