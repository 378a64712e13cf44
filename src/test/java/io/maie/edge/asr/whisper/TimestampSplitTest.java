package io.maie.edge.asr.whisper;

import static org.assertj.core.api.Assertions.assertThat;

import io.maie.edge.asr.seq2seq.ScoredToken;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Tokens below 50 are text; 100 is the timestamp of second 0, and each further one is a step. */
final class TimestampSplitTest {
  private static final int ZERO = TimedTokens.FIRST_TIME;
  private static final int FRAMES = 3_000;
  private static final int FRAMES_PER_STEP = 2;
  private static final WhisperTokens IDS = TimedTokens.IDS;

  @Test
  void pairsOfTimestampsDivideTheText() {
    TimestampSplit split = split(ZERO, 1, 2, ZERO + 10, ZERO + 12, 3, ZERO + 20, ZERO + 20, 4);

    assertThat(split.pieces())
        .extracting(piece -> ids(piece.tokens()))
        .containsExactly(List.of(ZERO, 1, 2, ZERO + 10), List.of(ZERO + 12, 3, ZERO + 20));
    assertThat(split.pieces()).extracting(TimestampSplit.Piece::start).containsExactly(0, 24);
    assertThat(split.pieces()).extracting(TimestampSplit.Piece::end).containsExactly(20, 40);
    assertThat(ids(split.rest())).containsExactly(ZERO + 20, 4);
  }

  @Test
  void aSingleTimestampAtTheEndEndsTheLastPiece() {
    TimestampSplit split = split(ZERO, 1, ZERO + 10, ZERO + 10, 2, ZERO + 30);

    assertThat(split.pieces()).hasSize(2);
    assertThat(split.end()).isEqualTo(60);
    assertThat(split.rest()).isEmpty();
  }

  @Test
  void textWithoutPairsIsOnePieceUpToItsLastTimestamp() {
    assertThat(split(ZERO, 1, 2, ZERO + 40).pieces().get(0).end()).isEqualTo(80);
    assertThat(split(1, 2).pieces().get(0).end()).isEqualTo(FRAMES);
    assertThat(split(ZERO, 1, 2).pieces().get(0).end()).isEqualTo(FRAMES);
  }

  @Test
  void theRestLastsUntilTheEndOfTheChunk() {
    TimestampSplit split = split(ZERO, 1, ZERO + 10, ZERO + 10, 2);

    assertThat(split.all(FRAMES)).hasSize(2);
    assertThat(split.all(FRAMES).get(1).start()).isEqualTo(20);
    assertThat(split.all(FRAMES).get(1).end()).isEqualTo(FRAMES);
  }

  @Test
  void aRestBehindTheEndOfTheChunkIsEmpty() {
    TimestampSplit split = split(ZERO, 1, ZERO + 10, ZERO + 10, 2);

    assertThat(split.all(15).get(1).start()).isEqualTo(15);
    assertThat(split.all(15).get(1).end()).isEqualTo(15);
  }

  private static TimestampSplit split(int... tokens) {
    List<ScoredToken> scored =
        Arrays.stream(tokens).mapToObj(id -> new ScoredToken(id, 0)).toList();
    return TimestampSplit.of(scored, IDS, FRAMES, FRAMES_PER_STEP);
  }

  private static List<Integer> ids(List<ScoredToken> tokens) {
    return tokens.stream().map(ScoredToken::id).toList();
  }
}
