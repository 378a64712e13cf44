package io.maie.edge.transcript;

import java.util.Locale;

/** Reasons for taking a segment out of a transcript; the labels are part of the result. */
public enum RemovalRule {
  BLANK("It has neither letters nor digits."),
  TOO_FEW_WORDS("It has fewer words than `asr.hallucination.min_words`."),
  TOO_MANY_WORDS("It has more words than `asr.hallucination.max_words`."),
  REPETITION(
      "More of it than `asr.hallucination.max_repetition` repeats itself, or it is one of many"
          + " segments that say the same, and the sound does not repeat."),
  NO_TIME("Half of its words take no time, and four in a row: nobody speaks as fast."),
  PATTERN("It is a text that models invent and hardly anybody says."),
  DOUBTFUL_PATTERN(
      "It is a text that models invent and people say, and the model itself doubted that there was"
          + " speech."),
  LOW_CONFIDENCE("Its confidence is below `asr.hallucination.min_segment_confidence`."),
  LOW_WORD_PROBABILITY(
      "The mean probability of its words is below `asr.hallucination.min_word_probability`.");

  private final String sentence;

  RemovalRule(String sentence) {
    this.sentence = sentence;
  }

  /** The word in results. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** For readers of the result, with final stop. */
  public String sentence() {
    return sentence;
  }
}
