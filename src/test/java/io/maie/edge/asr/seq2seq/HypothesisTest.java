package io.maie.edge.asr.seq2seq;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class HypothesisTest {
  private static final int TIMESTAMP = 100;

  @Test
  void theLastTimestampIsFoundAlongEveryBranch() {
    Hypothesis begin = said(Hypothesis.EMPTY, 105, 1, 2);
    assertThat(begin.lastFrom(TIMESTAMP)).isEqualTo(105);

    Hypothesis text = said(begin, 3, 4);
    Hypothesis closed = said(begin, 3, 110, 110, 5);

    assertThat(text.lastFrom(TIMESTAMP)).isEqualTo(105);
    assertThat(closed.lastFrom(TIMESTAMP)).isEqualTo(110);
    assertThat(said(closed, 6).lastFrom(TIMESTAMP)).isEqualTo(110);
    assertThat(said(text, 120).lastFrom(TIMESTAMP)).isEqualTo(120);
  }

  @Test
  void eachArgumentHasItsOwnCachedAnswer() {
    Hypothesis said = said(Hypothesis.EMPTY, 7, 3);

    assertThat(said.lastFrom(TIMESTAMP)).isEqualTo(-1);
    assertThat(said.lastFrom(5)).isEqualTo(7);
    assertThat(said.lastFrom(2)).isEqualTo(3);
    assertThat(said.lastFrom(TIMESTAMP)).isEqualTo(-1);
    assertThat(said(said, 1).lastFrom(5)).isEqualTo(7);
  }

  private static Hypothesis said(Hypothesis before, int... tokens) {
    Hypothesis said = before;
    for (int token : tokens) {
      said = said.append(token, 0);
    }
    return said;
  }
}
