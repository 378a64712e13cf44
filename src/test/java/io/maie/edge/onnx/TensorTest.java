package io.maie.edge.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

final class TensorTest {

  @Test
  void floatsComeBackAsTheyWere() throws Exception {
    float[] values = {0, -0f, 1.5f, Float.MIN_VALUE, Float.MAX_VALUE, Float.NEGATIVE_INFINITY};

    try (Tensor tensor = Tensor.of(values, 2, 3)) {
      assertThat(tensor.toFloats()).isEqualTo(values);
      assertThat(tensor.shape()).containsExactly(2L, 3L);
      assertThat(tensor).hasToString("FLOAT32[2, 3]");
    }
  }

  @Test
  void integersComeBackAsTheyWere() throws Exception {
    long[] values = {Long.MIN_VALUE, -1, 0, Long.MAX_VALUE};

    try (Tensor tensor = Tensor.of(values, 4)) {
      assertThat(tensor.toLongs()).isEqualTo(values);
      assertThat(tensor.type()).isEqualTo(ElementType.INT64);
    }
  }

  @Test
  void smallIntegersHaveTheirOwnType() throws Exception {
    try (Tensor tensor = Tensor.of(new int[] {1, 2}, 1, 2)) {
      assertThat(tensor.type()).isEqualTo(ElementType.INT32);
    }
  }

  @Test
  void aScalarHasNoAxes() throws Exception {
    try (Tensor tensor = Tensor.scalar(16_000L)) {
      assertThat(tensor.shape()).isEmpty();
      assertThat(tensor.toLongs()).containsExactly(16_000);
    }
  }

  @Test
  void aTensorMayBeEmpty() throws Exception {
    try (Tensor tensor = Tensor.zeros(1, 0, 4)) {
      assertThat(tensor.toFloats()).isEmpty();
      assertThat(tensor.shape()).containsExactly(1L, 0L, 4L);
    }
  }

  @Test
  void aShapeThatDoesNotFitItsValuesIsRefused() {
    assertThatThrownBy(() -> Tensor.of(new float[] {1, 2, 3}, 2, 2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("expected 4 values for shape [2, 2], found 3");
  }

  @Test
  void floatsAreNotReadAsIntegers() throws Exception {
    try (Tensor tensor = Tensor.zeros(2)) {
      assertThatThrownBy(tensor::longs)
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("expected 64-bit integers, found FLOAT32[2]");
    }
  }

  @Test
  void closingTwiceDoesNothing() throws Exception {
    Tensor tensor = Tensor.zeros(2);

    tensor.close();

    assertThatCode(tensor::close).doesNotThrowAnyException();
  }
}
