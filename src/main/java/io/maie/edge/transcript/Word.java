package io.maie.edge.transcript;

import static java.util.Objects.requireNonNull;

import io.maie.edge.audio.SampleSpan;

/**
 * A recognised word.
 *
 * @param span where it was spoken
 * @param text without surrounding blanks
 * @param probability 0 to 1
 * @param estimated whether the span is only a guess from the segment's
 */
public record Word(SampleSpan span, String text, double probability, boolean estimated) {

  public Word {
    requireNonNull(span, "span is null");
    requireNonNull(text, "text is null");
    if (!(probability >= 0 && probability <= 1)) {
      throw new IllegalArgumentException("expected a probability of 0 to 1, found " + probability);
    }
  }

  /** A word whose time the model knows. */
  public Word(SampleSpan span, String text, double probability) {
    this(span, text, probability, false);
  }
}
