package io.maie.edge.asr.whisper;

import io.maie.edge.audio.Waveform;
import io.maie.edge.dsp.DecimalLogarithm;
import io.maie.edge.dsp.FourierTransform;
import io.maie.edge.dsp.MelBands;
import io.maie.edge.dsp.MelFilterBank;
import io.maie.edge.dsp.MelNorm;
import io.maie.edge.dsp.MelScale;
import io.maie.edge.dsp.WindowFunction;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * Whisper's log-mel spectrogram, as transformers' {@code WhisperFeatureExtractor} computes it: the
 * chunk is filled up with silence, frames are centred and mirrored at its ends, the energy of
 * Slaney's mel bands is taken as decimal logarithm, cut off eight decades below the loudest, and
 * scaled. Holds scratch space: one instance per thread, which may get help from a crew.
 */
final class WhisperFrontEnd {
  static final int WINDOW = 400;

  private static final double FLOOR = 1e-10;
  private static final double HIGHEST_HZ = 8000;

  /** The logarithm that stands for silence. */
  private static final float SILENCE = (float) Math.log10(FLOOR);

  /** Decades below the loudest band that are kept. */
  private static final float RANGE = 8;

  private final WhisperShape shape;
  private final ParallelRange parallel;
  private final MelFilterBank filters;
  private final double[] weights = WindowFunction.HANN_PERIODIC.weights(WINDOW);

  /** One for each of the crew. */
  private final List<FrameScratch> scratches;

  /** Shape (bands, frames). */
  private final float[] logMel;

  WhisperFrontEnd(WhisperShape shape, ParallelRange parallel) {
    this.shape = shape;
    this.parallel = parallel;
    filters =
        MelFilterBank.straightInHertz(
            new MelBands(shape.melBands(), 0, HIGHEST_HZ, Waveform.SAMPLE_RATE),
            MelScale.SLANEY,
            MelNorm.SLANEY,
            WINDOW);
    logMel = new float[shape.melBands() * shape.melFrames()];
    scratches = Stream.generate(FrameScratch::new).limit(parallel.size()).toList();
  }

  /**
   * Computes the features of a chunk.
   *
   * @param samples at least {@code length}, in [-1, 1]
   * @param length at most {@link WhisperShape#chunkSamples()}
   * @param features shape (bands, frames), overwritten from the beginning
   */
  void compute(float[] samples, int length, FloatBuffer features) {
    Arrays.fill(logMel, SILENCE);
    int loud = Math.min(shape.melFrames(), (length + WINDOW / 2) / WhisperShape.HOP + 1);
    int parts = scratches.size();
    parallel.each(
        parts,
        part -> {
          // parts lie side by side, so that two threads seldom write to the same line of a cache
          int from = (int) ((long) part * loud / parts);
          int to = (int) ((part + 1L) * loud / parts);
          scratches.get(part).compute(samples, length, from, to);
        });
    scale();
    features.put(0, logMel);
  }

  private void scale() {
    float max = SILENCE;
    for (FrameScratch scratch : scratches) {
      for (double value : scratch.loudest) {
        max = Math.max(max, (float) value);
      }
    }
    for (int i = 0; i < logMel.length; i++) {
      logMel[i] = (Math.max(logMel[i], max - RANGE) + 4) / 4;
    }
  }

  /** Buffers of one thread: frames side by side, {@link FourierTransform#LANES} at a time. */
  private final class FrameScratch {
    private final FourierTransform transform = new FourierTransform(WINDOW);
    private final DecimalLogarithm logarithm = new DecimalLogarithm(FourierTransform.LANES);

    /** Samples under the frames of a block. */
    private final float[] signal =
        new float[(FourierTransform.LANES - 1) * WhisperShape.HOP + WINDOW];

    /** Shape (samples, frames). */
    private final double[][] block = new double[WINDOW][FourierTransform.LANES];

    /** Shape (bins, frames). */
    private final double[][] power = new double[transform.bins()][FourierTransform.LANES];

    /** Energies of one band, frame by frame. */
    private final double[] energies = new double[FourierTransform.LANES];

    /** The greatest logarithm that there was at each place of a block. */
    private final double[] loudest = new double[FourierTransform.LANES];

    /** Computes the frames in [from, to). */
    void compute(float[] samples, int length, int from, int to) {
      Arrays.fill(loudest, SILENCE);
      for (int t = from; t < to; t += FourierTransform.LANES) {
        int count = Math.min(FourierTransform.LANES, to - t);
        fillSignal(samples, length, t * WhisperShape.HOP - WINDOW / 2, count);
        fillBlock(count);
        transform.powerSpectra(block, count, power);
        for (int band = 0; band < filters.bands(); band++) {
          computeBand(band, count);
          store(count, band * shape.melFrames() + t);
        }
      }
    }

    private void fillSignal(float[] samples, int length, int start, int count) {
      int end = start + (count - 1) * WhisperShape.HOP + WINDOW;
      int from = Math.max(0, start);
      int to = Math.min(length, end);
      for (int at = start; at < from; at++) {
        signal[at - start] = mirrored(samples, length, at);
      }
      System.arraycopy(samples, from, signal, from - start, to - from);
      for (int at = to; at < end; at++) {
        signal[at - start] = mirrored(samples, length, at);
      }
    }

    /** The chunk's first and last sample are not repeated. */
    private float mirrored(float[] samples, int length, int at) {
      int last = shape.chunkSamples() - 1;
      int source = at < 0 ? -at : at > last ? 2 * last - at : at;
      return source < length ? samples[source] : 0;
    }

    private void fillBlock(int count) {
      for (int i = 0; i < WINDOW; i++) {
        double weight = weights[i];
        double[] row = block[i];
        for (int lane = 0; lane < count; lane++) {
          row[lane] = weight * signal[lane * WhisperShape.HOP + i];
        }
      }
    }

    /** Leaves the logarithms in place of the energies. */
    private void computeBand(int band, int count) {
      filters.energies(band, power, count, energies);
      for (int lane = 0; lane < count; lane++) {
        energies[lane] = Math.max(FLOOR, energies[lane]);
      }
      logarithm.apply(energies, count);
      for (int lane = 0; lane < count; lane++) {
        loudest[lane] = Math.max(loudest[lane], energies[lane]);
      }
    }

    private void store(int count, int to) {
      for (int lane = 0; lane < count; lane++) {
        logMel[to + lane] = (float) energies[lane];
      }
    }
  }
}
