package io.maie.edge.diarization.pieces;

import java.util.Random;

/** Embeddings of invented speakers: a direction each, and noise around it. */
final class PlantedVoices {
  private static final int DIMENSIONS = 64;

  private final Random random;

  PlantedVoices(long seed) {
    random = new Random(seed);
  }

  /** An embedding of {@code speaker}; two of the same have a cosine of about 1 / (1 + noise^2). */
  float[] voice(int speaker, double noise) {
    double[] vector = new double[DIMENSIONS];
    for (int i = 0; i < DIMENSIONS; i++) {
      vector[i] = noise * random.nextGaussian() / Math.sqrt(DIMENSIONS);
    }
    vector[speaker] += 1;
    return Vectors.unit(vector);
  }
}
