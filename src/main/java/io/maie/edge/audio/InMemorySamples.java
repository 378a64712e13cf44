package io.maie.edge.audio;

import java.util.Arrays;

/** A waveform seen as a source. */
record InMemorySamples(Waveform waveform) implements SampleSource {

  @Override
  public long length() {
    return waveform.length();
  }

  @Override
  public Waveform read(SampleSpan span) {
    if (span.end() > waveform.length()) {
      throw new IndexOutOfBoundsException(
          "expected a span within 0 to " + waveform.length() + ", found " + span);
    }
    return Waveform.of(
        Arrays.copyOfRange(waveform.samples(), (int) span.start(), (int) span.end()));
  }
}
