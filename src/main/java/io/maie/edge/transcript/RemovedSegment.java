package io.maie.edge.transcript;

import io.maie.edge.audio.SampleSpan;
import org.jspecify.annotations.Nullable;

/**
 * A segment that was taken out of a transcript.
 *
 * @param span the place that the recogniser had given it
 * @param text as the recogniser wrote it
 * @param pattern as the pattern file has it; null if the rule has no patterns
 */
public record RemovedSegment(
    SampleSpan span, String text, RemovalRule rule, @Nullable String pattern) {}
