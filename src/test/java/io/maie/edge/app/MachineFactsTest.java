package io.maie.edge.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.maie.edge.modelfile.Processor;
import io.maie.edge.onnx.Device;
import org.junit.jupiter.api.Test;

final class MachineFactsTest {

  @Test
  void x86WithoutVnniAddsBytesNarrowly() {
    assertThat(MachineFacts.processor("amd64", "fpu sse4_2 avx2 avx512f"))
        .isEqualTo(Processor.CPU_WITHOUT_VNNI);
    assertThat(MachineFacts.processor("amd64", "")).isEqualTo(Processor.CPU_WITHOUT_VNNI);
  }

  @Test
  void x86WithEitherKindOfVnniDoesNot() {
    assertThat(MachineFacts.processor("amd64", "avx2 avx_vnni fma")).isEqualTo(Processor.CPU);
    assertThat(MachineFacts.processor("amd64", "avx512f avx512_vnni")).isEqualTo(Processor.CPU);
  }

  @Test
  void armDoesNot() {
    assertThat(MachineFacts.processor("aarch64", "")).isEqualTo(Processor.CPU);
  }

  @Test
  void aGraphicsProcessorIsOneWhateverTheCpu() {
    assertThat(MachineFacts.processor(Device.CUDA)).isEqualTo(Processor.GPU);
  }
}
