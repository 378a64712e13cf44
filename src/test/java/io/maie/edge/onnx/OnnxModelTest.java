package io.maie.edge.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.maie.edge.failure.FailureCode;
import io.maie.edge.failure.ProcessingException;
import io.maie.edge.testing.ManualTicker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class OnnxModelTest {
  private static final Duration IDLE = Duration.ofMinutes(10);

  private final ManualTicker ticker = new ManualTicker();
  private final OnnxRuntime runtime =
      new OnnxRuntime(new OnnxOptions(Device.AUTO, 1, IDLE), ticker);

  @TempDir Path folder;

  @AfterEach
  void closeRuntime() {
    runtime.close();
  }

  @Test
  void aDecoderReturnsWhereItListensIfItsUserAsksForThat() throws Exception {
    Path file = Path.of("src/test/resources/onnx/cross/plain.onnx");

    OnnxModel asked = runtime.model("decoder", file, ModelUse.RECOGNITION.withCrossAttentions());
    OnnxModel plain = runtime.model("decoder", file);

    assertThat(names(asked.outputs())).containsExactly("y", "cross_attentions.0");
    assertThat(names(plain.outputs())).containsExactly("y");
  }

  private static List<String> names(List<TensorShape> tensors) {
    return tensors.stream().map(TensorShape::name).toList();
  }

  @Test
  void aHandleTellsWhatTheModelTakesAndReturns() throws Exception {
    OnnxModel model = model("arithmetic.onnx");

    assertThat(model.inputs())
        .containsExactly(
            new TensorShape("x", ElementType.FLOAT32, List.of(1L, -1L)),
            new TensorShape("y", ElementType.FLOAT32, List.of()),
            new TensorShape("n", ElementType.INT64, List.of(2L)));
    assertThat(model.outputs())
        .extracting(TensorShape::name)
        .containsExactly("sum", "twice", "count");
    assertThat(model.device()).isEqualTo(Device.CPU);
  }

  @Test
  void aRunReturnsFloatsIntegersAndScalars() throws Exception {
    try (Tensor x = Tensor.of(new float[] {1, 2, 3}, 1, 3);
        Tensor y = Tensor.of(new float[] {0.5f});
        Tensor n = Tensor.of(new long[] {7, -8}, 2);
        Outputs outputs = model("arithmetic.onnx").run(Map.of("x", x, "y", y, "n", n))) {
      assertThat(outputs.floats("sum")).containsExactly(1.5f, 2.5f, 3.5f);
      assertThat(outputs.shape("sum")).containsExactly(1L, 3L);
      assertThat(outputs.longs("twice")).containsExactly(14, -16);
      assertThat(outputs.longs("count")).containsExactly(3);
      assertThat(outputs.shape("count")).isEmpty();
    }
  }

  @Test
  void onlyTheOutputsAskedForAreReturned() throws Exception {
    try (Tensor x = Tensor.of(new float[] {1}, 1, 1);
        Tensor y = Tensor.of(new float[] {1f});
        Tensor n = Tensor.of(new long[] {1, 1}, 2);
        Outputs outputs =
            model("arithmetic.onnx").run(Map.of("x", x, "y", y, "n", n), Set.of("count"))) {
      assertThat(outputs.longs("count")).containsExactly(1);
      assertThatThrownBy(() -> outputs.floats("sum"))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("[count]")
          .hasMessageContaining("'sum'");
    }
  }

  @Test
  void aDetachedOutputFeedsTheNextRunAndOutlivesItsOwn() throws Exception {
    OnnxModel model = model("cache.onnx");
    Tensor past = Tensor.zeros(1, 0, 2);

    for (int step = 1; step <= 3; step++) {
      try (Tensor next = Tensor.of(new float[] {step, -step}, 1, 1, 2);
          Outputs outputs = model.run(Map.of("past", past, "step", next))) {
        past.close();
        past = outputs.detach("present");
      }
    }

    assertThat(past.shape()).containsExactly(1L, 3L, 2L);
    assertThat(past.toFloats()).containsExactly(1, -1, 2, -2, 3, -3);
    past.close();
  }

  @Test
  void outputsOutliveTheUnloadingOfTheirModel() throws Exception {
    OnnxModel model = model("cache.onnx");
    try (Tensor past = Tensor.zeros(1, 0, 2);
        Tensor step = Tensor.of(new float[] {3, 4}, 1, 1, 2);
        Outputs outputs = model.run(Map.of("past", past, "step", step))) {
      ticker.advance(IDLE);
      runtime.unloadIdle();

      assertThat(model.isOpen()).isFalse();
      assertThat(outputs.floats("present")).containsExactly(3, 4);
    }
  }

  @Test
  void aRunIntoGivenTensorsReadsAndWritesTheirMemory() throws Exception {
    OnnxModel model = model("arithmetic.onnx");
    try (Tensor x = Tensor.zeros(1, 2);
        Tensor y = Tensor.of(new float[] {1f});
        Tensor n = Tensor.of(new long[] {1, 2}, 2);
        Tensor sum = Tensor.zeros(1, 2)) {
      Map<String, Tensor> inputs = Map.of("x", x, "y", y, "n", n);
      Map<String, Tensor> outputs = Map.of("sum", sum);
      model.runInto(inputs, outputs);
      assertThat(sum.toFloats()).containsExactly(1, 1);

      x.floats().put(new float[] {5, 6});
      model.runInto(inputs, outputs);

      assertThat(sum.toFloats()).containsExactly(6, 7);
    }
  }

  @Test
  void aModelThatGaveItsMemoryBackComputesTheSameAgain() throws Exception {
    OnnxModel model = model("arithmetic.onnx");
    try (Tensor x = Tensor.of(new float[] {1, 2}, 1, 2);
        Tensor y = Tensor.of(new float[] {1});
        Tensor n = Tensor.of(new long[] {7, -8}, 2);
        Tensor sum = Tensor.zeros(1, 2)) {
      Map<String, Tensor> inputs = Map.of("x", x, "y", y, "n", n);
      model.runInto(inputs, Map.of("sum", sum), WorkingMemory.GIVEN_BACK);
      assertThat(sum.toFloats()).containsExactly(2, 3);

      x.floats().put(new float[] {5, 6});
      model.runInto(inputs, Map.of("sum", sum), WorkingMemory.GIVEN_BACK);

      assertThat(sum.toFloats()).containsExactly(6, 7);
    }
  }

  @Test
  void aModelOpensOnFirstUseAndAgainAfterAnIdleTime() throws Exception {
    OnnxModel model = model("zeros.onnx");
    assertThat(model.isOpen()).isFalse();
    zeros(model, 1, 1);
    assertThat(model.isOpen()).isTrue();

    ticker.advance(IDLE.minusNanos(1));
    runtime.unloadIdle();
    assertThat(model.isOpen()).isTrue();

    ticker.advance(Duration.ofNanos(1));
    runtime.unloadIdle();
    assertThat(model.isOpen()).isFalse();

    assertThat(zeros(model, 2, 2)).hasSize(4);
    assertThat(model.isOpen()).isTrue();
  }

  @Test
  void theModelsOfAFolderAreUnloadedAndOpenAgainWhenUsed() throws Exception {
    OnnxModel model = model("zeros.onnx");
    zeros(model, 1, 1);

    runtime.unload(folder.resolveSibling("other"));
    assertThat(model.isOpen()).isTrue();
    runtime.unload(folder);
    assertThat(model.isOpen()).isFalse();

    assertThat(zeros(model, 2, 2)).hasSize(4);
  }

  @Test
  void theSameArgumentsGiveTheSameHandle() throws Exception {
    Path file = TestModels.copy("zeros.onnx", folder);

    assertThat(runtime.model("zeros", file)).isSameAs(runtime.model("zeros", file));
    assertThat(runtime.model("zeros", file))
        .isNotSameAs(runtime.model("zeros", file, new ModelUse(FailureCode.PROCESSING_ERROR, 1)));
  }

  @Test
  void aModelThatWasReplacedUnderItsNameIsOpenedAnew() throws Exception {
    Path file = TestModels.copy("arithmetic.onnx", folder);
    OnnxModel old = runtime.model("mine", file);
    assertThat(old.inputs()).hasSize(3);
    Files.move(TestModels.copy("cache.onnx", folder), file, StandardCopyOption.REPLACE_EXISTING);

    OnnxModel replaced = runtime.model("mine", file);

    assertThat(replaced.inputs()).extracting(TensorShape::name).containsExactly("past", "step");
    assertThat(runtime.model("mine", file)).isSameAs(replaced);
    assertThat(old.isOpen()).isFalse();
  }

  @Test
  void aClosedRuntimeUnloadsItsModelsAndRefusesRuns() throws Exception {
    OnnxModel model = model("zeros.onnx");
    zeros(model, 1, 1);

    runtime.close();
    runtime.close();

    assertThat(model.isOpen()).isFalse();
    assertThatThrownBy(() -> zeros(model, 1, 1))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("zeros.onnx");
  }

  @Test
  void aDamagedFileIsAFaultOfTheInstallation() throws Exception {
    Path file = TestModels.copy("arithmetic.onnx", folder);
    byte[] half = java.util.Arrays.copyOf(Files.readAllBytes(file), 150);
    Files.write(file, half);

    ProcessingException failure = failureOf(() -> runtime.model("broken", file).inputs());

    assertThat(failure.code()).isEqualTo(FailureCode.MODEL_LOAD_ERROR);
    assertThat(failure).hasMessageContaining("'broken'").hasMessageContaining(file.toString());
    assertThat(failure.hint()).hasValueSatisfying(hint -> assertThat(hint).contains("verify"));
    assertThat(failure.details()).containsEntry("model", "broken").containsKey("native_code");
  }

  @Test
  void anAbsentFileIsAMissingModel() {
    ProcessingException failure =
        failureOf(() -> runtime.model("gone", folder.resolve("gone.onnx")).inputs());

    assertThat(failure.code()).isEqualTo(FailureCode.MODEL_MISSING);
  }

  @Test
  void aFailedRunNamesModelInputsAndShapes() throws Exception {
    OnnxModel model = model("arithmetic.onnx");
    try (Tensor x = Tensor.zeros(1, 1, 2);
        Tensor y = Tensor.of(new float[] {1f});
        Tensor n = Tensor.of(new long[] {1, 1}, 2)) {
      ProcessingException failure = failureOf(() -> model.run(Map.of("x", x, "y", y, "n", n)));

      assertThat(failure.code()).isEqualTo(FailureCode.ASR_PROCESSING_ERROR);
      assertThat(failure)
          .hasMessageContaining("'arithmetic.onnx'")
          .hasMessageContaining("x=FLOAT32[1, 1, 2]")
          .hasMessageContaining("n=INT64[2]");
      assertThat(failure.details()).containsEntry("native_code", "ORT_INVALID_ARGUMENT");
    }
  }

  @Test
  void aFailedRunTakesTheCodeOfItsUse() throws Exception {
    Path file = TestModels.copy("zeros.onnx", folder);
    OnnxModel model = runtime.model("vad", file, new ModelUse(FailureCode.PROCESSING_ERROR, 1));

    try (Tensor wrong = Tensor.zeros(2)) {
      assertThat(failureOf(() -> model.run(Map.of("shape", wrong))).code())
          .isEqualTo(FailureCode.PROCESSING_ERROR);
    }
  }

  @Test
  void aModelThatAsksForMoreMemoryThanThereIsFailsAsSuch() throws Exception {
    OnnxModel model = model("zeros.onnx");

    ProcessingException failure = failureOf(() -> zeros(model, 1L << 30, 1L << 20));

    assertThat(failure.code()).isEqualTo(FailureCode.MODEL_MEMORY_ERROR);
    assertThat(zeros(model, 1, 3)).hasSize(3);
  }

  private static float[] zeros(OnnxModel model, long rows, long columns)
      throws ProcessingException {
    try (Tensor shape = Tensor.of(new long[] {rows, columns}, 2);
        Outputs outputs = model.run(Map.of("shape", shape))) {
      return outputs.floats("zeros");
    }
  }

  private OnnxModel model(String name) throws IOException {
    return runtime.model(name, TestModels.copy(name, folder));
  }

  private static ProcessingException failureOf(
      org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
    return catchThrowableOfType(ProcessingException.class, call);
  }
}
