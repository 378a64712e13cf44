package io.maie.edge.time;

/** Monotonic time; the only clock that waits and limits are measured with. */
@FunctionalInterface
public interface Ticker {

  /** Nanoseconds since an arbitrary origin; only differences mean something. */
  long nanos();

  /** The ticker of the running JVM. */
  static Ticker system() {
    return System::nanoTime;
  }
}
