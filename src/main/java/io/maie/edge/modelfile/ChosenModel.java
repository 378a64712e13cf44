package io.maie.edge.modelfile;

/**
 * A model that was chosen, and by which rule.
 *
 * @param reason one clause, such as {@code the largest of those added}
 */
public record ChosenModel(ModelFolder folder, String reason) {}
