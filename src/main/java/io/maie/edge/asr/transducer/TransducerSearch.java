package io.maie.edge.asr.transducer;

import io.maie.edge.failure.ProcessingException;
import java.util.List;

/**
 * The search through one stretch of speech, which may be given in parts. Deterministic; the parts
 * make no difference. Used by one thread, once.
 */
public interface TransducerSearch {

  /** Searches the frames that follow. */
  void accept(EncodedFrames frames) throws ProcessingException;

  /** The tokens said, in order of time. */
  List<SaidToken> finish();

  /**
   * A search by {@code rules}.
   *
   * @param phrases to prefer; empty = none
   */
  static <P> TransducerSearch begin(
      TransducerNetwork<P> network, SearchRules rules, PhraseGraph phrases)
      throws ProcessingException {
    if (!phrases.isEmpty()) {
      return new BeamSearch<>(network, rules.forPhrases(), phrases);
    }
    return rules.beamSize() == 1
        ? new GreedySearch<>(network, rules)
        : new BeamSearch<>(network, rules, phrases);
  }
}
