package io.maie.edge.result;

import static java.util.Objects.requireNonNull;

import io.maie.edge.transcript.CleanTranscript;

/** A clean transcript, and how far it is from what the recogniser wrote. */
public record CleanedText(CleanTranscript transcript, Enhancement figures) {

  public CleanedText {
    requireNonNull(transcript, "transcript is null");
    requireNonNull(figures, "figures is null");
  }
}
