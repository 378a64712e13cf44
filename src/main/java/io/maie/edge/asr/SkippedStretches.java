package io.maie.edge.asr;

import static java.util.Objects.requireNonNull;

import io.maie.edge.audio.SampleSpan;
import io.maie.edge.progress.Checkpoint;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Stretches of speech that are left out, since the program crashed twice in each. A recording is
 * never left out as a whole: it is tried until its crashes make it fail. Not thread-safe.
 */
public final class SkippedStretches {
  /** Crashes in one stretch after which it is left out. */
  private static final int MOST_CRASHES = 2;

  /**
   * With more stretches, on all channels together, the machine, the model or the whole recording is
   * at fault.
   */
  private static final int MOST_STRETCHES = 5;

  private final Checkpoint checkpoint;
  private final List<SampleSpan> skipped = new ArrayList<>();

  /** Samples that are not left out. */
  private long left;

  /**
   * Nothing is left out yet.
   *
   * @param checkpoint that knows where the program crashed
   * @param samples of speech in all
   */
  public SkippedStretches(Checkpoint checkpoint, long samples) {
    this.checkpoint = requireNonNull(checkpoint, "checkpoint is null");
    left = samples;
  }

  /** The same for all of {@code windows}. */
  public static SkippedStretches of(List<SpeechWindow> windows, Checkpoint checkpoint) {
    return new SkippedStretches(checkpoint, windows.stream().mapToLong(SpeechWindow::length).sum());
  }

  /**
   * Returns whether to hear one stretch at a time, since the program crashed: its next end then
   * tells which one it was.
   */
  public boolean isCareful() {
    return checkpoint.crashes("") > 0;
  }

  /** Begins with a window; returns whether it is to be heard. */
  public boolean begin(SpeechWindow window) {
    return begin(window.span(), window.length());
  }

  /**
   * Begins with a stretch; returns whether it is to be heard.
   *
   * @param samples of the stretch that are heard
   */
  public boolean begin(SampleSpan stretch, long samples) {
    String step = step(stretch);
    if (samples < left && isLeftOut(checkpoint.crashes(step), checkpoint)) {
      return false;
    }
    checkpoint.begin(step);
    return true;
  }

  /** Begins with several stretches at once, from the first to the last. */
  public void beginAll(SampleSpan all) {
    checkpoint.begin("windows within " + seconds(all));
  }

  /** Counts a stretch as left out, by this attempt or an earlier one. */
  public void add(SpeechWindow window) {
    add(window.span(), window.length());
  }

  /** The same for a stretch of {@code samples} that would have been heard. */
  public void add(SampleSpan stretch, long samples) {
    skipped.add(stretch);
    left -= samples;
  }

  /** Ends the last stretch. */
  public void end() {
    checkpoint.begin("");
  }

  /** Stretches that were left out, ascending. */
  public List<SampleSpan> list() {
    return skipped.stream().sorted().toList();
  }

  /**
   * Returns whether a part of the work is left out.
   *
   * @param crashes in the part
   */
  static boolean isLeftOut(int crashes, Checkpoint checkpoint) {
    return crashes >= MOST_CRASHES && checkpoint.repeatedCrashes() <= MOST_STRETCHES;
  }

  private static String step(SampleSpan stretch) {
    return "window " + seconds(stretch);
  }

  private static String seconds(SampleSpan stretch) {
    return String.format(Locale.ROOT, "%.3f-%.3f s", stretch.startSeconds(), stretch.endSeconds());
  }
}
