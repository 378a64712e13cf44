package io.maie.edge.modelfile;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The bounds of memory are those of {@code bench/run memory --model}. */
final class PrecisionTest {
  @ParameterizedTest
  @CsvSource({"FP32, 290, 627", "Q8, 140, 432", "INT8, 100, 380", "FP16, 100, 510"})
  void memoryIsTheProgramAndMoreThanTheGraphs(Precision precision, long graphs, long memory) {
    assertThat(precision.memory(graphs * 1_000_000)).isEqualTo(memory * 1_000_000);
  }

  @ParameterizedTest
  @EnumSource
  void everyPrecisionSaysWhatItLoses(Precision precision) {
    assertThat(precision.price()).contains("words");
  }
}
