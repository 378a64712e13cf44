package io.maie.edge.diarization.pieces;

import java.util.ArrayList;
import java.util.List;

/**
 * Gives each piece to one speaker by the Viterbi algorithm: likeness to the speaker's centroid
 * against a price for changing speakers. Then it computes the centroids again from the pieces of
 * each speaker.
 */
final class PieceLabeler {
  /** A cosine divided by this is a score. */
  private static final double TEMPERATURE = 0.1;

  /** The score that a change of speaker costs. */
  private static final double CHANGE = 2.0;

  /** After a pause longer than this, in seconds, it costs less. */
  private static final double PAUSE = 0.3;

  private static final double CHANGE_AFTER_PAUSE = 0.3 * CHANGE;

  private final List<Piece> pieces;
  private final float[][] embeddings;

  PieceLabeler(List<Piece> pieces, float[][] embeddings) {
    this.pieces = pieces;
    this.embeddings = embeddings;
  }

  /**
   * Labels of the pieces.
   *
   * @param speakers index of the centroid of each piece
   */
  // the array lives within one run
  @SuppressWarnings("ArrayRecordComponent")
  record Labels(int[] speakers, List<Centroid> centroids) {

    Labels {
      centroids = List.copyOf(centroids);
    }
  }

  Labels label(List<Centroid> centroids) {
    List<Centroid> better = reestimated(path(centroids), centroids);
    return new Labels(path(better), better);
  }

  private List<Centroid> reestimated(int[] labels, List<Centroid> centroids) {
    double[][] sums = new double[centroids.size()][embeddings[0].length];
    boolean[] any = new boolean[centroids.size()];
    for (int piece : Piece.good(pieces)) {
      Vectors.addScaled(sums[labels[piece]], embeddings[piece], pieces.get(piece).seconds());
      any[labels[piece]] = true;
    }
    List<Centroid> better = new ArrayList<>();
    for (int i = 0; i < sums.length; i++) {
      Centroid old = centroids.get(i);
      better.add(any[i] ? old.withVoice(Vectors.unit(sums[i])) : old);
    }
    return better;
  }

  private int[] path(List<Centroid> centroids) {
    int count = centroids.size();
    byte[][] back = new byte[pieces.size()][count];
    double[] best = new double[count];
    for (int i = 0; i < pieces.size(); i++) {
      int top = highest(best);
      double moved = best[top] - priceOfChange(i);
      for (int c = 0; c < count; c++) {
        boolean stays = best[c] >= moved;
        back[i][c] = (byte) (stays ? c : top);
        double reached = stays ? best[c] : moved;
        best[c] = reached + Vectors.dot(embeddings[i], centroids.get(c).voice()) / TEMPERATURE;
      }
    }
    int[] path = new int[pieces.size()];
    int at = highest(best);
    for (int i = path.length - 1; i >= 0; i--) {
      path[i] = at;
      at = back[i][at];
    }
    return path;
  }

  private double priceOfChange(int piece) {
    return piece > 0 && pieces.get(piece - 1).secondsUntil(pieces.get(piece)) > PAUSE
        ? CHANGE_AFTER_PAUSE
        : CHANGE;
  }

  private static int highest(double[] scores) {
    int highest = 0;
    for (int i = 1; i < scores.length; i++) {
      if (scores[i] > scores[highest]) {
        highest = i;
      }
    }
    return highest;
  }
}
