package io.maie.edge.asr.whisper;

import io.maie.edge.asr.SpeechWindow;
import io.maie.edge.asr.seq2seq.ChunkOutcome;
import io.maie.edge.audio.SampleSource;
import io.maie.edge.audio.SampleSpan;
import io.maie.edge.audio.Waveform;
import io.maie.edge.transcript.Segment;
import io.maie.edge.transcript.Word;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** A window in progress: the part that has been heard, and the text so far. Not thread-safe. */
final class WindowProgress {
  private final SpeechWindow window;
  private final boolean packed;
  private final StepBudget budget;
  private final List<Segment> segments = new ArrayList<>();
  private long heard;

  /** Samples of the window before the end of the last word. */
  private long said;

  /**
   * A window whose beginning comes next.
   *
   * @param packed whether it holds speech and little else
   * @param budget unspent
   */
  WindowProgress(SpeechWindow window, boolean packed, StepBudget budget) {
    this.window = window;
    this.packed = packed;
    this.budget = budget;
  }

  StepBudget budget() {
    return budget;
  }

  /** Samples of the window behind the next {@code samples}. */
  long restBehind(long samples) {
    return Math.max(0, window.length() - heard - samples);
  }

  /** Returns whether nothing is left that fills a frame of the spectrogram. */
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

  /** Number of samples that are next, at most {@code chunkSamples}. */
  long nextLength(long chunkSamples) {
    return Math.min(window.length() - heard, chunkSamples);
  }

  /** Place in the recording of the next samples, at most {@code chunkSamples} of them. */
  SampleSpan nextSpan(long chunkSamples) {
    return window.toRecording(new SampleSpan(heard, heard + nextLength(chunkSamples)));
  }

  /** Tells how a chunk of the next samples ends. */
  ChunkEnd endOf(int samples) {
    boolean isLast = heard + samples >= window.length();
    return !isLast ? ChunkEnd.OPEN : packed ? ChunkEnd.PACKED : ChunkEnd.LAST;
  }

  /** Frames from {@link #heard} on at which pauses were cut out, ascending. */
  List<Integer> joints() {
    List<Integer> joints = new ArrayList<>();
    long end = -heard;
    for (SampleSpan piece : window.pieces()) {
      end += piece.length();
      if (end > 0) {
        joints.add((int) (end / WhisperShape.HOP));
      }
    }
    return joints;
  }

  /**
   * Maps a stretch of the next samples to the recording, clipped to the window.
   *
   * @param start samples from {@link #heard}
   */
  SampleSpan toRecording(long start, long end) {
    return window.toRecording(clipped(start, end));
  }

  /**
   * Maps the next word of the next samples to the recording: not before the last word, and not over
   * a pause that was cut out.
   */
  SampleSpan wordToRecording(long start, long end) {
    SampleSpan word = clipped(start, end);
    said = Math.max(said, heard + end);
    return window.withinPiece(word);
  }

  /** Returns whether a pause was cut out between two words, in the recording. */
  boolean isCutBetween(Word before, Word after) {
    return window.isCutBetween(before.span(), after.span());
  }

  private SampleSpan clipped(long start, long end) {
    long last = window.length() - 1;
    long from = Math.min(Math.max(said, heard + start), last);
    return new SampleSpan(from, Math.max(from + 1, Math.min(heard + end, window.length())));
  }

  List<Segment> segments() {
    return segments;
  }

  /** Goes on behind the next chunk. */
  void advance(ChunkOutcome step) {
    heard += step.samples();
    segments.addAll(step.segments());
    budget.spend(step.steps());
  }
}
