package io.maie.edge.result;

/**
 * Share of the answer of a language model that rests on what was said.
 *
 * @param model the model that answered
 * @param share of the statements that were said somewhere and name nothing else, 0 to 1
 */
public record Grounding(String model, double share) {}
