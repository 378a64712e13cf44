package io.maie.edge.diarization.pieces;

import io.maie.edge.audio.SampleSource;
import io.maie.edge.dsp.FeatureMatrix;
import java.io.IOException;
import java.util.List;

/**
 * Tells speech that came over a telephone, or over anything else that passes nothing above 4 kHz:
 * the bands of 5 to 7.5 kHz lie far below those of 0.9 to 3.3 kHz. In made conversations the mean
 * difference of the natural logarithms was -7 to -9.5 over the telephone, and -0.5 to 2.5
 * otherwise.
 */
final class Bandwidth {
  /** Bands of {@link EmbeddingOptions#KALDI_80} from 0.9 to 3.3 kHz. */
  private static final int LOW_FROM = 25;

  private static final int LOW_TO = 55;

  /** Bands from 5 to 7.5 kHz. */
  private static final int HIGH_FROM = 66;

  private static final int HIGH_TO = 78;

  /** Between both kinds: 22 dB. */
  private static final double NARROW = -5;

  /** Pieces that are looked at, evenly spread. */
  private static final int ENOUGH = 50;

  private Bandwidth() {}

  /** Returns whether the speech in {@code pieces} has no high tones. */
  static boolean isNarrow(SampleSource audio, List<Piece> pieces, EmbeddingModel model)
      throws IOException {
    double difference = 0;
    long frames = 0;
    int step = Math.max(1, pieces.size() / ENOUGH);
    for (int i = 0; i < pieces.size(); i += step) {
      Piece piece = pieces.get(i);
      FeatureMatrix features =
          model.features(
              audio.read(FrameGrid.samples(piece.start(), piece.end(), audio.length())).samples());
      for (int frame = 0; frame < features.frames(); frame++) {
        difference +=
            mean(features, frame, HIGH_FROM, HIGH_TO) - mean(features, frame, LOW_FROM, LOW_TO);
      }
      frames += features.frames();
    }
    return frames > 0 && difference / frames < NARROW;
  }

  private static double mean(FeatureMatrix features, int frame, int from, int to) {
    double sum = 0;
    for (int band = from; band < to; band++) {
      sum += features.at(frame, band);
    }
    return sum / (to - from);
  }
}
