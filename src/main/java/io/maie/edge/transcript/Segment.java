package io.maie.edge.transcript;

import static java.util.Objects.requireNonNull;

import io.maie.edge.audio.SampleSpan;
import java.util.List;

/**
 * A stretch of recognised speech.
 *
 * @param span where it was spoken
 * @param text without surrounding blanks
 * @param confidence 0 to 1
 * @param words in order; empty if the model gives none
 */
public record Segment(SampleSpan span, String text, double confidence, List<Word> words) {

  public Segment {
    requireNonNull(span, "span is null");
    requireNonNull(text, "text is null");
    if (!(confidence >= 0 && confidence <= 1)) {
      throw new IllegalArgumentException("expected a confidence of 0 to 1, found " + confidence);
    }
    words = List.copyOf(words);
  }
}
