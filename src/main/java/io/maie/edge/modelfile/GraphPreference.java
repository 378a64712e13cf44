package io.maie.edge.modelfile;

import java.util.List;
import java.util.Optional;

/**
 * Which of the precisions that a model is published in suits best.
 *
 * @param gpu whether models compute on a graphics processor
 * @param variant the one the operator insists on, such as {@code int8}; empty = the best there is
 */
public record GraphPreference(boolean gpu, Optional<String> variant) {

  /** The best there is for a processor. */
  public static final GraphPreference CPU = new GraphPreference(false, Optional.empty());

  /** From best to worst; none if the variant is none that is published. */
  List<Precision> order() {
    List<Precision> all = gpu ? Precision.FOR_CUDA : Precision.FOR_CPU;
    return variant.map(name -> all.stream().filter(p -> p.isNamed(name)).toList()).orElse(all);
  }
}
