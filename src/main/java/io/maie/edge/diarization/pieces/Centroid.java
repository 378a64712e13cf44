package io.maie.edge.diarization.pieces;

import java.util.ArrayList;
import java.util.List;

/**
 * The mean voice of a cluster.
 *
 * @param voice shape (dimensions), length 1
 * @param seconds of speech that the cluster covers
 * @param leading seconds of it in stretches of speech that are this cluster's for the most part
 */
// the array is the value of an embedding, and nobody compares two voices by equals
@SuppressWarnings("ArrayRecordComponent")
record Centroid(float[] voice, double seconds, double leading) {

  double cosine(Centroid other) {
    return Vectors.dot(voice, other.voice);
  }

  /** Both clusters together, weighted by their speech. */
  Centroid joined(Centroid other) {
    double[] sum = new double[voice.length];
    Vectors.addScaled(sum, voice, seconds);
    Vectors.addScaled(sum, other.voice, other.seconds);
    return new Centroid(Vectors.unit(sum), seconds + other.seconds, leading + other.leading);
  }

  /** The same cluster with a better estimate of its voice. */
  Centroid withVoice(float[] better) {
    return new Centroid(better, seconds, leading);
  }

  /**
   * Joins the two closest centroids until none are closer than {@code cosine}.
   *
   * @param fewest so many remain in any case
   */
  static List<Centroid> joinClosest(List<Centroid> centroids, double cosine, int fewest) {
    List<Centroid> joined = new ArrayList<>(centroids);
    while (joined.size() > fewest) {
      int first = -1;
      int second = -1;
      double closest = Double.NEGATIVE_INFINITY;
      for (int i = 0; i < joined.size(); i++) {
        for (int j = i + 1; j < joined.size(); j++) {
          double likeness = joined.get(i).cosine(joined.get(j));
          if (likeness > closest) {
            closest = likeness;
            first = i;
            second = j;
          }
        }
      }
      if (closest < cosine) {
        break;
      }
      joined.set(first, joined.get(first).joined(joined.get(second)));
      joined.remove(second);
    }
    return joined;
  }
}
