package io.maie.edge.onnx.graph;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class DimensionTest {

  @Test
  void unionDoesNotDependOnOrder() {
    Dimension[] all = {
      Dimension.unknown(), Dimension.unknown(), Dimension.unknown(), Dimension.unknown()
    };
    all[0].unite(all[1]);
    all[2].unite(all[3]);
    assertThat(all[0].isSame(all[3])).isFalse();

    all[3].unite(all[0]);
    all[0].unite(all[3]);

    for (Dimension one : all) {
      for (Dimension other : all) {
        assertThat(one.isSame(other)).isTrue();
      }
    }
  }

  @Test
  void aKnownSizeBecomesThatOfAllThatEqualIt() {
    Dimension first = Dimension.unknown();
    Dimension second = Dimension.unknown();
    first.unite(second);

    Dimension.of(7).unite(second);

    assertThat(first.value()).hasValue(7);
    assertThat(first.isSame(Dimension.of(7))).isTrue();
    assertThat(first.isSame(Dimension.of(8))).isFalse();
  }

  @Test
  void theLongerOfTwoAxesIsWhatAnOperatorMakes() {
    Dimension unknown = Dimension.unknown();
    Dimension one = Dimension.of(1);
    Dimension four = Dimension.of(4);

    assertThat(Dimension.broadcast(unknown, one)).isSameAs(unknown);
    assertThat(Dimension.broadcast(one, unknown)).isSameAs(unknown);
    assertThat(Dimension.broadcast(unknown, four).value()).hasValue(4);
    assertThat(Dimension.broadcast(four, unknown).value()).hasValue(4);
    assertThat(Dimension.broadcast(one, one).value()).hasValue(1);
  }

  @Test
  void oneOfTwoUnknownSizesMayBeRepeated() {
    Dimension first = Dimension.unknown();
    Dimension second = Dimension.unknown();

    Dimension both = Dimension.broadcast(first, second);

    assertThat(both.isSame(first)).isFalse();
    assertThat(both.isSame(second)).isFalse();
  }
}
