package io.maie.edge.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class EightBitBlocksTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "flags\t\t: fpu sse4_2 avx f16c avx2 bmi2",
        "Features\t: fp asimd aes atomics asimdhp asimddp"
      })
  void processorsWithTheInstructionsAreFast(String list) {
    assertThat(EightBitBlocks.areFast(List.of("processor\t: 0", list, "", list))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "flags\t\t: fpu sse4_2 avx f16c",
        "Features\t: fp asimd evtstrm crc32 cpuid",
        "model name\t: made for avx2",
        ""
      })
  void processorsWithoutAreNot(String list) {
    assertThat(EightBitBlocks.areFast(List.of("processor\t: 0", list))).isFalse();
  }

  @Test
  void everyCoreNeedsThem() {
    assertThat(EightBitBlocks.areFast(List.of("Features\t: asimd asimddp", "Features\t: asimd")))
        .isFalse();
  }
}
