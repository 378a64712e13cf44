package io.maie.edge.audio;

import static java.util.Objects.requireNonNull;

import java.io.IOException;

/** Another source, every sample of which is multiplied by a factor. */
record ScaledSamples(SampleSource source, float factor) implements SampleSource {

  ScaledSamples {
    requireNonNull(source, "source is null");
  }

  @Override
  public long length() {
    return source.length();
  }

  @Override
  public Waveform read(SampleSpan span) throws IOException {
    float[] samples = source.read(span).samples().clone();
    for (int i = 0; i < samples.length; i++) {
      samples[i] *= factor;
    }
    return Waveform.of(samples);
  }
}
