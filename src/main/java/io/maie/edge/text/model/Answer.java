package io.maie.edge.text.model;

/**
 * The answer of a language model.
 *
 * @param isComplete false if it was cut off, for example by the limit of tokens
 */
public record Answer(String text, boolean isComplete) {}
