package io.maie.edge.asr.transducer;

import io.maie.edge.asr.frames.FeatureLayout;
import io.maie.edge.asr.frames.Features;
import java.util.Arrays;
import java.util.List;

/**
 * Features of several windows in one tensor, each filled up to the longest.
 *
 * @param values row-major
 * @param shape (windows, frames, bands) or (windows, bands, frames)
 * @param lengths frames of each window
 */
@SuppressWarnings("ArrayRecordComponent") // handed over once, never compared
record FeatureBatch(float[] values, long[] shape, long[] lengths) {
  /** Logarithm of no energy, which icefall and sherpa-onnx fill up with. */
  private static final float NO_ENERGY = -23.02585f;

  /**
   * Puts windows side by side.
   *
   * @param layout of the axes; not that of samples
   */
  static FeatureBatch of(List<Features> windows, FeatureLayout layout) {
    long[] lengths = windows.stream().mapToLong(Features::length).toArray();
    if (windows.size() == 1) {
      return new FeatureBatch(windows.get(0).values(), windows.get(0).shape(), lengths);
    }
    boolean isColumns = layout == FeatureLayout.BANDS_FRAMES;
    int axis = isColumns ? 2 : 1;
    long frames = windows.stream().mapToLong(window -> window.shape()[axis]).max().orElse(0);
    long[] shape = windows.get(0).shape().clone();
    shape[0] = windows.size();
    shape[axis] = frames;
    int rows = isColumns ? Math.toIntExact(shape[1]) : 1;
    int width = Math.toIntExact(isColumns ? frames : frames * shape[2]);
    float[] values = new float[Math.toIntExact((long) windows.size() * rows * width)];
    if (!isColumns) {
      Arrays.fill(values, NO_ENERGY);
    }
    for (int i = 0; i < windows.size(); i++) {
      float[] from = windows.get(i).values();
      int own = from.length / rows;
      for (int row = 0; row < rows; row++) {
        System.arraycopy(from, row * own, values, (i * rows + row) * width, own);
      }
    }
    return new FeatureBatch(values, shape, lengths);
  }
}
