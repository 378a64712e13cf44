package io.maie.edge.asr.whisper;

/**
 * A head of the decoder's cross-attention that follows the speech.
 *
 * @param layer from 0
 * @param head from 0
 */
record AlignmentHead(int layer, int head) {}
