package io.maie.edge.transcript;

import static java.util.Objects.requireNonNull;

import io.maie.edge.audio.SampleSpan;

/**
 * A stretch in which one speaker talks, with pauses shorter than half a second.
 *
 * @param speaker numbered by first speech, from 1
 */
public record Turn(SampleSpan span, int speaker) {

  public Turn {
    requireNonNull(span, "span is null");
    if (speaker < 1) {
      throw new IllegalArgumentException("expected a speaker of 1 or more, found " + speaker);
    }
  }

  /** The id of the speaker in results. */
  public String speakerId() {
    return id(speaker);
  }

  /** The id of the speaker with this number. */
  public static String id(int speaker) {
    return "S" + speaker;
  }
}
