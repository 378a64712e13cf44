package io.maie.edge.asr;

import static java.util.Objects.requireNonNull;

import io.maie.edge.result.Warning;
import io.maie.edge.transcript.RemovedSegment;
import io.maie.edge.transcript.Transcript;
import java.util.List;

/**
 * Result of a recogniser: the transcript, and notes for its reader.
 *
 * @param removed what a filter took out of the transcript, in order
 */
public record Recognition(
    Transcript transcript, List<RemovedSegment> removed, List<Warning> warnings) {

  public Recognition {
    requireNonNull(transcript, "transcript is null");
    removed = List.copyOf(removed);
    warnings = List.copyOf(warnings);
  }

  /** A transcript from which nothing was removed. */
  public Recognition(Transcript transcript, List<Warning> warnings) {
    this(transcript, List.of(), warnings);
  }
}
