package io.maie.edge.text.extract;

import static java.util.Objects.requireNonNull;

import io.maie.edge.audio.SampleSpan;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Something that was said: a span of the transcript, or spans joined by a blank.
 *
 * @param spans where the sentences were spoken that it is taken from, at least one
 * @param speaker such as {@code S1}; null if it is not known
 */
public record Statement(String text, List<SampleSpan> spans, @Nullable String speaker) {

  public Statement {
    requireNonNull(text, "text is null");
    spans = List.copyOf(spans);
    if (spans.isEmpty()) {
      throw new IllegalArgumentException("spans is empty");
    }
  }

  /** This, and then {@code next}. */
  Statement with(Statement next) {
    List<SampleSpan> both = new ArrayList<>(spans);
    both.addAll(next.spans);
    return new Statement(text + " " + next.text, both, speaker);
  }

  /** A part of the text, from the same place. */
  Statement part(String other) {
    return new Statement(other, spans, speaker);
  }
}
