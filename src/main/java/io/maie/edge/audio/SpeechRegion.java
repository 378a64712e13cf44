package io.maie.edge.audio;

import static java.util.Objects.requireNonNull;

/** A stretch of a recording in which somebody speaks. */
public record SpeechRegion(SampleSpan span) {

  public SpeechRegion {
    requireNonNull(span, "span is null");
  }
}
