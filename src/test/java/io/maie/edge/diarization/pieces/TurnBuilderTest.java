package io.maie.edge.diarization.pieces;

import static org.assertj.core.api.Assertions.assertThat;

import io.maie.edge.transcript.Turn;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

final class TurnBuilderTest {
  private final byte[] counts = new byte[400];
  private final float[][] scores = new float[400][3];

  @Test
  void speakersAreNumberedByFirstSpeech() {
    talk(2, 10, 100);
    talk(0, 150, 250);
    talk(2, 300, 390);

    assertThat(turns()).extracting(Turn::speaker).containsExactly(1, 2, 1);
  }

  @Test
  void silenceUnderHalfASecondIsFilledAndCrumbsAreDropped() {
    talk(0, 10, 50);
    talk(0, 75, 100);
    talk(1, 200, 208);
    talk(0, 300, 350);

    List<Turn> turns = turns();

    assertThat(turns).hasSize(2);
    assertThat(turns.get(0).span().start()).isEqualTo(FrameGrid.sampleOf(10));
    assertThat(turns.get(0).span().end()).isEqualTo(FrameGrid.sampleOf(100));
  }

  @Test
  void aFrameNamesItsBestSpeakersUpToItsCount() {
    talk(0, 0, 200);
    for (int i = 50; i < 100; i++) {
      scores[i][1] = 0.4f;
      scores[i][2] = 0.2f;
    }
    Arrays.fill(counts, 50, 100, (byte) 2);

    assertThat(turns())
        .extracting(turn -> turn.speaker() + " " + turn.span().start())
        .containsExactly("1 " + FrameGrid.sampleOf(0), "2 " + FrameGrid.sampleOf(50));
  }

  @Test
  void nobodyTalksInAFrameWithoutScores() {
    Arrays.fill(counts, (byte) 2);

    assertThat(turns()).isEmpty();
  }

  @Test
  void aTurnEndsWithTheRecording() {
    talk(0, 300, 400);
    TurnBuilder builder = new TurnBuilder(counts, 3, 100_000);
    for (int i = 0; i < counts.length; i++) {
      builder.accept(i, scores[i]);
    }

    assertThat(builder.build().turns().get(0).span().end()).isEqualTo(100_000);
  }

  private void talk(int speaker, int from, int to) {
    for (int i = from; i < to; i++) {
      counts[i] = 1;
      scores[i][speaker] = 1;
    }
  }

  private List<Turn> turns() {
    TurnBuilder builder = new TurnBuilder(counts, 3, 1_000_000);
    for (int i = 0; i < counts.length; i++) {
      builder.accept(i, scores[i]);
    }
    return builder.build().turns();
  }
}
