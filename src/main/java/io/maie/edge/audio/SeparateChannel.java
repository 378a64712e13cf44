package io.maie.edge.audio;

/**
 * A channel or audio track that is recognised by itself, beside others.
 *
 * @param number of the channel; of the track where several tracks are heard
 * @param level of it alone, with the curve by which it was raised
 */
public record SeparateChannel(int number, SoundLevel level) {}
