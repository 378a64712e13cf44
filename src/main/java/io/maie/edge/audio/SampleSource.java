package io.maie.edge.audio;

import java.io.IOException;

/** Audio that is read span by span, so that a recording never lies in memory whole. */
public interface SampleSource {

  /** Number of samples at {@link Waveform#SAMPLE_RATE}. */
  long length();

  /**
   * Reads one span.
   *
   * @param span within [0, {@link #length()}]
   * @throws IndexOutOfBoundsException if the span exceeds the source
   */
  Waveform read(SampleSpan span) throws IOException;

  /** The same audio before {@code curve} changed its level. */
  default SampleSource before(LevelCurve curve) {
    return curve.isUnchanged() ? this : new UnlevelledSamples(this, curve);
  }

  /** Audio that is in memory already; for short pieces and tests. */
  static SampleSource of(Waveform waveform) {
    return new InMemorySamples(waveform);
  }
}
