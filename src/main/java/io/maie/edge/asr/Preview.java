package io.maie.edge.asr;

import io.maie.edge.audio.Waveform;
import io.maie.edge.progress.PreviewText;
import io.maie.edge.progress.Progress;
import io.maie.edge.transcript.Segment;
import java.util.List;

/** Shows the recognised text to those who follow the recording. */
public final class Preview {
  private Preview() {}

  /** Shows segments as soon as they are recognised, or known from an earlier attempt. */
  public static void show(List<Segment> segments, Progress progress) {
    for (Segment segment : segments) {
      progress.preview(
          new PreviewText(
              seconds(segment.span().start()), seconds(segment.span().end()), segment.text()));
    }
  }

  private static double seconds(long samples) {
    return (double) samples / Waveform.SAMPLE_RATE;
  }
}
