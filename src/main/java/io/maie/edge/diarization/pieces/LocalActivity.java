package io.maie.edge.diarization.pieces;

import io.maie.edge.audio.SampleSpan;

/**
 * The local speakers that talk in each frame of each window. A window starts on a frame of the
 * recording, so that frame i of a window is frame {@code start + i} of the recording.
 *
 * @param starts the frame at which each window starts, ascending
 * @param masks shape (windows, frames of a window), sets as in {@link Powerset}
 */
// the arrays are large and live within one run
@SuppressWarnings("ArrayRecordComponent")
record LocalActivity(int[] starts, byte[][] masks) {
  /** Samples of a window: the 10 s that the models are trained on. */
  static final int WINDOW = 160_000;

  /** Frames from one window to the next: 2.53 s. */
  static final int STEP = 150;

  /** Share of a window over which its vote fades in and out. */
  private static final double EDGE = 0.1;

  /**
   * The frames at which windows start. The last window reaches the end of the recording and at most
   * one hop beyond.
   */
  static int[] starts(long samples) {
    if (samples <= WINDOW) {
      return new int[] {0};
    }
    int last = Math.toIntExact((samples - WINDOW + FrameGrid.HOP - 1) / FrameGrid.HOP);
    int regular = (last + STEP - 1) / STEP;
    int[] starts = new int[regular + 1];
    for (int i = 0; i < regular; i++) {
      starts[i] = i * STEP;
    }
    starts[regular] = last;
    return starts;
  }

  /** The samples of the window that starts at frame {@code start}. */
  static SampleSpan span(int start, long length) {
    long first = (long) start * FrameGrid.HOP;
    return new SampleSpan(first, Math.min(length, first + WINDOW));
  }

  int windows() {
    return starts.length;
  }

  /** Frames of one window. */
  int windowFrames() {
    return masks[0].length;
  }

  /** Frames of the recording. */
  int frames() {
    return starts[starts.length - 1] + windowFrames();
  }

  /** The first window that reaches beyond frame {@code frame}. */
  int firstWindowAt(int frame) {
    int window = Math.max(0, (frame - windowFrames()) / STEP);
    while (starts[window] + windowFrames() <= frame) {
      window++;
    }
    return window;
  }

  /** Weight of a window's vote in each of its frames, in (0, 1]. */
  double[] fade() {
    int frames = windowFrames();
    double[] weights = new double[frames];
    for (int i = 0; i < frames; i++) {
      weights[i] = Math.min(1, Math.min(i + 1, frames - i) / (frames * EDGE));
    }
    return weights;
  }
}
