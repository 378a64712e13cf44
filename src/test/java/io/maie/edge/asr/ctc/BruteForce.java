package io.maie.edge.asr.ctc;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.BiConsumer;
import java.util.function.ToDoubleFunction;

/** Tries every alignment there is. */
final class BruteForce {
  private final Posteriors posteriors;
  private final CtcTokens special;

  BruteForce(Posteriors posteriors, CtcTokens special) {
    this.posteriors = posteriors;
    this.special = special;
  }

  static Posteriors randomPosteriors(Random random, int frames, int tokens) {
    float[] logits = new float[frames * tokens];
    for (int i = 0; i < logits.length; i++) {
      logits[i] = (float) (2 * random.nextGaussian());
    }
    return Posteriors.ofLogits(logits, frames, tokens);
  }

  /** The log-probability of each token sequence, all alignments added up. */
  Map<List<Integer>, Double> sequences() {
    Map<List<Integer>, Double> sums = new HashMap<>();
    forEachPath((path, score) -> sums.merge(collapse(path), score, PrefixBeam::logAdd));
    return sums;
  }

  /** The best score of each word sequence over all alignments and pronunciations. */
  Map<List<String>, Double> sentences(
      Map<List<Integer>, List<String>> lexicon,
      ToDoubleFunction<List<String>> languageModel,
      BeamOptions options) {
    Map<List<String>, Double> best = new HashMap<>();
    forEachPath(
        (path, score) -> {
          List<Parse> parses = new ArrayList<>();
          parse(collapse(path), lexicon, new Parse(List.of(), 0), parses);
          for (Parse parse : parses) {
            double total =
                score
                    + options.languageModelWeight() * languageModel.applyAsDouble(parse.words)
                    + options.wordScore() * parse.words.size()
                    + options.silenceScore() * parse.silences;
            best.merge(parse.words, total, Math::max);
          }
        });
    return best;
  }

  static <K> Map.Entry<K, Double> best(Map<K, Double> scores) {
    return scores.entrySet().stream().max(Map.Entry.comparingByValue()).orElseThrow();
  }

  private void parse(
      List<Integer> rest, Map<List<Integer>, List<String>> lexicon, Parse so, List<Parse> found) {
    if (rest.isEmpty()) {
      found.add(so);
      return;
    }
    if (rest.get(0) == special.silence()) {
      parse(rest.subList(1, rest.size()), lexicon, new Parse(so.words, so.silences + 1), found);
    }
    lexicon.forEach(
        (spelling, words) -> {
          int length = spelling.size();
          if (length <= rest.size() && rest.subList(0, length).equals(spelling)) {
            for (String word : words) {
              List<String> longer = new ArrayList<>(so.words);
              longer.add(word);
              parse(
                  rest.subList(length, rest.size()),
                  lexicon,
                  new Parse(longer, so.silences),
                  found);
            }
          }
        });
  }

  private void forEachPath(BiConsumer<int[], Double> visitor) {
    int[] path = new int[posteriors.frames()];
    do {
      double score = 0;
      for (int frame = 0; frame < path.length; frame++) {
        score += posteriors.at(frame, path[frame]);
      }
      visitor.accept(path, score);
    } while (next(path));
  }

  private boolean next(int[] path) {
    for (int i = 0; i < path.length; i++) {
      if (++path[i] < posteriors.tokens()) {
        return true;
      }
      path[i] = 0;
    }
    return false;
  }

  private List<Integer> collapse(int[] path) {
    List<Integer> tokens = new ArrayList<>();
    for (int i = 0; i < path.length; i++) {
      if (path[i] != special.blank() && (i == 0 || path[i] != path[i - 1])) {
        tokens.add(path[i]);
      }
    }
    return tokens;
  }

  static List<Integer> list(int... tokens) {
    return Arrays.stream(tokens).boxed().toList();
  }

  private record Parse(List<String> words, int silences) {}
}
