package io.maie.edge.diarization.pieces;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class PowersetTest {
  @Test
  void aClassIsASetOfSpeakers() {
    for (int best = 0; best < Powerset.CLASSES; best++) {
      float[] scores = {-9, -9, -9, -9, -9, -9, -9};
      scores[best] = -0.1f;

      assertThat(Powerset.decode(scores, 0)).isEqualTo(new byte[] {0, 1, 2, 4, 3, 5, 6}[best]);
    }
  }

  @Test
  void aCloseCallGoesToTalkAndToTwoAtOnce() {
    float[] nobodyAhead = {-0.5f, -1.4f, -9, -9, -9, -9, -9};
    float[] oneAhead = {-9, -0.7f, -9, -9, -9, -1.1f, -9};

    assertThat(Powerset.decode(nobodyAhead, 0)).isEqualTo((byte) 0b001);
    assertThat(Powerset.decode(oneAhead, 0)).isEqualTo((byte) 0b101);
  }

  @Test
  void frameIsReadAtItsPlace() {
    float[] scores = new float[14];
    scores[7 + 3] = 5;

    assertThat(Powerset.decode(scores, 1)).isEqualTo((byte) 0b100);
    assertThat(Powerset.isAlone((byte) 0b100, 2)).isTrue();
    assertThat(Powerset.isAlone((byte) 0b101, 2)).isFalse();
    assertThat(Powerset.holds((byte) 0b101, 1)).isFalse();
  }
}
