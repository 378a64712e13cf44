package io.maie.edge.asr.whisper;

import io.maie.edge.asr.SpeechWindow;
import io.maie.edge.audio.SampleSource;
import io.maie.edge.audio.SampleSpan;
import io.maie.edge.audio.Waveform;
import io.maie.edge.transcript.Segment;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** A window on its way: how far it has been heard, and what was said so far. Not thread-safe. */
final class Track {
  private final SpeechWindow window;
  private final List<Segment> segments = new ArrayList<>();
  private long heard;

  Track(SpeechWindow window) {
    this.window = window;
  }

  /** Whether nothing is left that fills a frame of the spectrogram. */
  boolean isFinished() {
    return window.length() - heard < WhisperShape.HOP;
  }

  long length() {
    return window.length();
  }

  /** Samples of the window that lie behind. */
  long heard() {
    return Math.min(heard, window.length());
  }

  /** The next samples, at most {@code chunkSamples}. */
  Waveform next(SampleSource audio, int chunkSamples) throws IOException {
    long end = Math.min(window.length(), heard + chunkSamples);
    return window.read(audio, new SampleSpan(heard, end));
  }

  /**
   * Where a stretch of the next samples lies in the recording; clipped to the window.
   *
   * @param start samples from {@link #heard}
   */
  SampleSpan toRecording(long start, long end) {
    long last = window.length() - 1;
    long from = Math.min(heard + start, last);
    return window.toRecording(
        new SampleSpan(from, Math.max(from + 1, Math.min(heard + end, window.length()))));
  }

  List<Segment> segments() {
    return segments;
  }

  void advance(long samples, List<Segment> said) {
    heard += samples;
    segments.addAll(said);
  }
}
