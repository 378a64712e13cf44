package io.maie.edge.asr.ctc;

/**
 * A model's input.
 *
 * @param values row-major
 * @param shape its axes, beginning with a batch of one
 * @param length how many frames or samples it holds
 */
@SuppressWarnings("ArrayRecordComponent") // handed over once, never compared
record Features(float[] values, long[] shape, long length) {}
