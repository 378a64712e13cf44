package io.maie.edge.app;

import io.maie.edge.failure.ProcessingException;
import io.maie.edge.modelfile.Hardware;
import io.maie.edge.onnx.Device;
import io.maie.edge.onnx.OnnxRuntime;
import io.maie.edge.result.RuntimeEnvironment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** Finds out what every result says about the machine it was computed on. */
final class MachineFacts {
  private static final Path CPU_FACTS = Path.of("/proc/cpuinfo");
  private static final Path MEMORY_FACTS = Path.of("/proc/meminfo");

  /** Less is little: 2 GB, less what the system keeps for itself. */
  private static final long LEAST_KILOBYTES = 1_800_000;

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

  /** A library that does not load shows with the first recording, which stays where it is. */
  private static String version(OnnxRuntime onnx) {
    try {
      return onnx.version();
    } catch (ProcessingException e) {
      return UNKNOWN;
    }
  }

  private static String cpu() {
    return fact("model name").or(() -> fact("Model")).orElse(UNKNOWN);
  }

  /** The facts that decide which precision of a model suits best. */
  static Hardware hardware(Device device) {
    return device == Device.CUDA
        ? Hardware.GPU
        : hardware(System.getProperty("os.arch", UNKNOWN), fact("flags").orElse(""));
  }

  /**
   * The same for a processor.
   *
   * @param flags as Linux lists them; empty if they are not known
   */
  static Hardware hardware(String architecture, String flags) {
    boolean hasVnni =
        Stream.of(flags.split(" ")).anyMatch(List.of("avx_vnni", "avx512_vnni")::contains);
    boolean isX86 = architecture.equals("amd64") || architecture.equals("x86_64");
    return isX86 && !hasVnni ? Hardware.CPU_WITHOUT_VNNI : Hardware.CPU;
  }

  /**
   * Returns whether this machine has too little memory for 32-bit floats of all but the smallest
   * models.
   */
  static boolean hasLittleMemory() {
    return fact(MEMORY_FACTS, "MemTotal")
        .map(size -> size.replaceFirst(" kB$", ""))
        .filter(kilobytes -> kilobytes.chars().allMatch(Character::isDigit))
        .filter(kilobytes -> Long.parseLong(kilobytes) < LEAST_KILOBYTES)
        .isPresent();
  }

  /** Memory that programs can have without others being moved to the disk; empty if not known. */
  static OptionalLong availableBytes() {
    return fact(MEMORY_FACTS, "MemAvailable")
        .map(size -> size.replaceFirst(" kB$", ""))
        .filter(kilobytes -> !kilobytes.isEmpty())
        .filter(kilobytes -> kilobytes.chars().allMatch(Character::isDigit))
        .map(kilobytes -> OptionalLong.of(1024 * Long.parseLong(kilobytes)))
        .orElse(OptionalLong.empty());
  }

  /** Reads a fact about the first core from Linux. */
  private static Optional<String> fact(String name) {
    return fact(CPU_FACTS, name);
  }

  private static Optional<String> fact(Path facts, String name) {
    try (Stream<String> lines = Files.lines(facts)) {
      return lines
          .filter(line -> line.substring(0, Math.max(0, line.indexOf(':'))).strip().equals(name))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst();
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
