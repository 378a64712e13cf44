package io.maie.edge.onnx;

import static java.util.Objects.requireNonNull;

import io.maie.edge.failure.FailureCode;

/**
 * What a model is used for, as far as running it depends on that.
 *
 * @param runFailure the code of a run that fails for another reason than memory
 * @param maxThreads upper limit of threads, 1 or more; small models are slower with many
 * @param spinning whether threads keep their cores between the operators of a run, which makes
 *     models of many small operators faster; when a run ends they sleep in any case
 */
public record ModelUse(FailureCode runFailure, int maxThreads, boolean spinning) {

  /** Speech recognition, on all threads that the options grant, for minutes at a time. */
  public static final ModelUse RECOGNITION =
      new ModelUse(FailureCode.ASR_PROCESSING_ERROR, Integer.MAX_VALUE, true);

  /** A use whose threads sleep whenever they wait. */
  public ModelUse(FailureCode runFailure, int maxThreads) {
    this(runFailure, maxThreads, false);
  }

  public ModelUse {
    requireNonNull(runFailure, "runFailure is null");
    if (maxThreads < 1) {
      throw new IllegalArgumentException("expected 1 or more threads, found " + maxThreads);
    }
  }
}
