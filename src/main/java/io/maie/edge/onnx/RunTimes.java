package io.maie.edge.onnx;

import java.time.Duration;

/**
 * Runs of a model so far.
 *
 * @param runs how often it ran
 * @param total how long that took inside ONNX Runtime
 */
public record RunTimes(long runs, Duration total) {}
