package io.maie.edge.text.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.BitSet;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class TokenChooserTest {
  private static final float[] SCORES = {1, 4, -1, 3, 4, 0};

  @Test
  void aGreedyChoiceIsTheFirstOfTheMostProbable() {
    assertThat(new TokenChooser(Sampling.GREEDY).choose(SCORES.clone(), null)).isEqualTo(1);
  }

  @Test
  void aTokenThatIsNotAllowedIsNotChosen() {
    BitSet allowed = new BitSet();
    allowed.set(2);
    allowed.set(5);

    assertThat(new TokenChooser(Sampling.GREEDY).choose(SCORES.clone(), allowed)).isEqualTo(5);
    assertThat(drawn(new Sampling(false, 2, 3, 0.9, 1), allowed)).isSubsetOf(2, 5);
  }

  @Test
  void tokensThatWereSeenAreLessProbable() {
    TokenChooser chooser = new TokenChooser(new Sampling(true, 1, 0, 1, 1.5));
    chooser.note(1);
    chooser.note(4);
    float[] scores = SCORES.clone();

    assertThat(chooser.choose(scores, null)).isEqualTo(3);
    assertThat(scores[1]).isEqualTo(4 / 1.5f);
  }

  @Test
  void topKLeavesTheMostProbable() {
    assertThat(drawn(new Sampling(false, 5, 3, 1, 1), null)).containsExactly(1, 3, 4);
  }

  @Test
  void topPLeavesTheFewestThatHaveTheShare() {
    // of the probability 1 and 4 have 41 % each, 3 has 15 %
    assertThat(drawn(new Sampling(false, 1, 0, 0.8, 1), null)).containsExactly(1, 4);
    assertThat(drawn(new Sampling(false, 1, 0, 0.9, 1), null)).containsExactly(1, 3, 4);
    assertThat(drawn(new Sampling(false, 1, 0, 0.1, 1), null)).containsExactly(1);
  }

  @Test
  void aLowTemperatureFavoursTheMostProbable() {
    float[] scores = {2, 1};
    TokenChooser cold = new TokenChooser(new Sampling(false, 0.1, 0, 1, 1));
    TokenChooser warm = new TokenChooser(new Sampling(false, 10, 0, 1, 1));
    int coldFirst = 0;
    int warmFirst = 0;
    for (int i = 0; i < 1000; i++) {
      coldFirst += cold.choose(scores.clone(), null) == 0 ? 1 : 0;
      warmFirst += warm.choose(scores.clone(), null) == 0 ? 1 : 0;
    }

    // shares 0.99995 and 0.525
    assertThat(coldFirst).isGreaterThan(990);
    assertThat(warmFirst).isBetween(450, 600);
  }

  private static Set<Integer> drawn(Sampling sampling, @Nullable BitSet allowed) {
    TokenChooser chooser = new TokenChooser(sampling);
    Set<Integer> drawn = new TreeSet<>();
    for (int i = 0; i < 2000; i++) {
      drawn.add(chooser.choose(SCORES.clone(), allowed));
    }
    return drawn;
  }
}
