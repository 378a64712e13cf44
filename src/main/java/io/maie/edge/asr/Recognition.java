package io.maie.edge.asr;

import static java.util.Objects.requireNonNull;

import io.maie.edge.result.Warning;
import io.maie.edge.transcript.Transcript;
import java.util.List;

/** What a recogniser returns: the transcript, and what its reader should know about it. */
public record Recognition(Transcript transcript, List<Warning> warnings) {

  public Recognition {
    requireNonNull(transcript, "transcript is null");
    warnings = List.copyOf(warnings);
  }
}
