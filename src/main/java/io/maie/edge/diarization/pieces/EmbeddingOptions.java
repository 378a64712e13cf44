package io.maie.edge.diarization.pieces;

import static java.util.Objects.requireNonNull;

import io.maie.edge.audio.Waveform;
import io.maie.edge.dsp.KaldiFilterBankOptions;
import io.maie.edge.dsp.MelBands;
import io.maie.edge.dsp.WindowFunction;

/**
 * Input format of an embedding model, and thresholds for embeddings of one speaker.
 *
 * @param filterBank the features, whose mean over a piece is subtracted per band
 * @param sameCluster mean cosine between two clusters of pieces that still joins them
 * @param sameSpeaker cosine between two centroids that still joins them
 * @param stranger a small cluster whose centroid has a smaller cosine to all others is a speaker
 */
record EmbeddingOptions(
    KaldiFilterBankOptions filterBank, double sameCluster, double sameSpeaker, double stranger) {

  /** Kaldi's 80 bands over 25 ms every 10 ms, on samples in [-1, 1]. */
  static final KaldiFilterBankOptions KALDI_80 = filterBank(WindowFunction.POVEY, 1);

  /** Options of CAM++ of 3D-Speaker; the thresholds lie on a plateau of the mean error. */
  static final EmbeddingOptions CAMPPLUS = new EmbeddingOptions(KALDI_80, 0.40, 0.55, 0.30);

  /**
   * The additional likeness that voices over a telephone must have, since the line removes some of
   * what tells them apart. Measured on pairs of similar voices.
   */
  private static final double TELEPHONE_CLUSTER = 0.08;

  private static final double TELEPHONE_SPEAKER = 0.10;

  EmbeddingOptions {
    requireNonNull(filterBank, "filterBank is null");
    if (!(sameCluster > -1 && sameCluster < 1)
        || !(sameSpeaker > -1 && sameSpeaker < 1)
        || !(stranger > -1 && stranger < 1)) {
      throw new IllegalArgumentException(
          "expected cosines between -1 and 1, found %s, %s and %s"
              .formatted(sameCluster, sameSpeaker, stranger));
    }
  }

  /** The same for speech without high tones. */
  EmbeddingOptions overTelephone() {
    return new EmbeddingOptions(
        filterBank,
        raised(sameCluster, TELEPHONE_CLUSTER),
        raised(sameSpeaker, TELEPHONE_SPEAKER),
        stranger);
  }

  /** At most half of the way to 1, whatever the thresholds of the model are. */
  private static double raised(double cosine, double by) {
    return Math.min(cosine + by, (1 + cosine) / 2);
  }

  /**
   * Kaldi's 80 bands.
   *
   * @param scale the factor for samples in [-1, 1]
   */
  static KaldiFilterBankOptions filterBank(WindowFunction window, double scale) {
    return new KaldiFilterBankOptions(
        new MelBands(80, 20, 8_000, Waveform.SAMPLE_RATE), 400, 160, window, 0.97, scale, true);
  }
}
