package io.maie.edge.diarization.pieces;

import static java.util.Objects.requireNonNull;

import io.maie.edge.audio.SampleSource;
import io.maie.edge.audio.SampleSpan;
import io.maie.edge.audio.SpeechRegion;
import io.maie.edge.failure.ProcessingException;
import io.maie.edge.progress.StageContext;
import io.maie.edge.progress.TaskStoppedException;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Slides the segmentation model over a recording. */
final class Segmenter {
  /** Windows that run together: a third less time per window than one by one. */
  private static final int BATCH = 4;

  /** Windows that are kept together: 81 s of a recording. */
  private static final int GROUP = 32;

  /**
   * Below this root mean square, -60 dBFS, the model takes a voice for its own floor (it divides by
   * the variance plus 1e-5). Louder windows are left alone.
   */
  private static final double QUIET = 1e-3;

  /** The level that a quiet window is raised to. */
  private static final double RAISED = 0.1;

  /** Half a step of a 16-bit sample: what is below holds no voice. */
  private static final double NOTHING = 1.0 / 65_536;

  private final SegmentationModel model;
  private final String modelHash;

  Segmenter(SegmentationModel model, String modelHash) {
    this.model = requireNonNull(model, "model is null");
    this.modelHash = requireNonNull(modelHash, "modelHash is null");
  }

  /**
   * Segments {@code audio}.
   *
   * @param audio at least a tenth of a second
   * @param speech the stretches in which somebody speaks, ascending; long stretches without any
   *     hold nobody
   */
  LocalActivity segment(SampleSource audio, List<SpeechRegion> speech, StageContext context)
      throws ProcessingException, TaskStoppedException, IOException {
    int[] starts = LocalActivity.starts(audio.length());
    boolean[] quiet = QuietWindows.among(starts, audio.length(), speech);
    byte[] nobody = new byte[FrameGrid.framesOf(length(audio))];
    byte[][] masks = new byte[starts.length][];
    GroupCheckpoint kept =
        new GroupCheckpoint(
            context.checkpoint(),
            "classes",
            modelHash + " " + starts.length + " " + GROUP + " " + Arrays.hashCode(quiet));
    int done = restore(kept.load(), masks);
    for (int from = done; from < starts.length; from += GROUP) {
      int to = Math.min(starts.length, from + GROUP);
      Arrays.fill(masks, from, to, nobody);
      int[] heard = IntStream.range(from, to).filter(i -> !quiet[i]).toArray();
      for (int i = 0; i < heard.length; i += BATCH) {
        context.tick((double) heard[i] / starts.length);
        int[] windows = Arrays.copyOfRange(heard, i, Math.min(heard.length, i + BATCH));
        byte[][] segmented =
            model.segment(batch(audio, IntStream.of(windows).map(at -> starts[at]).toArray()));
        for (int j = 0; j < windows.length; j++) {
          masks[windows[j]] = segmented[j];
        }
      }
      kept.add(joined(Arrays.copyOfRange(masks, from, to)));
    }
    return new LocalActivity(starts, masks);
  }

  private static int restore(List<byte[]> groups, byte[][] masks) {
    int window = 0;
    for (byte[] group : groups) {
      int windows = Math.min(GROUP, masks.length - window);
      int frames = group.length / windows;
      for (int i = 0; i < windows; i++) {
        masks[window++] = Arrays.copyOfRange(group, i * frames, (i + 1) * frames);
      }
    }
    return window;
  }

  private static byte[] joined(byte[][] masks) {
    int frames = masks[0].length;
    byte[] group = new byte[masks.length * frames];
    for (int i = 0; i < masks.length; i++) {
      System.arraycopy(masks[i], 0, group, i * frames, frames);
    }
    return group;
  }

  /**
   * A recording shorter than a window goes in as it is: zeros behind it would change how the model
   * normalises it.
   */
  private static float[][] batch(SampleSource audio, int[] starts) throws IOException {
    int length = length(audio);
    float[][] batch = new float[starts.length][];
    for (int i = 0; i < starts.length; i++) {
      SampleSpan span = LocalActivity.span(starts[i], audio.length());
      batch[i] = raised(Arrays.copyOf(audio.read(span).samples(), length));
    }
    return batch;
  }

  private static int length(SampleSource audio) {
    return (int) Math.min(LocalActivity.WINDOW, audio.length());
  }

  /** Raises a quiet window in place. */
  static float[] raised(float[] samples) {
    double squares = 0;
    for (float sample : samples) {
      squares += (double) sample * sample;
    }
    double level = Math.sqrt(squares / samples.length);
    if (level < QUIET && level > NOTHING) {
      for (int i = 0; i < samples.length; i++) {
        samples[i] *= (float) (RAISED / level);
      }
    }
    return samples;
  }
}
