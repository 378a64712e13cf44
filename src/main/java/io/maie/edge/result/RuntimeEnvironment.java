package io.maie.edge.result;

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
    String java, String onnxruntime, String device, int threads, String os, String cpu) {}
