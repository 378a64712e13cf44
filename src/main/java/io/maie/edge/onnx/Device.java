package io.maie.edge.onnx;

/** Device on which models compute. */
public enum Device {
  /** The graphics processor if this build and machine have one that works, else the CPU. */
  AUTO,
  CPU,
  /** The graphics processor; opening a model fails where there is none. */
  CUDA
}
