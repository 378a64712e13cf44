package io.maie.edge.onnx;

import static java.util.Objects.requireNonNull;

import io.maie.edge.failure.FailureCode;

/**
 * What a model is used for, as far as running it depends on that.
 *
 * @param runFailure the code of a run that fails for another reason than memory
 * @param maxThreads upper limit of threads, 1 or more; small models are slower with many
 */
public record ModelUse(FailureCode runFailure, int maxThreads) {

  /** Speech recognition, on all threads that the options grant. */
  public static final ModelUse RECOGNITION =
      new ModelUse(FailureCode.ASR_PROCESSING_ERROR, Integer.MAX_VALUE);

  public ModelUse {
    requireNonNull(runFailure, "runFailure is null");
    if (maxThreads < 1) {
      throw new IllegalArgumentException("expected 1 or more threads, found " + maxThreads);
    }
  }
}
