package io.maie.edge.modelfile;

import java.util.List;
import java.util.Optional;

/**
 * Ranks the precisions in which a model is published.
 *
 * @param littleMemory whether graphs of 8 bits come before those of 32-bit floats
 * @param variant the one the operator insists on, such as {@code int8}; empty = the best there is
 */
public record GraphPreference(Hardware hardware, boolean littleMemory, Optional<String> variant) {

  /** The best there is for a processor. */
  public static final GraphPreference CPU =
      new GraphPreference(Hardware.CPU, false, Optional.empty());

  /** The best there is for a processor in a device with little memory. */
  public static final GraphPreference LITTLE_MEMORY =
      new GraphPreference(Hardware.CPU, true, Optional.empty());

  /** The same on this hardware, but for what the operator insists on. */
  public GraphPreference withVariant(String name) {
    return new GraphPreference(hardware, littleMemory, Optional.of(name));
  }

  /** The best there is on this hardware, whatever the operator insists on. */
  GraphPreference ofHardware() {
    return new GraphPreference(hardware, littleMemory, Optional.empty());
  }

  /** From best to worst; none if the variant is none that is published. */
  List<Precision> order() {
    List<Precision> all = hardware.precisions(littleMemory);
    return variant.map(name -> all.stream().filter(p -> p.isNamed(name)).toList()).orElse(all);
  }

  /** The reason for which the first of {@link #order} comes first, for people. */
  String reason() {
    return variant
        .map(name -> "the settings ask for " + name)
        .orElse(hardware.reason(littleMemory));
  }
}
