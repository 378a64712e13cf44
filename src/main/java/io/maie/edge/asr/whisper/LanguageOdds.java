package io.maie.edge.asr.whisper;

import io.maie.edge.asr.seq2seq.LogSumExp;
import io.maie.edge.transcript.Language;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Probabilities that each language is spoken.
 *
 * @param shares by code, each 0 to 1, together 1; at least one
 */
record LanguageOdds(SortedMap<String, Double> shares) {

  LanguageOdds {
    shares = Collections.unmodifiableSortedMap(new TreeMap<>(shares));
    if (shares.isEmpty()) {
      throw new IllegalArgumentException("expected a language");
    }
  }

  /**
   * Reads the language scores that follow the start token of a multilingual model.
   *
   * @param scores logits, shape (vocabulary size)
   * @param ids the tokens of the languages that count, by code
   */
  static LanguageOdds of(float[] scores, SortedMap<String, Integer> ids) {
    float[] chosen = new float[ids.size()];
    int next = 0;
    for (int id : ids.values()) {
      chosen[next++] = scores[id];
    }
    double total = LogSumExp.of(chosen, 0, chosen.length);
    SortedMap<String, Double> shares = new TreeMap<>();
    ids.forEach((code, id) -> shares.put(code, Math.min(1, Math.exp(scores[id] - total))));
    return new LanguageOdds(shares);
  }

  /** The mean of odds over the same languages; at least one. */
  static LanguageOdds mean(List<LanguageOdds> all) {
    SortedMap<String, Double> sums = new TreeMap<>();
    for (LanguageOdds odds : all) {
      odds.shares.forEach((code, share) -> sums.merge(code, share / all.size(), Double::sum));
    }
    return new LanguageOdds(sums);
  }

  /** The likeliest; the first by its code of equals. */
  Language best() {
    return of(ranked().get(0));
  }

  Language of(String code) {
    return new Language(code, Math.min(1, shares.getOrDefault(code, 0.0)));
  }

  /** All codes, the likeliest first. */
  List<String> ranked() {
    return shares.entrySet().stream()
        .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
        .map(Map.Entry::getKey)
        .toList();
  }
}
