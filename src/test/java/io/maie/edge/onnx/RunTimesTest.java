package io.maie.edge.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnxruntime.OrtException;
import io.maie.edge.failure.ProcessingException;
import io.maie.edge.testing.ManualTicker;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RunTimesTest {
  private static final Duration IDLE = Duration.ofMinutes(10);

  /** Passes at every look at the clock, of which a run takes one before and one after. */
  private static final Duration LOOK = Duration.ofMillis(3);

  private final ManualTicker ticker = new ManualTicker();
  private final OnnxRuntime runtime =
      new OnnxRuntime(new OnnxOptions(Device.CPU, 1, IDLE), this::look);

  @TempDir private Path folder;

  @AfterEach
  void closeRuntime() {
    runtime.close();
  }

  @Test
  void aModelThatNeverRanTookNoTime() throws Exception {
    OnnxModel model = zeros();
    assertThat(model.outputs()).hasSize(1);

    assertThat(model.runTimes()).isEqualTo(new RunTimes(0, Duration.ZERO));
  }

  @Test
  void everyRunIsCountedWithItsTime() throws Exception {
    OnnxModel model = zeros();
    run(model);
    ticker.advance(Duration.ofSeconds(30));
    run(model);

    assertThat(model.runTimes()).isEqualTo(new RunTimes(2, LOOK.multipliedBy(2)));
  }

  @Test
  void aRunIntoGivenTensorsCountsToo() throws Exception {
    OnnxModel model = zeros();
    try (Tensor shape = Tensor.of(new long[] {1, 2}, 2);
        Tensor zeros = Tensor.zeros(1, 2)) {
      model.runInto(Map.of("shape", shape), Map.of("zeros", zeros));
    }

    assertThat(model.runTimes()).isEqualTo(new RunTimes(1, LOOK));
  }

  @Test
  void unloadingForgetsNothing() throws Exception {
    OnnxModel model = zeros();
    run(model);
    ticker.advance(IDLE);
    runtime.unloadIdle();
    assertThat(model.isOpen()).isFalse();
    run(model);

    assertThat(model.runTimes()).isEqualTo(new RunTimes(2, LOOK.multipliedBy(2)));
  }

  @Test
  void modelsAreTimedApart() throws Exception {
    OnnxModel other = runtime.model("other", TestModels.copy("cache.onnx", folder));
    run(zeros());

    assertThat(other.runTimes().runs()).isZero();
  }

  @Test
  void aRunThatFailsCounts() {
    RunClock clock = new RunClock(ticker);

    assertThatThrownBy(
            () ->
                clock.time(
                    () -> {
                      ticker.advance(Duration.ofSeconds(2));
                      throw new OrtException("no");
                    }))
        .isInstanceOf(OrtException.class);

    assertThat(clock.times()).isEqualTo(new RunTimes(1, Duration.ofSeconds(2)));
  }

  private long look() {
    ticker.advance(LOOK);
    return ticker.nanos();
  }

  private OnnxModel zeros() throws Exception {
    return runtime.model("zeros", TestModels.copy("zeros.onnx", folder));
  }

  private static void run(OnnxModel model) throws ProcessingException {
    try (Tensor shape = Tensor.of(new long[] {1, 1}, 2);
        Outputs outputs = model.run(Map.of("shape", shape))) {
      assertThat(outputs.floats("zeros")).hasSize(1);
    }
  }
}
