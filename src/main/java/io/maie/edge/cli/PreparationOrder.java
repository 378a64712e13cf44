package io.maie.edge.cli;

import static java.util.Objects.requireNonNull;

/**
 * Order to prepare an installed model for this machine.
 *
 * @param name its folder under {@code models/}
 * @param keepsOriginal whether decoders of 32-bit floats stay beside rounded ones
 */
public record PreparationOrder(String name, DecoderPrecision precision, boolean keepsOriginal) {
  public PreparationOrder {
    requireNonNull(name, "name is null");
    requireNonNull(precision, "precision is null");
  }
}
