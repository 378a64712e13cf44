package io.maie.edge.transcript;

import static java.util.Objects.requireNonNull;

import io.maie.edge.audio.SampleSpan;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A stretch in which one speaker talks, with pauses shorter than half a second.
 *
 * @param speaker numbered by first speech, from 1
 */
public record Turn(SampleSpan span, int speaker) {

  private static final Pattern ID = Pattern.compile("S[1-9]\\d{0,3}");

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

  /** The turn of the speaker with this id; empty if it is none. */
  public static Optional<Turn> of(SampleSpan span, String speakerId) {
    return ID.matcher(speakerId).matches()
        ? Optional.of(new Turn(span, Integer.parseInt(speakerId, 1, speakerId.length(), 10)))
        : Optional.empty();
  }

  /** The id of the speaker with this number. */
  public static String id(int speaker) {
    return "S" + speaker;
  }
}
