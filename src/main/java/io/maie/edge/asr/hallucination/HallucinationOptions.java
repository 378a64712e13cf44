package io.maie.edge.asr.hallucination;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * From where on a segment counts as invented.
 *
 * @param maxRepetition share of a segment's words that may belong to loops, 0 to 1
 * @param minWords segments with fewer words are removed; 0 = off
 * @param maxWords segments with more words are removed; {@link Integer#MAX_VALUE} = off
 * @param doubtfulNoSpeech from this probability of silence on a doubtful phrase is removed, 0 to 1
 * @param doubtfulLogProbability down from this mean log-probability it is removed, at most 0
 * @param minSegmentConfidence segments below are removed, 0 to 1; 0 = off
 * @param minWordProbability segments whose words' mean probability is below are removed, 0 to 1; 0
 *     = off
 */
public record HallucinationOptions(
    double maxRepetition,
    int minWords,
    int maxWords,
    double doubtfulNoSpeech,
    double doubtfulLogProbability,
    double minSegmentConfidence,
    double minWordProbability) {

  /** Repetition and patterns, nothing that depends on how sure a model calls itself alone. */
  public static final HallucinationOptions DEFAULTS =
      new HallucinationOptions(0.6, 0, Integer.MAX_VALUE, 0.6, -1, 0, 0);

  public HallucinationOptions {
    requireShare("maxRepetition", maxRepetition);
    requireShare("doubtfulNoSpeech", doubtfulNoSpeech);
    requireShare("minSegmentConfidence", minSegmentConfidence);
    requireShare("minWordProbability", minWordProbability);
    if (minWords < 0 || maxWords < minWords) {
      throw new IllegalArgumentException(
          "expected 0 or more words and at least as many, found " + minWords + " and " + maxWords);
    }
    if (!(doubtfulLogProbability <= 0)) {
      throw new IllegalArgumentException(
          "expected a log-probability up to 0, found " + doubtfulLogProbability);
    }
  }

  private static void requireShare(String name, double share) {
    if (!(share >= 0 && share <= 1)) {
      throw new IllegalArgumentException("expected " + name + " of 0 to 1, found " + share);
    }
  }

  /** Parameters that a reader of the result needs to filter alike. */
  Map<String, Object> asParams() {
    Map<String, Object> params = new LinkedHashMap<>();
    params.put("max_repetition", maxRepetition);
    params.put("min_words", minWords);
    if (maxWords != Integer.MAX_VALUE) {
      params.put("max_words", maxWords);
    }
    params.put("doubtful_no_speech", doubtfulNoSpeech);
    params.put("doubtful_logprob", doubtfulLogProbability);
    params.put("min_segment_confidence", minSegmentConfidence);
    params.put("min_word_probability", minWordProbability);
    return params;
  }
}
