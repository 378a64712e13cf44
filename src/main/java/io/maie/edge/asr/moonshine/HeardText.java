package io.maie.edge.asr.moonshine;

import io.maie.edge.asr.seq2seq.ScoredToken;
import java.util.List;

/**
 * Text decoded from one stretch of sound.
 *
 * @param tokens without the end of the text; empty if nothing was said
 * @param silence probability that nothing was said, 0 to 1
 * @param looped whether the text went round in a circle; what is kept of it is at most one round
 */
record HeardText(List<ScoredToken> tokens, double silence, boolean looped) {

  HeardText {
    tokens = List.copyOf(tokens);
  }
}
