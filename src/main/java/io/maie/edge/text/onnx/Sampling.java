package io.maie.edge.text.onnx;

/**
 * Rules for choosing the next token among the possible ones, in the words of {@code
 * generation_config.json}.
 *
 * @param isGreedy true if the most probable one is taken
 * @param temperature by which scores are divided, above 0
 * @param topK the most tokens that are drawn from; 0 = all
 * @param topP the share of the probability that is drawn from, above 0 to 1
 * @param repetitionPenalty by which scores of tokens that were read or written are lowered; 1 = not
 */
record Sampling(
    boolean isGreedy, double temperature, int topK, double topP, double repetitionPenalty) {
  static final Sampling GREEDY = new Sampling(true, 1, 0, 1, 1);

  Sampling {
    if (!(temperature > 0) || topK < 0 || !(topP > 0) || !(repetitionPenalty > 0)) {
      throw new IllegalArgumentException(
          "expected a temperature, top_p and repetition_penalty above 0, and top_k of 0 or more");
    }
  }
}
