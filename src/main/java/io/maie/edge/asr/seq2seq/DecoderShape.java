package io.maie.edge.asr.seq2seq;

/**
 * Sizes of a decoder.
 *
 * @param layers of the decoder
 * @param heads of the attentions in each layer
 * @param headSize numbers of a key or a value
 * @param vocabularySize tokens that are scored
 * @param maxTokens positions of the longest text, prompt included
 */
public record DecoderShape(int layers, int heads, int headSize, int vocabularySize, int maxTokens) {

  /** Numbers of a key or a value of all heads. */
  public int width() {
    return heads * headSize;
  }
}
