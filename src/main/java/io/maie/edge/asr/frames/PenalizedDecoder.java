package io.maie.edge.asr.frames;

import java.util.List;

/**
 * A decoder that hears blank as less likely than the network says.
 *
 * @param decoder what makes words of the rest
 * @param blank number of the blank token
 * @param penalty subtracted from its log-probability; natural log, above 0
 */
record PenalizedDecoder(CtcDecoder decoder, int blank, double penalty) implements CtcDecoder {

  @Override
  public List<DecodedWord> decode(Posteriors posteriors) {
    return decoder.decode(penalized(posteriors));
  }

  /** Posteriors with the blank penalty applied, as the decoder takes them. */
  Posteriors penalized(Posteriors posteriors) {
    return posteriors.penalized(blank, penalty);
  }
}
