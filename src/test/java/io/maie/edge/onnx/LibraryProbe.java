package io.maie.edge.onnx;

import io.maie.edge.failure.ProcessingException;
import io.maie.edge.time.Ticker;
import java.time.Duration;

/** A program that asks for the version of the native library and prints what came of it. */
final class LibraryProbe {
  private LibraryProbe() {}

  public static void main(String[] arguments) {
    try (OnnxRuntime runtime =
        new OnnxRuntime(new OnnxOptions(Device.CPU, 1, Duration.ZERO), Ticker.system())) {
      System.out.println("version " + runtime.version());
    } catch (ProcessingException e) {
      System.out.println(e.code() + ": " + e.getMessage() + " / " + e.hint().orElse(""));
    }
  }
}
