package io.maie.edge.onnx;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtProvider;
import io.maie.edge.failure.FailureCode;
import io.maie.edge.failure.ProcessingException;

/**
 * The native library as a whole. It loads when first needed, so that a program that opens no model
 * pays nothing for it.
 */
final class NativeLibrary {
  private static final String LOG_NAME = "maie-edge";

  private NativeLibrary() {}

  /** The one environment of the process; ONNX Runtime keeps it, and it is never closed. */
  static OrtEnvironment environment() throws ProcessingException {
    try {
      // what it would print on standard error, its exceptions say as well
      OrtEnvironment environment =
          OrtEnvironment.getEnvironment(OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL, LOG_NAME);
      environment.setTelemetry(false);
      return environment;
    } catch (LinkageError | OrtException | IllegalStateException e) {
      // native code is loaded here: a library that does not load is an Error, and yet only a
      // fault of this installation
      throw new ProcessingException(
          FailureCode.MODEL_LOAD_ERROR,
          "Expected the native library of ONNX Runtime to load on "
              + System.getProperty("os.name")
              + "/"
              + System.getProperty("os.arch")
              + ", found: "
              + rootOf(e),
          "Make sure that the folder for temporary files ("
              + System.getProperty("java.io.tmpdir")
              + ") can be written and is not mounted noexec, and that this is 64-bit Linux with"
              + " glibc on x86 or ARM",
          e);
    }
  }

  /**
   * Returns whether this build of the library knows graphics processors; there need not be one
   * here.
   */
  static boolean knowsCuda() {
    try {
      return OrtEnvironment.getAvailableProviders().contains(OrtProvider.CUDA);
    } catch (LinkageError e) {
      // the first model that opens says why
      return false;
    }
  }

  private static Throwable rootOf(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root;
  }
}
