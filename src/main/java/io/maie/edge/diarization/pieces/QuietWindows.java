package io.maie.edge.diarization.pieces;

import io.maie.edge.audio.SampleSpan;
import io.maie.edge.audio.SpeechRegion;
import io.maie.edge.audio.Waveform;
import java.util.List;

/**
 * Finds the windows of a recording that need no look: those in the midst of a stretch of 30 s or
 * more in which voice activity detection heard nobody. Words come from its regions only, so that
 * such a window could add no word to any speaker.
 */
final class QuietWindows {
  /** The shortest stretch that is passed over, in samples. */
  private static final long SHORTEST = 30L * Waveform.SAMPLE_RATE;

  /** Samples at each end of such a stretch that are looked at. */
  private static final long MARGIN = 2L * Waveform.SAMPLE_RATE;

  private QuietWindows() {}

  /**
   * Returns whether each window is quiet.
   *
   * @param starts the frames at which windows start, ascending
   * @param length samples of the recording
   * @param speech the stretches in which somebody speaks, ascending
   */
  static boolean[] among(int[] starts, long length, List<SpeechRegion> speech) {
    boolean[] quiet = new boolean[starts.length];
    int next = 0;
    long heard = 0;
    for (int i = 0; i < starts.length; i++) {
      SampleSpan window = LocalActivity.span(starts[i], length);
      while (next < speech.size() && speech.get(next).span().start() < window.end() + MARGIN) {
        heard = Math.max(heard, speech.get(next++).span().end());
      }
      long until = next < speech.size() ? speech.get(next).span().start() : length;
      boolean isLong = until - heard >= SHORTEST;
      boolean isBehind = next == 0 || window.start() >= heard + MARGIN;
      quiet[i] = speech.isEmpty() || (isLong && isBehind);
    }
    return quiet;
  }
}
