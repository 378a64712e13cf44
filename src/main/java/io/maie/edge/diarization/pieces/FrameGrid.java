package io.maie.edge.diarization.pieces;

import io.maie.edge.audio.SampleSpan;
import io.maie.edge.audio.Waveform;

/**
 * The grid of frames on which segmentation models of the pyannote family answer. A frame sees
 * {@value #FIELD} samples and owns the {@value #HOP} in their middle.
 */
final class FrameGrid {
  /** Samples from one frame to the next. */
  static final int HOP = 270;

  /** Samples that one frame sees. */
  static final int FIELD = 991;

  /** Seconds from one frame to the next: 0.016875. */
  static final double SECONDS = (double) HOP / Waveform.SAMPLE_RATE;

  private static final int CELL_OFFSET = (FIELD - HOP) / 2;

  private FrameGrid() {}

  /**
   * Frames of a signal: a convolution over 251 samples every 10, then twice a maximum of 3 and a
   * convolution over 5, and a maximum of 3.
   *
   * @param samples 991 at least
   */
  static int framesOf(int samples) {
    int frames = (samples - 251) / 10 + 1;
    frames = frames / 3 - 4;
    frames = frames / 3 - 4;
    return frames / 3;
  }

  /** The first of the samples that {@code frame} owns. */
  static long sampleOf(int frame) {
    return (long) frame * HOP + CELL_OFFSET;
  }

  /** The samples of the frames from {@code start} to {@code end}, within a recording. */
  static SampleSpan samples(int start, int end, long length) {
    long first = Math.min(length, sampleOf(start));
    return new SampleSpan(first, Math.max(first, Math.min(length, sampleOf(end))));
  }

  /** Number of frames nearest to {@code seconds}. */
  static int frames(double seconds) {
    return (int) Math.rint(seconds / SECONDS);
  }
}
