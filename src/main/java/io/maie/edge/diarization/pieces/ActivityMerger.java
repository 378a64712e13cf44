package io.maie.edge.diarization.pieces;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Merges overlapping windows into one account of the recording, block by block, so that memory does
 * not grow with the recording but for one byte a frame.
 */
final class ActivityMerger {
  /** Frames that are merged at once: ten minutes. */
  private static final int BLOCK = 35_556;

  /** Frames by which a change of speaker is widened to both sides. */
  private static final int NEAR = 6;

  /** Share of the windows that must see a change. */
  private static final double CHANGE = 0.5;

  private final LocalActivity activity;
  private final double[] fade;
  private final byte[] counts;
  private final double[] cover = new double[BLOCK];
  private final double[] talking = new double[BLOCK];
  private final double[] change = new double[BLOCK];
  private final List<Integer> cuts = new ArrayList<>();

  /** The frames of the run of changes that is not over yet, with the highest value so far. */
  private final List<Integer> highest = new ArrayList<>();

  private double peak;

  private ActivityMerger(LocalActivity activity) {
    this.activity = requireNonNull(activity, "activity is null");
    this.fade = activity.fade();
    this.counts = new byte[activity.frames()];
  }

  static FrameActivity merge(LocalActivity activity) {
    ActivityMerger merger = new ActivityMerger(activity);
    for (int from = 0; from < merger.counts.length; from += BLOCK) {
      merger.block(from, Math.min(merger.counts.length, from + BLOCK));
    }
    merger.endRun();
    return new FrameActivity(
        merger.counts, merger.cuts.stream().mapToInt(Integer::intValue).toArray());
  }

  private void block(int from, int to) {
    Arrays.fill(cover, 0);
    Arrays.fill(talking, 0);
    Arrays.fill(change, 0);
    int window = activity.firstWindowAt(from);
    while (window < activity.windows() && activity.starts()[window] < to) {
      add(window++, from, to);
    }
    for (int frame = from; frame < to; frame++) {
      int i = frame - from;
      counts[frame] = (byte) Math.floor(talking[i] / cover[i] + 0.5);
      acceptChange(frame, change[i] / cover[i]);
    }
  }

  private void add(int window, int from, int to) {
    byte[] masks = activity.masks()[window];
    boolean[] near = nearChanges(masks);
    int start = activity.starts()[window];
    for (int i = Math.max(0, from - start); i < masks.length && start + i < to; i++) {
      int at = start + i - from;
      cover[at] += fade[i];
      talking[at] += Powerset.count(masks[i]) * fade[i];
      change[at] += near[i] ? fade[i] : 0;
    }
  }

  /** Marks the frames of a window that are close to a change of the only speaker. */
  private static boolean[] nearChanges(byte[] masks) {
    boolean[] near = new boolean[masks.length];
    byte last = 0;
    for (int i = 0; i < masks.length; i++) {
      if (Powerset.count(masks[i]) == 1) {
        if (last != 0 && last != masks[i]) {
          Arrays.fill(near, Math.max(0, i - NEAR), Math.min(masks.length, i + NEAR + 1), true);
        }
        last = masks[i];
      }
    }
    return near;
  }

  private void acceptChange(int frame, double share) {
    if (share < CHANGE) {
      endRun();
      return;
    }
    if (highest.isEmpty() || share > peak) {
      highest.clear();
      peak = share;
    }
    if (share == peak) {
      highest.add(frame);
    }
  }

  /** A run of changes is cut at the middle one of its highest frames. */
  private void endRun() {
    if (!highest.isEmpty()) {
      cuts.add(highest.get((highest.size() - 1) / 2));
      highest.clear();
    }
  }
}
