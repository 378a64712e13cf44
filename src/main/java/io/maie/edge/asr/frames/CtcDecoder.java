package io.maie.edge.asr.frames;

import java.util.List;

/** Turns posteriors into words. Deterministic. Used by one thread at a time. */
@FunctionalInterface
public interface CtcDecoder {

  /** The words spoken, in order of time; none in silence. */
  List<DecodedWord> decode(Posteriors posteriors);
}
