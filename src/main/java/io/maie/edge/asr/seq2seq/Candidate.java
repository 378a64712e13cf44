package io.maie.edge.asr.seq2seq;

/**
 * A hypothesis and a token that may follow it.
 *
 * @param row the index of the open hypothesis
 * @param score of the hypothesis with the token
 */
record Candidate(int row, int token, float logProbability, float score) {}
