package io.maie.edge.asr.transducer;

/**
 * A token that a search found.
 *
 * @param frame when it is said, from the first frame that was searched
 * @param duration frames that the model says it lasts, 0 or more; 1 for models that do not tell
 * @param logProbability natural logarithm, 0 or less, among all tokens and blank
 */
public record SaidToken(int token, int frame, int duration, double logProbability) {}
