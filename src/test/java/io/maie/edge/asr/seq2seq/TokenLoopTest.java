package io.maie.edge.asr.seq2seq;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

final class TokenLoopTest {
  @Test
  void sixTimesTheSameTokenIsALoop() {
    assertThat(firstRoundOf(1, 2, 7, 7, 7, 7, 7, 7)).hasValue(3);
    assertThat(firstRoundOf(1, 2, 7, 7, 7, 7, 7)).isEmpty();
  }

  @Test
  void fourTimesTheSamePairIsALoop() {
    assertThat(firstRoundOf(9, 1, 2, 1, 2, 1, 2, 1, 2)).hasValue(3);
    assertThat(firstRoundOf(9, 1, 2, 1, 2, 1, 2)).isEmpty();
  }

  @Test
  void threeTimesTheSamePhraseIsALoop() {
    assertThat(firstRoundOf(1, 2, 3, 4, 1, 2, 3, 4, 1, 2, 3, 4)).hasValue(4);
    assertThat(firstRoundOf(1, 2, 3, 4, 1, 2, 3, 4, 1, 2, 3)).isEmpty();
  }

  @Test
  void aTextWithoutRepetitionIsNoLoop() {
    assertThat(firstRoundOf()).isEmpty();
    assertThat(firstRoundOf(1, 2, 3, 4, 5, 6, 7, 8)).isEmpty();
  }

  private static OptionalInt firstRoundOf(int... ids) {
    List<ScoredToken> tokens = Arrays.stream(ids).mapToObj(id -> new ScoredToken(id, -1)).toList();
    return TokenLoop.STRICT.firstRoundOf(tokens);
  }
}
