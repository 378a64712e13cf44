package io.maie.edge.result;

import static java.util.Objects.requireNonNull;

/**
 * Environment that computed a result.
 *
 * @param java version of the virtual machine
 * @param onnxruntime version of ONNX Runtime
 * @param device {@code cpu} or {@code cuda}
 * @param threads that a model uses
 * @param os name, version and architecture
 * @param cpu the processor's name
 */
public record RuntimeEnvironment(
    String java, String onnxruntime, String device, int threads, String os, String cpu) {

  public RuntimeEnvironment {
    requireNonNull(java, "java is null");
    requireNonNull(onnxruntime, "onnxruntime is null");
    requireNonNull(device, "device is null");
    requireNonNull(os, "os is null");
    requireNonNull(cpu, "cpu is null");
  }
}
