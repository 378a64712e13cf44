package io.maie.edge.transcript;

import static java.util.Objects.requireNonNull;

import io.maie.edge.audio.SampleSpan;

/**
 * A sentence of a transcript.
 *
 * @param span its place in the recording
 * @param text without surrounding blanks; may hold line breaks that were dictated
 */
public record Sentence(SampleSpan span, String text) {

  public Sentence {
    requireNonNull(span, "span is null");
    requireNonNull(text, "text is null");
  }
}
