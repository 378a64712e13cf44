package io.maie.edge.diarization.pieces;

import io.maie.edge.diarization.SpeakerCount;
import io.maie.edge.failure.FailureCode;
import io.maie.edge.failure.ProcessingException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The voice of a person, from pieces of samples in which he talks nearly alone. Pieces that sound
 * like somebody else are left out.
 */
final class EnrolledVoice {
  /** Seconds of speech that make a voiceprint, at least. */
  private static final double LEAST_SECONDS = 5;

  /** Share of the speech in a sample that is the person's, at least. */
  private static final double LEAST_SHARE = 0.6;

  private final String name;
  private final EmbeddingOptions options;
  private final List<Centroid> samples = new ArrayList<>();
  private final List<float[]> embeddings = new ArrayList<>();
  private double seconds;

  EnrolledVoice(String name, EmbeddingOptions options) {
    this.name = name;
    this.options = options;
  }

  /** Adds the pieces of one sample. */
  void add(List<Piece> pieces, float[][] voices) throws ProcessingException {
    if (pieces.isEmpty()) {
      return;
    }
    // one voice near and far from the microphone may look like two
    List<Centroid> found =
        Centroid.joinClosest(
            new SpeakerFinder(pieces, voices, options).find(SpeakerCount.ANY),
            options.sameCluster(),
            1);
    double[] ownSeconds = Piece.ownSeconds(pieces);
    double[] shares = new double[found.size()];
    int[] labels = new int[voices.length];
    double all = 0;
    for (int i = 0; i < voices.length; i++) {
      labels[i] = nearest(found, voices[i]);
      shares[labels[i]] += ownSeconds[i];
      all += ownSeconds[i];
    }
    int main = 0;
    for (int c = 1; c < shares.length; c++) {
      main = shares[c] > shares[main] ? c : main;
    }
    if (shares[main] < LEAST_SHARE * all) {
      throw refused(
          "the voice of '" + name + "' alone, found more than one voice",
          "Use samples in which nobody else talks");
    }
    requireSamePerson(found.get(main));
    for (int i = 0; i < voices.length; i++) {
      if (labels[i] == main) {
        embeddings.add(voices[i]);
        seconds += ownSeconds[i];
      }
    }
  }

  private static int nearest(List<Centroid> found, float[] voice) {
    int nearest = 0;
    for (int c = 1; c < found.size(); c++) {
      if (Vectors.dot(found.get(c).voice(), voice)
          > Vectors.dot(found.get(nearest).voice(), voice)) {
        nearest = c;
      }
    }
    return nearest;
  }

  private void requireSamePerson(Centroid sample) throws ProcessingException {
    if (samples.stream().anyMatch(other -> sample.cosine(other) < options.sameSpeaker())) {
      throw refused(
          "samples of the voice of '" + name + "', found samples of different voices",
          "Store each voice under a name of its own");
    }
    samples.add(sample);
  }

  private static ProcessingException refused(String expected, String hint) {
    return new ProcessingException(FailureCode.PROCESSING_ERROR, "Expected " + expected, hint);
  }

  /** The mean of the embeddings, of length 1. */
  float[] embedding() throws ProcessingException {
    if (seconds < LEAST_SECONDS) {
      throw refused(
          String.format(
              Locale.ROOT,
              "at least %.0f s of speech of '%s', found %.1f s",
              LEAST_SECONDS,
              name,
              seconds),
          "Use a longer sample, or several");
    }
    double[] sum = new double[embeddings.get(0).length];
    embeddings.forEach(embedding -> Vectors.addScaled(sum, embedding, 1));
    return Vectors.unit(sum);
  }
}
