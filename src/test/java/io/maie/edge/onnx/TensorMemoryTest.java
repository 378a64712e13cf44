package io.maie.edge.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.FloatBuffer;
import org.junit.jupiter.api.Test;

final class TensorMemoryTest {
  /** Of the processors that are supported, in bytes. */
  private static final int LARGEST_PAGE = 1 << 16;

  @Test
  void floatsAreReadFromWhereTheyAre() throws Exception {
    TensorMemory memory = TensorMemory.allocate(ElementType.FLOAT32, 6);
    try (Tensor tensor = memory.tensor(6)) {
      tensor.floats().put(new float[] {1, 2, 3, 4, 5, Float.NEGATIVE_INFINITY});
    }
    float[] target = new float[2];

    memory.read(3, target);
    assertThat(target).containsExactly(4, 5);

    memory.read(4, target);
    assertThat(target).containsExactly(5, Float.NEGATIVE_INFINITY);
    assertThatThrownBy(() -> memory.read(5, target)).isInstanceOf(IndexOutOfBoundsException.class);
  }

  /** Pages that the system took back are zeros; those at the ends belong to others as well. */
  @Test
  void discardedPagesAreZerosUntilTheyAreWrittenAgain() throws Exception {
    int length = 1 << 20;
    TensorMemory memory = TensorMemory.allocate(ElementType.FLOAT32, length);
    try (Tensor tensor = memory.tensor(length)) {
      fill(tensor, 1);
      memory.discard();

      assertThat(count(tensor, 0)).isGreaterThan(length - 2 * LARGEST_PAGE / Float.BYTES);
      fill(tensor, 2);
      assertThat(count(tensor, 2)).isEqualTo(length);
    }
  }

  @Test
  void lessThanAPageStaysAsItIs() throws Exception {
    TensorMemory memory = TensorMemory.allocate(ElementType.FLOAT32, 2);
    try (Tensor tensor = memory.tensor(2)) {
      fill(tensor, 1);
      memory.discard();

      assertThat(count(tensor, 1)).isEqualTo(2);
    }
  }

  @Test
  void stretchesOfAnyLengthAreExchanged() throws Exception {
    int length = 40_000;
    TensorMemory memory = TensorMemory.allocate(ElementType.FLOAT32, 2 * length + 1);
    try (Tensor all = memory.tensor(2 * length + 1);
        Tensor one = memory.tensorAt(0, length);
        Tensor other = memory.tensorAt(length + 1, length)) {
      fill(all, 1);
      fill(one, 2);
      fill(other, 3);
      memory.exchange(0, length + 1, length);

      assertThat(count(one, 3)).isEqualTo(length);
      assertThat(count(all, 1)).isEqualTo(1);
      assertThat(count(other, 2)).isEqualTo(length);
    }
  }

  private static void fill(Tensor tensor, float value) {
    FloatBuffer floats = tensor.floats();
    while (floats.hasRemaining()) {
      floats.put(value);
    }
  }

  private static int count(Tensor tensor, float value) {
    int count = 0;
    for (float each : tensor.toFloats()) {
      count += each == value ? 1 : 0;
    }
    return count;
  }
}
