package io.maie.edge.asr.moonshine;

import io.maie.edge.transcript.Word;

/**
 * A word of a window.
 *
 * @param word in the recording's time
 * @param logProbability sum of the natural logarithms of its tokens' probabilities
 * @param tokens number of its tokens, 1 or more
 */
record SpokenWord(Word word, double logProbability, int tokens) {}
