package io.maie.edge.text.onnx;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/**
 * Options of language models on this machine.
 *
 * @param contextTokens the most tokens of a prompt and its answer together, if the model has room
 *     for as many
 * @param answer the longest time for one answer
 */
public record OnnxTextOptions(int contextTokens, Duration answer) {
  public OnnxTextOptions {
    requireNonNull(answer, "answer is null");
    if (contextTokens < 1) {
      throw new IllegalArgumentException("expected 1 token or more: " + contextTokens);
    }
  }
}
