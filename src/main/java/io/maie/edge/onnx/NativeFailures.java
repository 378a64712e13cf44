package io.maie.edge.onnx;

import ai.onnxruntime.OrtException;
import io.maie.edge.failure.FailureCode;
import io.maie.edge.failure.ProcessingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Says in our words what ONNX Runtime complains about. */
final class NativeFailures {
  /** Parts of the messages by which the CPU arena, C++ and CUDA say that memory ran out. */
  private static final List<String> OUT_OF_MEMORY =
      List.of("failed to allocate memory", "bad_alloc", "out of memory", "cudaerrormemory");

  private NativeFailures() {}

  /** The failure of a model that does not open, which is the installation's in every case. */
  static ProcessingException onLoad(String model, Path file, OrtException cause) {
    if (!Files.isReadable(file)) {
      return new ProcessingException(
              FailureCode.MODEL_MISSING,
              "Expected the model '" + model + "' at '" + file + "', found no file to read",
              "Put the model's files back, or remove its folder",
              cause)
          .withDetail("model", model);
    }
    String hint =
        isOutOfMemory(cause)
            ? "Use a smaller model, or give the service more memory"
            : "Run 'maie-edge models verify'; the file is damaged, or made for a newer version";
    return new ProcessingException(
            FailureCode.MODEL_LOAD_ERROR,
            "The model '" + model + "' cannot be opened from '" + file + "': " + reason(cause),
            hint,
            cause)
        .withDetail("model", model)
        .withDetail("native_code", cause.getCode());
  }

  /** A run that failed with these inputs. */
  static ProcessingException onRun(
      String model, ModelUse use, Map<String, Tensor> inputs, OrtException cause) {
    boolean outOfMemory = isOutOfMemory(cause);
    String shapes = new TreeMap<>(inputs).toString();
    return new ProcessingException(
            outOfMemory ? FailureCode.MODEL_MEMORY_ERROR : use.runFailure(),
            "The model '" + model + "' failed on inputs " + shapes + ": " + reason(cause),
            outOfMemory ? "Use a smaller model, or give the service more memory" : null,
            cause)
        .withDetail("model", model)
        .withDetail("inputs", shapes)
        .withDetail("native_code", cause.getCode());
  }

  private static boolean isOutOfMemory(OrtException cause) {
    String message = String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT);
    return OUT_OF_MEMORY.stream().anyMatch(message::contains);
  }

  /** The first line of the native message; the rest is a C++ stack. */
  private static String reason(OrtException cause) {
    return String.valueOf(cause.getMessage()).lines().findFirst().orElse("no reason given");
  }
}
