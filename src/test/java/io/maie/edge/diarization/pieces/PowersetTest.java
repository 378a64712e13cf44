package io.maie.edge.diarization.pieces;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

final class PowersetTest {
  @Test
  void aClassIsASetOfSpeakers() {
    assertThat(masks(Powerset.THREE))
        .containsExactly(0b000, 0b001, 0b010, 0b100, 0b011, 0b101, 0b110);
    assertThat(masks(new Powerset(4, 2)))
        .containsExactly(
            0b0000, 0b0001, 0b0010, 0b0100, 0b1000, 0b0011, 0b0101, 0b1001, 0b0110, 0b1010, 0b1100);
    assertThat(masks(new Powerset(3, 3))).endsWith(0b011, 0b101, 0b110, 0b111);
  }

  @Test
  void theNumberOfClassesTellsHowManySpeakersThereAre() {
    for (int speakers = 2; speakers <= Powerset.MOST_SPEAKERS; speakers++) {
      Powerset twoAtOnce = new Powerset(speakers, 2);

      assertThat(Powerset.ofClasses(twoAtOnce.classes()).map(PowersetTest::masks))
          .contains(masks(twoAtOnce));
    }
    assertThat(Powerset.ofClasses(15).map(PowersetTest::masks)).contains(masks(new Powerset(4, 3)));
    assertThat(Powerset.ofClasses(6)).isEmpty();
    assertThat(Powerset.ofClasses(1)).isEmpty();
  }

  private static List<Integer> masks(Powerset powerset) {
    List<Integer> masks = new ArrayList<>();
    for (int best = 0; best < powerset.classes(); best++) {
      float[] scores = new float[powerset.classes()];
      Arrays.fill(scores, -9);
      scores[best] = -0.1f;
      masks.add((int) powerset.decode(scores, 0));
    }
    return masks;
  }

  @Test
  void aCloseCallGoesToTalkAndToTwoAtOnce() {
    float[] nobodyAhead = {-0.5f, -1.4f, -9, -9, -9, -9, -9};
    float[] oneAhead = {-9, -0.7f, -9, -9, -9, -1.1f, -9};

    assertThat(Powerset.THREE.decode(nobodyAhead, 0)).isEqualTo((byte) 0b001);
    assertThat(Powerset.THREE.decode(oneAhead, 0)).isEqualTo((byte) 0b101);
  }

  @Test
  void frameIsReadAtItsPlace() {
    float[] scores = new float[14];
    scores[7 + 3] = 5;

    assertThat(Powerset.THREE.decode(scores, 1)).isEqualTo((byte) 0b100);
    assertThat(Powerset.isAlone((byte) 0b100, 2)).isTrue();
    assertThat(Powerset.isAlone((byte) 0b101, 2)).isFalse();
    assertThat(Powerset.holds((byte) 0b101, 1)).isFalse();
  }
}
