package io.maie.edge.diarization.pieces;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class PieceLabelerTest {
  private static final float[] ANNA = {1, 0};
  private static final float[] BERT = {0, 1};
  private static final float[] DOUBTFUL = {0.66f, 0.75f};

  private final List<Piece> pieces = new ArrayList<>();
  private final List<float[]> embeddings = new ArrayList<>();

  @Test
  void aDoubtfulPieceAmongOthersStaysWithThem() {
    add(0, ANNA, ANNA, DOUBTFUL, ANNA, ANNA);

    assertThat(labels()).containsExactly(0, 0, 0, 0, 0);
  }

  @Test
  void aClearPieceChangesTheSpeaker() {
    add(0, ANNA, ANNA, BERT, ANNA);

    assertThat(labels()).containsExactly(0, 0, 1, 0);
  }

  @Test
  void afterAPauseAChangeCostsLess() {
    float[] rather = {0.6f, 0.8f};
    add(0, ANNA, rather);
    assertThat(labels()).containsExactly(0, 0);

    pieces.set(1, new Piece(200, 289));
    assertThat(labels()).containsExactly(0, 1);
  }

  @Test
  void centroidsAreTakenAgainFromTheirPieces() {
    add(0, new float[] {0.8f, 0.6f}, new float[] {0.8f, 0.6f});

    Centroid centroid = label().centroids().get(0);

    assertThat(centroid.voice()[0]).isEqualTo(0.8f);
  }

  private int[] labels() {
    return label().speakers();
  }

  private PieceLabeler.Labels label() {
    return new PieceLabeler(pieces, embeddings.toArray(float[][]::new))
        .label(List.of(new Centroid(ANNA, 10, 10), new Centroid(BERT, 10, 10)));
  }

  private void add(int from, float[]... voices) {
    for (int i = 0; i < voices.length; i++) {
      pieces.add(new Piece(from + i * 44, from + i * 44 + 89));
      embeddings.add(voices[i]);
    }
  }
}
