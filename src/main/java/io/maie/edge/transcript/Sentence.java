package io.maie.edge.transcript;

import io.maie.edge.audio.SampleSpan;

/**
 * A sentence of a transcript.
 *
 * @param span its place in the recording
 * @param text without surrounding blanks; may hold line breaks that were dictated
 */
public record Sentence(SampleSpan span, String text) {}
