package io.maie.edge.transcript;

/**
 * The speaker of a word or segment.
 *
 * @param speaker the id of the speaker, such as {@code S1}
 * @param overlap whether somebody else talks at the same time
 */
public record SpeakerLabel(String speaker, boolean overlap) {}
