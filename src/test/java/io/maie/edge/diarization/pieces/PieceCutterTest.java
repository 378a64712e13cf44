package io.maie.edge.diarization.pieces;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

final class PieceCutterTest {
  private final byte[] counts = new byte[2_000];

  @Test
  void aLongStretchIsCoveredByPiecesOfOneLengthThatOverlap() {
    talk(100, 500);

    List<Piece> pieces = cut();

    assertThat(pieces).allSatisfy(piece -> assertThat(piece.frames()).isEqualTo(89));
    assertThat(pieces.get(0).start()).isEqualTo(100);
    assertThat(pieces.get(pieces.size() - 1).end()).isEqualTo(500);
    for (int i = 1; i < pieces.size(); i++) {
      assertThat(pieces.get(i).start() - pieces.get(i - 1).start()).isBetween(38, 44);
    }
  }

  @Test
  void twoSecondsMakeOnePieceAndLessThanHalfASecondMakesNone() {
    talk(0, 118);
    talk(300, 323);

    assertThat(cut()).containsExactly(new Piece(0, 118));
  }

  @Test
  void aShortPauseIsBridgedAndALongOneIsNot() {
    talk(0, 30);
    talk(41, 70);
    talk(90, 120);

    assertThat(cut()).containsExactly(new Piece(0, 70), new Piece(90, 120));
  }

  @Test
  void aShortOverlapOfTwoVoicesIsNotBridged() {
    talk(0, 80);
    Arrays.fill(counts, 40, 44, (byte) 2);

    assertThat(cut()).containsExactly(new Piece(0, 40), new Piece(44, 80));
  }

  @Test
  void aPieceEndsWhereTheSpeakerChanges() {
    talk(100, 200);

    assertThat(cut(20, 150, 1_000)).containsExactly(new Piece(100, 150), new Piece(150, 200));
    assertThat(cut(100, 200)).containsExactly(new Piece(100, 200));
  }

  @Test
  void ownSecondsAddUpToTheSpeechCovered() {
    talk(100, 500);
    talk(600, 700);
    List<Piece> pieces = cut();

    assertThat(Arrays.stream(Piece.ownSeconds(pieces)).sum())
        .isCloseTo(500 * FrameGrid.SECONDS, org.assertj.core.api.Assertions.within(1e-9));
  }

  private void talk(int from, int to) {
    Arrays.fill(counts, from, to, (byte) 1);
  }

  private List<Piece> cut(int... cuts) {
    return PieceCutter.cut(new FrameActivity(counts, cuts));
  }
}
