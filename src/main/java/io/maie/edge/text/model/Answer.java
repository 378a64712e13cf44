package io.maie.edge.text.model;

import static java.util.Objects.requireNonNull;

/**
 * The answer of a language model.
 *
 * @param isComplete false if it was cut off, for example by the limit of tokens
 */
public record Answer(String text, boolean isComplete) {

  public Answer {
    requireNonNull(text, "text is null");
  }
}
