package io.maie.edge.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.maie.edge.modelfile.Hardware;
import io.maie.edge.onnx.Device;
import org.junit.jupiter.api.Test;

final class MachineFactsTest {

  @Test
  void x86WithoutVnniAddsBytesNarrowly() {
    assertThat(MachineFacts.hardware("amd64", "fpu sse4_2 avx2 avx512f"))
        .isEqualTo(Hardware.CPU_WITHOUT_VNNI);
    assertThat(MachineFacts.hardware("amd64", "")).isEqualTo(Hardware.CPU_WITHOUT_VNNI);
  }

  @Test
  void x86WithEitherVnniCountsAsACpu() {
    assertThat(MachineFacts.hardware("amd64", "avx2 avx_vnni fma")).isEqualTo(Hardware.CPU);
    assertThat(MachineFacts.hardware("amd64", "avx512f avx512_vnni")).isEqualTo(Hardware.CPU);
  }

  @Test
  void armCountsAsACpu() {
    assertThat(MachineFacts.hardware("aarch64", "")).isEqualTo(Hardware.CPU);
  }

  @Test
  void aGraphicsProcessorIsOneWhateverTheCpu() {
    assertThat(MachineFacts.hardware(Device.CUDA)).isEqualTo(Hardware.GPU);
  }
}
