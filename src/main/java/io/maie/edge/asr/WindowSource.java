package io.maie.edge.asr;

import io.maie.edge.audio.SampleSource;
import io.maie.edge.audio.SampleSpan;
import io.maie.edge.audio.Waveform;
import java.io.IOException;

/** A window of a recording, whose samples can be read. */
public record WindowSource(SpeechWindow window, SampleSource audio) {

  /** Number of samples heard. */
  public long length() {
    return window.length();
  }

  /** The samples to hear, {@link #length} of them. */
  public Waveform read() throws IOException {
    return window.read(audio);
  }

  /**
   * Some of the samples to hear.
   *
   * @param heard within [0, {@link #length}]
   */
  public Waveform read(SampleSpan heard) throws IOException {
    return window.read(audio, heard);
  }
}
