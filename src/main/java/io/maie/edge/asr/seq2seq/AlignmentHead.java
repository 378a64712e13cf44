package io.maie.edge.asr.seq2seq;

/**
 * A head of the decoder's cross-attention that follows the speech.
 *
 * @param layer from 0
 * @param head from 0
 */
public record AlignmentHead(int layer, int head) {}
