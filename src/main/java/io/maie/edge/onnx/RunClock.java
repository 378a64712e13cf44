package io.maie.edge.onnx;

import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.maie.edge.time.Ticker;
import java.time.Duration;

/** Times the runs inside ONNX Runtime. One thread at a time. */
final class RunClock {
  private final Ticker ticker;
  private long runs;
  private long nanos;

  RunClock(Ticker ticker) {
    this.ticker = ticker;
  }

  /** Runs {@code run} and returns its result. */
  OrtSession.Result time(NativeRun run) throws OrtException {
    long begin = ticker.nanos();
    try {
      return run.start();
    } finally {
      nanos += ticker.nanos() - begin;
      runs++;
    }
  }

  RunTimes times() {
    return new RunTimes(runs, Duration.ofNanos(nanos));
  }

  /** A call of the native library. */
  @FunctionalInterface
  interface NativeRun {
    OrtSession.Result start() throws OrtException;
  }
}
