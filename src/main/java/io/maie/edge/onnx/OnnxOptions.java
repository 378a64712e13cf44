package io.maie.edge.onnx;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/**
 * Options of running models.
 *
 * @param device the device on which models compute
 * @param threads threads inside one operator, 1 or more; the calling thread is one of them
 * @param idleUnload a model that was not used for this long gives its memory back; zero = never
 */
public record OnnxOptions(Device device, int threads, Duration idleUnload) {

  /** Everything this machine has, and memory back after ten minutes. */
  public static final OnnxOptions DEFAULTS =
      new OnnxOptions(
          Device.AUTO, Runtime.getRuntime().availableProcessors(), Duration.ofMinutes(10));

  public OnnxOptions {
    requireNonNull(device, "device is null");
    requireNonNull(idleUnload, "idleUnload is null");
    if (threads < 1) {
      throw new IllegalArgumentException("expected 1 or more threads, found " + threads);
    }
    if (idleUnload.isNegative()) {
      throw new IllegalArgumentException("expected 0 s or more of idle time, found " + idleUnload);
    }
  }

  /** The same on one thread, whose working memory is all there is then. */
  public OnnxOptions onOneThread() {
    return new OnnxOptions(device, 1, idleUnload);
  }
}
