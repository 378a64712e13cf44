package io.maie.edge.transcript;

/**
 * Scores of the decoder for the window that a segment comes from; signs of trouble for readers who
 * know Whisper.
 *
 * @param averageLogProbability mean natural logarithm of the probabilities of its tokens, at most 0
 * @param noSpeechProbability that nothing was said, 0 to 1
 * @param compressionRatio size of the text over its compressed size; above 2.4 it repeats itself
 * @param temperature at which it was decoded; 0 = the best hypothesis
 */
public record DecodingScores(
    double averageLogProbability,
    double noSpeechProbability,
    double compressionRatio,
    double temperature) {}
