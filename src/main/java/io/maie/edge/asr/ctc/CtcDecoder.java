package io.maie.edge.asr.ctc;

import java.util.List;

/** Turns posteriors into words. Deterministic. Used by one thread at a time. */
@FunctionalInterface
interface CtcDecoder {

  /** The words spoken, in order of time; none in silence. */
  List<DecodedWord> decode(Posteriors posteriors);
}
