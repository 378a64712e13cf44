package io.maie.edge.audio;

import java.io.IOException;

/** The samples of another source before the change of their level. */
record UnlevelledSamples(SampleSource source, LevelCurve curve) implements SampleSource {

  @Override
  public long length() {
    return source.length();
  }

  @Override
  public Waveform read(SampleSpan span) throws IOException {
    float[] samples = source.read(span).samples().clone();
    for (int i = 0; i < samples.length; i++) {
      samples[i] = curve.undo(samples[i], span.start() + i);
    }
    return Waveform.of(samples);
  }
}
