package io.maie.edge.asr.chunkformer;

import static java.util.Objects.requireNonNull;

import io.maie.edge.asr.WindowSource;
import io.maie.edge.asr.frames.FeatureLayout;
import io.maie.edge.asr.frames.FrontEnd;
import io.maie.edge.asr.transducer.EncodedFrames;
import io.maie.edge.audio.SampleSpan;
import io.maie.edge.audio.Waveform;
import io.maie.edge.dsp.FeatureMatrix;
import io.maie.edge.dsp.KaldiFilterBank;
import io.maie.edge.dsp.KaldiFilterBankOptions;
import io.maie.edge.dsp.MelBands;
import io.maie.edge.dsp.WindowFunction;
import io.maie.edge.failure.ProcessingException;
import io.maie.edge.onnx.OnnxModel;
import io.maie.edge.onnx.Outputs;
import io.maie.edge.onnx.Tensor;
import java.io.IOException;
import java.util.Arrays;
import java.util.Map;

/**
 * The frames that the encoder is given: filter bank features, and the strided convolutions over
 * them. Features and convolutions are computed in blocks, so that memory does not grow with the
 * length of a window. Used by one thread at a time.
 */
final class StemFrames {
  private static final int HOP = Waveform.SAMPLE_RATE / 100;
  private static final int LENGTH = Waveform.SAMPLE_RATE / 40;

  /** Three convolutions of stride 2. */
  private static final int SUBSAMPLING = 8;

  /** Feature frames that the last frame of the encoder hears beyond its own. */
  private static final int EXTRA = 7;

  /** Full scale of 16-bit integers, on which the models are trained. */
  private static final double INT16_SCALE = 32_768;

  /**
   * Frames of a block. The convolutions hold about 4 MB a second of speech in a model of size 512.
   */
  private static final int BLOCK = 128;

  private final OnnxModel stem;
  private final int size;
  private final KaldiFilterBank filterBank;

  StemFrames(OnnxModel stem, ChunkformerSettings.Shape shape) {
    this.stem = requireNonNull(stem, "stem is null");
    this.size = shape.size();
    filterBank = filterBank(shape.bands());
  }

  private static KaldiFilterBank filterBank(int bands) {
    return new KaldiFilterBank(
        new KaldiFilterBankOptions(
            new MelBands(bands, 20, 0, Waveform.SAMPLE_RATE),
            LENGTH,
            HOP,
            WindowFunction.POVEY,
            0.97,
            INT16_SCALE,
            true));
  }

  /** The same features for an encoder of whole windows; enough for one frame at least. */
  static FrontEnd features(int bands) {
    KaldiFilterBank filterBank = filterBank(bands);
    int fewest = (SUBSAMPLING + EXTRA - 1) * HOP + LENGTH;
    return samples ->
        FeatureLayout.FRAMES_BANDS.arrange(
            filterBank.compute(samples.length < fewest ? Arrays.copyOf(samples, fewest) : samples));
  }

  /** Number of frames in {@code samples} samples; at least one, short speech is filled up. */
  static int count(long samples) {
    long features = (samples - LENGTH) / HOP + 1;
    return (int) Math.max(1, (features - EXTRA) / SUBSAMPLING);
  }

  /**
   * Frames of a window.
   *
   * @param first from 0
   * @param end at most {@link #count} of the window
   */
  EncodedFrames frames(WindowSource window, int first, int end)
      throws ProcessingException, IOException {
    float[] frames = new float[(end - first) * size];
    for (int from = first; from < end; from += BLOCK) {
      int to = Math.min(from + BLOCK, end);
      float[] block = block(samples(window, from, to));
      System.arraycopy(block, 0, frames, (from - first) * size, (to - from) * size);
    }
    return new EncodedFrames(frames, end - first, size);
  }

  /** Filled up with zeros where the window ends before the frames do. */
  private static float[] samples(WindowSource window, int from, int to) throws IOException {
    long start = (long) from * SUBSAMPLING * HOP;
    int length = ((to - from) * SUBSAMPLING + EXTRA - 1) * HOP + LENGTH;
    long end = Math.min(start + length, window.length());
    float[] samples = window.read(new SampleSpan(start, end)).samples();
    return samples.length == length ? samples : Arrays.copyOf(samples, length);
  }

  private float[] block(float[] samples) throws ProcessingException {
    FeatureMatrix features = filterBank.compute(samples);
    String output = stem.outputs().get(0).name();
    try (Tensor input = Tensor.of(features.values(), features.frames(), features.bands());
        Outputs outputs = stem.run(Map.of(stem.inputs().get(0).name(), input))) {
      return outputs.floats(output);
    }
  }
}
