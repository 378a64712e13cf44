package io.maie.edge.cli;

/**
 * Order to prepare an installed model for this machine.
 *
 * @param name its folder under {@code models/}
 * @param keepsOriginal whether decoders of 32-bit floats stay beside rounded ones
 */
public record PreparationOrder(String name, DecoderPrecision precision, boolean keepsOriginal) {}
