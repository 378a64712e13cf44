package io.maie.edge.app;

import io.maie.edge.failure.ProcessingException;
import io.maie.edge.onnx.OnnxRuntime;
import io.maie.edge.result.RuntimeEnvironment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Stream;

/** Finds out what every result says about the machine it was computed on. */
final class MachineFacts {
  private static final Path CPU_FACTS = Path.of("/proc/cpuinfo");
  private static final String UNKNOWN = "unknown";

  private MachineFacts() {}

  /** The machine as it is; what cannot be found out is {@code unknown}. */
  static RuntimeEnvironment of(OnnxRuntime onnx) {
    return new RuntimeEnvironment(
        System.getProperty("java.version", UNKNOWN),
        version(onnx),
        onnx.device().name().toLowerCase(Locale.ROOT),
        onnx.options().threads(),
        "%s %s %s"
            .formatted(
                System.getProperty("os.name"),
                System.getProperty("os.version"),
                System.getProperty("os.arch")),
        cpu());
  }

  /** A library that does not load is told by the first recording, which stays where it is. */
  private static String version(OnnxRuntime onnx) {
    try {
      return onnx.version();
    } catch (ProcessingException e) {
      return UNKNOWN;
    }
  }

  private static String cpu() {
    try (Stream<String> lines = Files.lines(CPU_FACTS)) {
      return lines
          .filter(line -> line.startsWith("model name") || line.startsWith("Model"))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst()
          .orElse(UNKNOWN);
    } catch (IOException e) {
      return UNKNOWN;
    }
  }
}
