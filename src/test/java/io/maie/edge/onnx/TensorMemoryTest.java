package io.maie.edge.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

final class TensorMemoryTest {

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
}
