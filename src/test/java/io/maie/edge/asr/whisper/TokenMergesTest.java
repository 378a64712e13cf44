package io.maie.edge.asr.whisper;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class TokenMergesTest {

  private static final int HIGHEST = (1 << TokenMerges.BITS) - 1;

  @Test
  void aPairHasTheRankOfItsPlace() {
    TokenMerges merges = new TokenMerges(new int[] {7, 2, 0, 0, HIGHEST, HIGHEST, 2, 7, 7, 3});

    assertThat(merges.rank(7, 2)).isZero();
    assertThat(merges.rank(0, 0)).isEqualTo(1);
    assertThat(merges.rank(HIGHEST, HIGHEST)).isEqualTo(2);
    assertThat(merges.rank(2, 7)).isEqualTo(3);
    assertThat(merges.rank(7, 3)).isEqualTo(4);
  }

  @Test
  void otherPairsHaveNone() {
    TokenMerges merges = new TokenMerges(new int[] {7, 2, 7, 4});

    assertThat(merges.rank(7, 3)).isEqualTo(-1);
    assertThat(merges.rank(2, 7)).isEqualTo(-1);
    assertThat(merges.rank(HIGHEST, HIGHEST)).isEqualTo(-1);
    assertThat(merges.rank(0, 0)).isEqualTo(-1);
    assertThat(new TokenMerges(new int[0]).rank(0, 0)).isEqualTo(-1);
  }

  @Test
  void theFirstOfTwoEqualMergesCounts() {
    assertThat(new TokenMerges(new int[] {1, 2, 3, 4, 1, 2}).rank(1, 2)).isZero();
  }
}
