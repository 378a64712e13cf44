package io.maie.edge.diarization.pieces;

/**
 * Combined judgement of all windows on each frame of a recording.
 *
 * @param counts the number of people who talk, 0 to {@value Powerset#LOCAL_SPEAKERS}, shape
 *     (frames)
 * @param cuts the frames at which one speaker hands over to another, ascending
 */
// the arrays are large and live within one run
@SuppressWarnings("ArrayRecordComponent")
record FrameActivity(byte[] counts, int[] cuts) {}
