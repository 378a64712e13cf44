package io.maie.edge.onnx;

/** The memory in which a run computed, when the run is over. */
public enum WorkingMemory {
  /** The next run of the model finds it. */
  KEPT,

  /**
   * It goes back to the system, and the next run gets fresh memory, which takes about a quarter of
   * a second for each gigabyte: for long runs that are far between. Memory that outputs lie in
   * stays, so that they are better given.
   */
  GIVEN_BACK
}
