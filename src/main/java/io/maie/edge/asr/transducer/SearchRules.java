package io.maie.edge.asr.transducer;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Properties of a transducer that a search depends on.
 *
 * @param vocabulary number of tokens, blank included
 * @param blank the token that stands for nothing said
 * @param unknown the token that counts as blank too; -1 = none
 * @param durations outputs behind the tokens: the number of frames to go on by, from 0; 0 = the
 *     model has none and goes on by one frame
 * @param maxSymbols tokens that are said in one frame at most, 1 or more
 * @param contextSize added to the number of tokens when hypotheses of different lengths are
 *     compared, 1 or more
 * @param blankPenalty subtracted from blank before the search; natural log, 0 or more
 * @param beamSize hypotheses followed at once; 1 = greedy
 * @param phraseBonus added per token of a phrase that is to be preferred; natural log
 */
public record SearchRules(
    int vocabulary,
    int blank,
    int unknown,
    int durations,
    int maxSymbols,
    int contextSize,
    double blankPenalty,
    int beamSize,
    double phraseBonus) {

  /** Hypotheses that are followed where phrases are to be preferred. */
  private static final int PHRASE_BEAM = 4;

  public SearchRules {
    if (blank < 0 || blank >= vocabulary || durations < 0) {
      throw new IllegalArgumentException(
          "expected a blank among %d tokens, found %d".formatted(vocabulary, blank));
    }
    if (maxSymbols < 1 || contextSize < 1 || beamSize < 1 || !(blankPenalty >= 0)) {
      throw new IllegalArgumentException(
          "expected a limit, context and beam of 1 or more and a penalty of 0 or more, found "
              + "%d, %d, %d and %s".formatted(maxSymbols, contextSize, beamSize, blankPenalty));
    }
  }

  /**
   * Frames to advance by.
   *
   * @param skip as the model tells; 0 if it does not
   * @param isDone whether nothing more is said in the frame
   */
  int framesAfter(int skip, boolean isDone) {
    return Math.max(skip, isDone ? 1 : 0);
  }

  /** Enough hypotheses for phrases to be found. */
  SearchRules forPhrases() {
    return new SearchRules(
        vocabulary,
        blank,
        unknown,
        durations,
        maxSymbols,
        contextSize,
        blankPenalty,
        Math.max(beamSize, PHRASE_BEAM),
        phraseBonus);
  }

  boolean isSilent(int token) {
    return token == blank || token == unknown;
  }

  /** Parameters that a reader of the result needs to decode alike. */
  public Map<String, Object> asParams() {
    Map<String, Object> params = new LinkedHashMap<>();
    params.put("decoder", "transducer");
    params.put("beam_size", beamSize);
    params.put("max_symbols_per_frame", maxSymbols);
    params.put("blank_penalty", blankPenalty);
    params.put("vocabulary_bonus", phraseBonus);
    return params;
  }
}
