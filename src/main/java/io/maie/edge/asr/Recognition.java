package io.maie.edge.asr;

import static java.util.Objects.requireNonNull;

import io.maie.edge.audio.SampleSpan;
import io.maie.edge.result.Warning;
import io.maie.edge.transcript.RemovedSegment;
import io.maie.edge.transcript.Transcript;
import java.util.List;

/**
 * Result of a recogniser: the transcript, and notes for its reader.
 *
 * @param removed the segments that a filter removed from the transcript, in order
 * @param skipped stretches of speech that were left out, since the program crashed in them
 */
public record Recognition(
    Transcript transcript,
    List<RemovedSegment> removed,
    List<SampleSpan> skipped,
    List<Warning> warnings) {

  public Recognition {
    requireNonNull(transcript, "transcript is null");
    removed = List.copyOf(removed);
    skipped = List.copyOf(skipped);
    warnings = List.copyOf(warnings);
  }

  /** A transcript of everything, from which nothing was removed. */
  public Recognition(Transcript transcript, List<Warning> warnings) {
    this(transcript, List.of(), warnings);
  }

  /** A transcript from which nothing was removed. */
  public Recognition(Transcript transcript, List<SampleSpan> skipped, List<Warning> warnings) {
    this(transcript, List.of(), skipped, warnings);
  }
}
