package io.maie.edge.audio.decode;

import io.maie.edge.dsp.FourierTransform;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The sample rate at which samples sound like a voice: the pitch is that of people, and the
 * spectrum over time that of speech.
 */
final class SpeechRate {
  private static final int[] RATES = {8_000, 16_000, 44_100};

  private static final int FRAME = 4_096;
  private static final int MOST_FRAMES = 1_024;
  private static final int MOST_PITCHES = 40;

  /** The longest period of a voice that is looked for, in samples. */
  private static final int LONGEST_PERIOD = 1_200;

  /** Likeness of one period with the next, from which a frame is voiced. */
  private static final double VOICED = 0.4;

  /** Pitch of men and women, as the middle and the spread of its logarithm in octaves. */
  private static final double PITCH = 180;

  private static final double PITCH_SPREAD = 0.45;
  private static final double PITCH_WEIGHT = 0.3;

  /** The lowest rate is chosen only if it fits better by this: it suits all faint treble. */
  private static final double LOWEST_COSTS = 0.3;

  /** Middles of third-octave bands, in Hz. */
  private static final double[] BANDS = {
    100, 125, 160, 200, 250, 315, 400, 500, 630, 800, 1_000, 1_250, 1_600, 2_000, 2_500, 3_150,
    4_000
  };

  /** Density of power of recorded speech in each band, in dB, and how it spreads. */
  private static final double[] LEVELS = {
    -7.3, -2.7, 1.1, 7.4, 8.5, 5.2, 7.6, 8.0, 3.9, -1.0, -3.8, -6.6, -9.0, -11.4, -12.8, -15.0,
    -16.4
  };

  private static final double[] SPREADS = {
    10.4, 10.2, 7.7, 6.3, 5.7, 5.4, 4.8, 3.7, 4.2, 5.4, 5.0, 4.3, 3.8, 5.4, 5.3, 5.1, 5.9
  };

  /** Bands up to here are in the mean that levels are told against. */
  private static final int MEAN_BANDS = 14;

  /** No band counts for more, in squared spreads. */
  private static final double MOST_DEVIATION = 9;

  private final float[] samples;

  SpeechRate(float[] samples) {
    this.samples = samples;
  }

  /** The likeliest of the usual rates. */
  int hertz() {
    double[] power = power();
    double period = period();
    int best = RATES[0];
    double least = Double.MAX_VALUE;
    for (int rate : RATES) {
      double distance = spectrumDistance(power, rate) + pitchDistance(period, rate);
      distance += rate == RATES[0] ? LOWEST_COSTS : 0;
      if (distance < least) {
        least = distance;
        best = rate;
      }
    }
    return best;
  }

  private double[] power() {
    FourierTransform transform = new FourierTransform(FRAME);
    double[][] frames = new double[FRAME][FourierTransform.LANES];
    double[][] powers = new double[transform.bins()][FourierTransform.LANES];
    double[] sum = new double[transform.bins()];
    int lane = 0;
    for (int start = 0; start + FRAME <= frameLimit(); start += FRAME / 2) {
      for (int i = 0; i < FRAME; i++) {
        double window = 0.5 - 0.5 * Math.cos(2 * Math.PI * i / FRAME);
        frames[i][lane] = window * samples[start + i];
      }
      lane++;
      boolean isLast = start + FRAME / 2 + FRAME > frameLimit();
      if (lane == FourierTransform.LANES || isLast) {
        transform.powerSpectra(frames, lane, powers);
        for (int bin = 0; bin < sum.length; bin++) {
          for (int i = 0; i < lane; i++) {
            sum[bin] += powers[bin][i];
          }
        }
        lane = 0;
      }
    }
    return sum;
  }

  private int frameLimit() {
    return Math.min(samples.length, MOST_FRAMES * FRAME / 2);
  }

  /** Mean squared deviation of the spectrum from that of speech, in spreads. */
  private static double spectrumDistance(double[] power, int rate) {
    double[] levels = new double[BANDS.length];
    int count = 0;
    double mean = 0;
    while (count < BANDS.length && BANDS[count] * Math.pow(2, 1 / 6.0) <= rate / 2.0) {
      levels[count] = level(power, rate, BANDS[count]);
      mean += count < MEAN_BANDS ? levels[count] / MEAN_BANDS : 0;
      count++;
    }
    double sum = 0;
    for (int band = 0; band < count; band++) {
      double deviation = (levels[band] - mean - LEVELS[band]) / SPREADS[band];
      sum += Math.min(MOST_DEVIATION, deviation * deviation);
    }
    return sum / count;
  }

  private static double level(double[] power, int rate, double hertz) {
    double width = (double) rate / FRAME;
    int from = (int) Math.ceil(hertz * Math.pow(2, -1 / 6.0) / width);
    int to = Math.max(from + 1, (int) Math.ceil(hertz * Math.pow(2, 1 / 6.0) / width));
    double sum = 0;
    for (int bin = from; bin < to; bin++) {
      sum += power[Math.min(bin, power.length - 1)];
    }
    return 10 * Math.log10(sum / (to - from) + 1e-9);
  }

  private static double pitchDistance(double period, int rate) {
    if (period == 0) {
      return 0;
    }
    double octaves = Math.log(rate / period / PITCH) / Math.log(2);
    return PITCH_WEIGHT * Math.pow(octaves / PITCH_SPREAD, 2);
  }

  /** The median period of voiced frames, in samples; 0 if there are few. */
  private double period() {
    List<Integer> loud = new ArrayList<>();
    for (int start = 0; start + FRAME <= samples.length; start += FRAME) {
      loud.add(start);
    }
    loud.sort((one, two) -> Double.compare(energy(two), energy(one)));
    List<Integer> periods = new ArrayList<>();
    for (int start : loud.subList(0, Math.min(MOST_PITCHES, loud.size() * 2 / 5))) {
      int period = period(start);
      if (period > 0) {
        periods.add(period);
      }
    }
    Collections.sort(periods);
    return periods.size() > 3 ? periods.get(periods.size() / 2) : 0;
  }

  private double energy(int start) {
    double sum = 0;
    for (int i = start; i < start + FRAME; i++) {
      sum += samples[i] * samples[i];
    }
    return sum;
  }

  /** The distance at which a frame is most like itself, behind the first at which it is not. */
  private int period(int start) {
    double whole = energy(start) / FRAME;
    boolean isBehind = false;
    int best = 0;
    double most = VOICED;
    for (int lag = 1; lag < LONGEST_PERIOD; lag++) {
      double sum = 0;
      for (int i = start; i + lag < start + FRAME; i++) {
        sum += samples[i] * samples[i + lag];
      }
      double likeness = sum / (FRAME - lag) / Math.max(1e-12, whole);
      isBehind |= likeness < 0;
      if (isBehind && likeness > most) {
        most = likeness;
        best = lag;
      }
    }
    return best;
  }
}
