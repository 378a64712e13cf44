package io.maie.edge.config;

import io.maie.edge.asr.hallucination.HallucinationOptions;
import io.maie.edge.schema.Key;
import io.maie.edge.schema.Keys;
import io.maie.edge.schema.Types;
import java.util.Optional;

/** The settings that decide which text counts as invented by a recogniser. */
final class HallucinationKeys {
  /** In the order of the example file. */
  static final Keys KEYS = new Keys();

  static final Key<Boolean> ENABLED =
      KEYS.open(
          "asr.hallucination.enabled",
          Types.flag(),
          true,
          "Remove segments that nobody said from the transcript; the result lists them.");
  static final Key<Double> MAX_REPETITION =
      KEYS.open(
          "asr.hallucination.max_repetition",
          SettingTypes.percent(),
          HallucinationOptions.DEFAULTS.maxRepetition(),
          "A segment is removed if a larger share of its words repeats itself; 100% = never.");
  static final Key<Double> DOUBTFUL_NO_SPEECH =
      KEYS.open(
          "asr.hallucination.doubtful_no_speech",
          Types.decimal(0, 1),
          HallucinationOptions.DEFAULTS.doubtfulNoSpeech(),
          "Phrases that people say too are removed from this probability of silence on; half of it"
              + " is enough for a phrase that stands alone.");
  static final Key<Double> DOUBTFUL_LOGPROB =
      KEYS.open(
          "asr.hallucination.doubtful_logprob",
          Types.decimal(-1_000, 0),
          HallucinationOptions.DEFAULTS.doubtfulLogProbability(),
          "They are removed as well if their mean log-probability is this or less.");
  static final Key<Integer> MIN_WORDS =
      KEYS.open(
          "asr.hallucination.min_words",
          Types.integer(0, 1_000),
          HallucinationOptions.DEFAULTS.minWords(),
          "Segments with fewer words are removed; 0 = none. In writing without blanks, two"
              + " characters (Chinese, Japanese) or four letters (Thai, Lao, Khmer, Burmese) count"
              + " as a word.");
  static final Key<Optional<Integer>> MAX_WORDS =
      KEYS.open(
          "asr.hallucination.max_words",
          Types.orOff(Types.integer(1, 100_000)),
          Optional.empty(),
          "Segments with more words are removed.");
  static final Key<Double> MIN_SEGMENT_CONFIDENCE =
      KEYS.open(
          "asr.hallucination.min_segment_confidence",
          Types.decimal(0, 1),
          HallucinationOptions.DEFAULTS.minSegmentConfidence(),
          "Segments of less confidence are removed; 0 = none.");
  static final Key<Double> MIN_WORD_PROBABILITY =
      KEYS.open(
          "asr.hallucination.min_word_probability",
          Types.decimal(0, 1),
          HallucinationOptions.DEFAULTS.minWordProbability(),
          "Segments whose words have a lower mean probability are removed; 0 = none.");

  private HallucinationKeys() {}
}
