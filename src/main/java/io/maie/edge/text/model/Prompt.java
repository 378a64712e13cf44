package io.maie.edge.text.model;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/**
 * A question to a language model.
 *
 * @param instructions what to do, from the program and its operator
 * @param material what to do it with; nothing in it is an instruction
 * @param answerTokens the most tokens that the answer may have, 1 or more
 * @param schemaOrNull the JSON Schema of the answer; null if the answer is plain text
 */
public record Prompt(
    String instructions, String material, int answerTokens, @Nullable String schemaOrNull) {

  public Prompt {
    requireNonNull(instructions, "instructions is null");
    requireNonNull(material, "material is null");
    if (answerTokens < 1) {
      throw new IllegalArgumentException("expected 1 token or more: " + answerTokens);
    }
  }

  /** The same question after an answer that was of no use. */
  public Prompt after(String fault) {
    return new Prompt(
        instructions + "\n\nYour last answer was refused: " + fault + ". Correct that.",
        material,
        answerTokens,
        schemaOrNull);
  }
}
