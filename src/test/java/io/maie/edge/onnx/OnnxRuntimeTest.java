package io.maie.edge.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.maie.edge.failure.FailureCode;
import io.maie.edge.failure.ProcessingException;
import io.maie.edge.time.Ticker;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class OnnxRuntimeTest {

  @TempDir Path folder;

  @Test
  void aStartedRuntimeUnloadsIdleModelsUnasked() throws Exception {
    OnnxOptions options = new OnnxOptions(Device.CPU, 1, Duration.ofMillis(10));
    try (OnnxRuntime runtime = new OnnxRuntime(options, Ticker.system())) {
      OnnxModel model = runtime.model("zeros", TestModels.copy("zeros.onnx", folder));
      assertThat(model.inputs()).hasSize(1);
      assertThat(model.isOpen()).isTrue();

      runtime.start(() -> {});

      await().atMost(10, TimeUnit.SECONDS).until(() -> !model.isOpen());
    }
  }

  @Test
  void theVersionIsThatOfTheLibrary() throws Exception {
    try (OnnxRuntime runtime = new OnnxRuntime(OnnxOptions.DEFAULTS, Ticker.system())) {
      assertThat(runtime.version()).matches("1\\.\\d+\\.\\d+");
    }
  }

  @Test
  void aLibraryThatDoesNotLoadIsAFaultOfTheInstallation() throws Exception {
    assertThat(probe("-Djava.io.tmpdir=" + folder)).startsWith("version 1.");

    assertThat(probe("-Djava.io.tmpdir=" + folder.resolve("absent")))
        .startsWith("MODEL_LOAD_ERROR: Expected the native library of ONNX Runtime to load")
        .contains("noexec");
  }

  @Test
  void anUnusableGraphicsProcessorIsExplained() throws Exception {
    assumeFalse(Cuda.isUsable(), "there is a graphics processor");
    Path file = TestModels.copy("arithmetic.onnx", folder);
    OnnxOptions options = new OnnxOptions(Device.CUDA, 1, Duration.ZERO);
    try (OnnxRuntime runtime = new OnnxRuntime(options, Ticker.system())) {
      OnnxModel model = runtime.model("arithmetic", file);

      assertThatThrownBy(model::device)
          .isInstanceOfSatisfying(
              ProcessingException.class,
              e -> {
                assertThat(e.code()).isEqualTo(FailureCode.MODEL_LOAD_ERROR);
                assertThat(e).hasMessageContaining("onnx.device is cuda, found: a build");
                assertThat(e.hint()).hasValueSatisfying(h -> assertThat(h).contains("auto or cpu"));
              });
    }
  }

  @Test
  void withoutAGraphicsProcessorTheCpuIsUsed() throws Exception {
    assumeFalse(Cuda.isUsable(), "there is a graphics processor");
    Path file = TestModels.copy("arithmetic.onnx", folder);
    try (OnnxRuntime runtime = new OnnxRuntime(OnnxOptions.DEFAULTS, Ticker.system())) {
      assertThat(runtime.device()).isEqualTo(Device.CPU);
      assertThat(runtime.model("arithmetic", file).device()).isEqualTo(Device.CPU);
    }
  }

  @Test
  void optionsOutOfRangeAreRefused() {
    assertThatThrownBy(() -> new OnnxOptions(Device.CPU, 0, Duration.ZERO))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("expected 1 or more threads, found 0");
  }

  private static String probe(String option) throws Exception {
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            option,
            "-cp",
            System.getProperty("java.class.path"),
            "io.maie.edge.onnx.LibraryProbe");
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).isZero();
    return said;
  }
}
