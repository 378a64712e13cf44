package io.maie.edge.onnx;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.providers.OrtCUDAProviderOptions;
import io.maie.edge.failure.FailureCode;
import io.maie.edge.failure.ProcessingException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The graphics processor, as far as ONNX Runtime can compute on it. */
final class Cuda {
  private static final Logger LOG = LoggerFactory.getLogger(Cuda.class);

  /** Multiplies one number. */
  private static final String TRIAL = "/onnx/trial.onnx";

  private Cuda() {}

  /**
   * Returns whether models can compute on a graphics processor here: the library was built for it,
   * and CUDA, driver and card are there. Tried once, as none of them comes while the program runs.
   */
  static boolean isUsable() {
    return Trial.FAILURE.isEmpty();
  }

  /**
   * Fails without a graphics processor.
   *
   * @throws ProcessingException {@code MODEL_LOAD_ERROR} with what is missing
   */
  static void requireUsable() throws ProcessingException {
    if (!isUsable()) {
      throw new ProcessingException(
          FailureCode.MODEL_LOAD_ERROR,
          "Expected a graphics processor to compute on, as onnx.device is cuda, found: "
              + Trial.FAILURE,
          "Set onnx.device to auto or cpu, or see 'A graphics processor' in the deployment guide");
    }
  }

  /** Lets the models of a session compute on the first card. */
  static void configure(OrtSession.SessionOptions settings) throws OrtException {
    try (OrtCUDAProviderOptions options = new OrtCUDAProviderOptions()) {
      // its default is a float of 19 bits for products, which is not what was trained
      options.add("use_tf32", "0");
      // its default tries every way to convolve for every new length, for seconds
      options.add("cudnn_conv_algo_search", "HEURISTIC");
      // its default takes powers of two from a card that others may use too
      options.add("arena_extend_strategy", "kSameAsRequested");
      settings.addCUDA(options);
    }
  }

  /** The obstacle to using the processor; empty if there is none. */
  private static String attempt() {
    if (!NativeLibrary.knowsCuda()) {
      return "a build of ONNX Runtime for processors only";
    }
    try {
      // before anything else: the library that computes on the card logs to it
      OrtEnvironment environment = NativeLibrary.environment();
      try (OrtSession.SessionOptions settings = new OrtSession.SessionOptions()) {
        configure(settings);
        environment.createSession(trial(), settings).close();
      }
      return "";
    } catch (OrtException | ProcessingException e) {
      String reason = String.valueOf(e.getMessage()).lines().findFirst().orElse("no reason given");
      LOG.warn("The graphics processor cannot be used reason={}", reason);
      return reason;
    }
  }

  private static byte[] trial() {
    try (InputStream model = Cuda.class.getResourceAsStream(TRIAL)) {
      if (model == null) {
        throw new IllegalStateException("expected " + TRIAL + " in the program, found nothing");
      }
      return model.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException("reading " + TRIAL + " from the program failed", e);
    }
  }

  /** Holds the answer from the first question on. */
  private static final class Trial {
    static final String FAILURE = attempt();
  }
}
