package io.maie.edge.diarization.pieces;

import static java.util.Objects.requireNonNull;

import io.maie.edge.audio.SampleSource;
import io.maie.edge.failure.ProcessingException;
import io.maie.edge.progress.StageContext;
import io.maie.edge.progress.TaskStoppedException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;

/**
 * Gives every piece its embedding. Pieces run one by one: a model pools over all frames of its
 * input, so that zeros behind a shorter piece of a batch would change its voice.
 */
final class PieceEmbedder {
  /** Pieces that are kept together: about a minute and a half of speech. */
  private static final int GROUP = 128;

  private final EmbeddingModel model;
  private final String modelHash;

  PieceEmbedder(EmbeddingModel model, String modelHash) {
    this.model = requireNonNull(model, "model is null");
    this.modelHash = requireNonNull(modelHash, "modelHash is null");
  }

  /** The embeddings, shape (pieces, dimensions), each of length 1. */
  float[][] embed(SampleSource audio, List<Piece> pieces, StageContext context)
      throws ProcessingException, TaskStoppedException, IOException {
    float[][] embeddings = new float[pieces.size()][];
    GroupCheckpoint kept =
        new GroupCheckpoint(
            context.checkpoint(), "voices", modelHash + " " + pieces.hashCode() + " " + GROUP);
    int done = restore(kept.load(), embeddings);
    for (int from = done; from < embeddings.length; from += GROUP) {
      int to = Math.min(embeddings.length, from + GROUP);
      for (int i = from; i < to; i++) {
        context.tick((double) i / embeddings.length);
        Piece piece = pieces.get(i);
        embeddings[i] =
            model.embed(
                audio
                    .read(FrameGrid.samples(piece.start(), piece.end(), audio.length()))
                    .samples());
      }
      kept.add(joined(Arrays.copyOfRange(embeddings, from, to)));
    }
    return embeddings;
  }

  private int restore(List<byte[]> groups, float[][] embeddings) throws ProcessingException {
    int piece = 0;
    for (byte[] group : groups) {
      ByteBuffer values = ByteBuffer.wrap(group);
      while (values.hasRemaining()) {
        float[] embedding = new float[model.dimensions()];
        values.asFloatBuffer().get(embedding);
        values.position(values.position() + embedding.length * Float.BYTES);
        embeddings[piece++] = embedding;
      }
    }
    return piece;
  }

  private static byte[] joined(float[][] embeddings) {
    int dimensions = embeddings[0].length;
    ByteBuffer bytes = ByteBuffer.allocate(embeddings.length * dimensions * Float.BYTES);
    for (float[] embedding : embeddings) {
      bytes.asFloatBuffer().put(embedding);
      bytes.position(bytes.position() + dimensions * Float.BYTES);
    }
    return bytes.array();
  }
}
