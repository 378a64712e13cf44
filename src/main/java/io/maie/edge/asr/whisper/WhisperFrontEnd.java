package io.maie.edge.asr.whisper;

import io.maie.edge.audio.Waveform;
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

  /** Decades below the loudest band that are kept. */
  private static final float RANGE = 8;

  private final WhisperShape shape;
  private final Crew crew;
  private final MelFilterBank filters;
  private final double[] weights = WindowFunction.HANN_PERIODIC.weights(WINDOW);

  /** One for each of the crew. */
  private final List<Desk> desks;

  /** Shape (bands, frames). */
  private final float[] logMel;

  WhisperFrontEnd(WhisperShape shape, Crew crew) {
    this.shape = shape;
    this.crew = crew;
    desks = Stream.generate(Desk::new).limit(crew.size()).toList();
    filters =
        MelFilterBank.straightInHertz(
            new MelBands(shape.melBands(), 0, HIGHEST_HZ, Waveform.SAMPLE_RATE),
            MelScale.SLANEY,
            MelNorm.SLANEY,
            WINDOW);
    logMel = new float[shape.melBands() * shape.melFrames()];
  }

  /**
   * Computes the features of a chunk.
   *
   * @param samples at least {@code length}, in [-1, 1]
   * @param length at most {@link WhisperShape#chunkSamples()}
   * @param features shape (bands, frames), overwritten from the beginning
   */
  void compute(float[] samples, int length, FloatBuffer features) {
    int frames = shape.melFrames();
    int loud = Math.min(frames, (length + WINDOW / 2) / WhisperShape.HOP + 1);
    Arrays.fill(logMel, (float) Math.log10(FLOOR));
    int parts = desks.size();
    crew.each(
        parts,
        part -> {
          // parts lie side by side, so that two threads seldom write to the same line of a cache
          int to = (int) ((part + 1L) * loud / parts);
          for (int t = (int) ((long) part * loud / parts); t < to; t++) {
            compute(samples, length, t, desks.get(part));
          }
        });
    scale();
    features.put(0, logMel);
  }

  private void compute(float[] samples, int length, int t, Desk desk) {
    fillFrame(samples, length, t * WhisperShape.HOP - WINDOW / 2, desk.frame);
    desk.transform.powerSpectrum(desk.frame, desk.power);
    for (int band = 0; band < filters.bands(); band++) {
      logMel[band * shape.melFrames() + t] =
          (float) Math.log10(Math.max(FLOOR, filters.energy(band, desk.power)));
    }
  }

  private void fillFrame(float[] samples, int length, int start, double[] frame) {
    if (start >= 0 && start + WINDOW <= length) {
      for (int i = 0; i < WINDOW; i++) {
        frame[i] = weights[i] * samples[start + i];
      }
      return;
    }
    for (int i = 0; i < WINDOW; i++) {
      int at = mirrored(start + i);
      frame[i] = at < length ? weights[i] * samples[at] : 0;
    }
  }

  /** The chunk's first and last sample are not repeated. */
  private int mirrored(int at) {
    int last = shape.chunkSamples() - 1;
    return at < 0 ? -at : at > last ? 2 * last - at : at;
  }

  private void scale() {
    float max = logMel[0];
    for (float value : logMel) {
      max = Math.max(max, value);
    }
    for (int i = 0; i < logMel.length; i++) {
      logMel[i] = (Math.max(logMel[i], max - RANGE) + 4) / 4;
    }
  }

  /** What one thread works on. */
  private static final class Desk {
    final FourierTransform transform = new FourierTransform(WINDOW);
    final double[] frame = new double[WINDOW];
    final double[] power = new double[transform.bins()];
  }
}
