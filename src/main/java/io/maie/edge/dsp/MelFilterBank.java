package io.maie.edge.dsp;

import java.util.Arrays;

/** Overlapping triangles that sum a power spectrum into mel bands. Immutable. */
public final class MelFilterBank {
  /*
   * Two published definitions differ in where the triangle is straight: in hertz (Slaney's toolbox,
   * librosa, torchaudio's melscale_fbanks) or in mel (HTK, Kaldi). Weights are kept sparse: one run
   * of bins per band.
   */
  private final int bins;
  private final int[] first;
  private final double[][] weights;

  private MelFilterBank(double[][] dense) {
    bins = dense[0].length;
    first = new int[dense.length];
    weights = new double[dense.length][];
    for (int band = 0; band < dense.length; band++) {
      int from = 0;
      int to = bins;
      while (from < to && dense[band][from] == 0) {
        from++;
      }
      while (to > from && dense[band][to - 1] == 0) {
        to--;
      }
      first[band] = from;
      weights[band] = Arrays.copyOfRange(dense[band], from, to);
    }
  }

  /**
   * Triangles that are straight in hertz.
   *
   * @param transformLength samples per transform
   * @param norm the scale of each triangle
   */
  public static MelFilterBank straightInHertz(
      MelBands bands, MelScale scale, MelNorm norm, int transformLength) {
    double[] edges = edgesInMel(bands, scale);
    for (int i = 0; i < edges.length; i++) {
      edges[i] = scale.toHertz(edges[i]);
    }
    double[][] dense = new double[bands.count()][transformLength / 2 + 1];
    for (int band = 0; band < dense.length; band++) {
      double area = norm == MelNorm.SLANEY ? 2 / (edges[band + 2] - edges[band]) : 1;
      for (int bin = 0; bin < dense[band].length; bin++) {
        double hertz = (double) bin * bands.sampleRate() / transformLength;
        dense[band][bin] = area * triangle(hertz, edges, band);
      }
    }
    return new MelFilterBank(dense);
  }

  /** Triangles that are straight in HTK's mel scale; the Nyquist bin counts for nothing. */
  public static MelFilterBank kaldi(MelBands bands, int transformLength) {
    double[] edges = edgesInMel(bands, MelScale.HTK);
    double[][] dense = new double[bands.count()][transformLength / 2 + 1];
    for (int band = 0; band < dense.length; band++) {
      for (int bin = 0; bin < transformLength / 2; bin++) {
        double hertz = (double) bin * bands.sampleRate() / transformLength;
        dense[band][bin] = triangle(MelScale.HTK.fromHertz(hertz), edges, band);
      }
    }
    return new MelFilterBank(dense);
  }

  public int bands() {
    return weights.length;
  }

  /**
   * The energies in one band of frames side by side.
   *
   * @param power shape (transformLength / 2 + 1, frames), of which the first {@code count} are used
   * @param energies shape (frames), the first {@code count} are overwritten
   */
  public void energies(int band, double[][] power, int count, double[] energies) {
    double[] row = weights[band];
    int from = first[band];
    Arrays.fill(energies, 0, count, 0);
    for (int i = 0; i < row.length; i++) {
      add(row[i], power[from + i], count, energies);
    }
  }

  private static void add(double weight, double[] power, int count, double[] energies) {
    for (int i = 0; i < count; i++) {
      energies[i] += weight * power[i];
    }
  }

  private static double[] edgesInMel(MelBands bands, MelScale scale) {
    double low = scale.fromHertz(bands.lowHz());
    double high = scale.fromHertz(bands.highHz());
    double[] edges = new double[bands.count() + 2];
    for (int i = 0; i < edges.length; i++) {
      edges[i] = low + (high - low) * i / (bands.count() + 1);
    }
    return edges;
  }

  /** 0 outside edges {@code band} and {@code band + 2}, 1 at edge {@code band + 1}. */
  private static double triangle(double x, double[] edges, int band) {
    double rise = (x - edges[band]) / (edges[band + 1] - edges[band]);
    double fall = (edges[band + 2] - x) / (edges[band + 2] - edges[band + 1]);
    return Math.max(0, Math.min(rise, fall));
  }
}
