package io.maie.edge.modelfile;

import static java.util.Objects.requireNonNull;

/**
 * A model that was chosen, and by which rule.
 *
 * @param reason one clause, such as {@code the largest of those added}
 */
public record ChosenModel(ModelFolder folder, String reason) {

  public ChosenModel {
    requireNonNull(folder, "folder is null");
    requireNonNull(reason, "reason is null");
  }
}
