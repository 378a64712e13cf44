package io.maie.edge.audio.decode;

import java.util.ArrayList;
import java.util.List;

/**
 * Measures all channels of a recording as they pass, and how alike each two of them are. Memory
 * does not grow with time.
 */
final class SoundMeter {
  private final List<ChannelMeter> channels = new ArrayList<>();

  /** Per pair: sum of products of the weighted samples. */
  private final double[][] products;

  /** Per pair: sum of products of the levels of blocks, as amplitudes. */
  private final double[][] envelopes;

  private final double[] amplitudes;
  private long blocks;

  SoundMeter(int count) {
    for (int i = 0; i < count; i++) {
      channels.add(new ChannelMeter());
    }
    products = new double[count][count];
    envelopes = new double[count][count];
    amplitudes = new double[count];
  }

  void add(float[][] block, int count) {
    for (int i = 0; i < channels.size(); i++) {
      channels.get(i).add(block[i], count);
    }
    blocks++;
    for (int i = 0; i < channels.size(); i++) {
      ChannelMeter one = channels.get(i);
      if (one.power() == 0) {
        continue;
      }
      double amplitude = Math.sqrt(one.power());
      amplitudes[i] += amplitude;
      products[i][i] += one.power() * count;
      envelopes[i][i] += one.power();
      for (int j = 0; j < i; j++) {
        ChannelMeter other = channels.get(j);
        if (other.power() > 0) {
          products[i][j] += product(one.weighted(), other.weighted(), count);
          envelopes[i][j] += amplitude * Math.sqrt(other.power());
        }
      }
    }
  }

  private static double product(float[] one, float[] other, int count) {
    double sum = 0;
    for (int i = 0; i < count; i++) {
      sum += one[i] * other[i];
    }
    return sum;
  }

  List<ChannelMeter> channels() {
    return channels;
  }

  /** Correlation of the samples of two channels, -1 to 1; 0 if one is silent. */
  double correlation(int one, int other) {
    double norm = Math.sqrt(products[one][one] * products[other][other]);
    return norm == 0 ? 0 : products[Math.max(one, other)][Math.min(one, other)] / norm;
  }

  /** Correlation of the levels of two channels over time, -1 to 1; 0 if one does not vary. */
  double envelopeCorrelation(int one, int other) {
    double meanOne = amplitudes[one] / Math.max(1, blocks);
    double meanOther = amplitudes[other] / Math.max(1, blocks);
    double varianceOne = envelopes[one][one] / Math.max(1, blocks) - meanOne * meanOne;
    double varianceOther = envelopes[other][other] / Math.max(1, blocks) - meanOther * meanOther;
    double shared =
        envelopes[Math.max(one, other)][Math.min(one, other)] / Math.max(1, blocks)
            - meanOne * meanOther;
    double norm = Math.sqrt(Math.max(0, varianceOne) * Math.max(0, varianceOther));
    return norm < 1e-20 ? 0 : shared / norm;
  }
}
