package io.maie.edge.bench;

/**
 * Cost of a recording in milliseconds.
 *
 * @param whole from samples to text, without opening the model
 * @param encoder one window
 * @param token one token of one window in the decoder, its share of the prompt included
 * @param decoder all tokens of all windows
 * @param outside share of the whole that was not spent in the engine's graphs; NaN if not known
 */
record WhisperCost(double whole, double encoder, double token, double decoder, double outside) {}
