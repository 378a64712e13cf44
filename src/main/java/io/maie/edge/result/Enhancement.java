package io.maie.edge.result;

import org.jspecify.annotations.Nullable;

/**
 * Differences of a clean transcript from what the recogniser wrote.
 *
 * @param editRate distance in characters over the length of the longer text, 0 to 1
 * @param wordEditRate the same in words; case and marks count
 * @param sentences of the clean transcript
 * @param paragraphs of the clean transcript
 * @param fillers the number of words left out
 * @param numbers the number of numbers written in digits
 * @param commands the number of spoken commands carried out
 * @param corrected the number of sentences that a language model changed
 * @param modelOrNull the language model that went over it; null if rules did alone
 */
public record Enhancement(
    double editRate,
    double wordEditRate,
    int sentences,
    int paragraphs,
    int fillers,
    int numbers,
    int commands,
    int corrected,
    @Nullable String modelOrNull) {}
