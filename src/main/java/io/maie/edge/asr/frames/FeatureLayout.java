package io.maie.edge.asr.frames;

import io.maie.edge.dsp.FeatureMatrix;

/** The order of axes in which a model takes features. */
public enum FeatureLayout {
  /** (1, bands, frames), as NeMo exports. */
  BANDS_FRAMES,
  /** (1, frames, bands), as wenet, icefall and zipformer export. */
  FRAMES_BANDS,
  /** (1, samples): the waveform itself, as wav2vec 2.0 exports. */
  SAMPLES;

  /** Features in this order of axes, in a batch of one; all frames count. */
  public Features arrange(FeatureMatrix matrix) {
    long frames = matrix.frames();
    long bands = matrix.bands();
    return switch (this) {
      case BANDS_FRAMES -> new Features(matrix.transposed(), new long[] {1, bands, frames}, frames);
      case FRAMES_BANDS -> new Features(matrix.values(), new long[] {1, frames, bands}, frames);
      case SAMPLES -> throw new IllegalStateException("a waveform has no bands");
    };
  }
}
