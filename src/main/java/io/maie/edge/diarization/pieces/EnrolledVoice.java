package io.maie.edge.diarization.pieces;

import io.maie.edge.diarization.SpeakerCount;
import io.maie.edge.failure.FailureCode;
import io.maie.edge.failure.ProcessingException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** The voice of a person, from pieces of samples in which he talks alone. */
final class EnrolledVoice {
  /** Seconds of speech that make a voiceprint, at least. */
  private static final double LEAST_SECONDS = 10;

  private final String name;
  private final EmbeddingOptions options;
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
    if (new SpeakerFinder(pieces, voices, options).find(SpeakerCount.ANY).size() > 1) {
      throw new ProcessingException(
          FailureCode.PROCESSING_ERROR,
          "Expected the voice of '" + name + "' alone, found more than one voice",
          "Use samples in which nobody else talks");
    }
    embeddings.addAll(Arrays.asList(voices));
    seconds += Arrays.stream(Piece.ownSeconds(pieces)).sum();
  }

  /** The mean of the embeddings, of length 1. */
  float[] embedding() throws ProcessingException {
    if (seconds < LEAST_SECONDS) {
      throw new ProcessingException(
          FailureCode.PROCESSING_ERROR,
          String.format(
              Locale.ROOT,
              "Expected at least %.0f s of the voice of '%s', found %.1f s",
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
