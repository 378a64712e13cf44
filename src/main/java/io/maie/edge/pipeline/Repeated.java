package io.maie.edge.pipeline;

import static java.util.Objects.requireNonNull;

import io.maie.edge.result.CleanedText;
import io.maie.edge.result.Summary;
import io.maie.edge.result.Warning;
import io.maie.edge.transcript.Transcript;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Result of repeated stages for a recording that was transcribed before.
 *
 * @param diarized null if speakers were not told apart again
 * @param transcript the earlier one, with its speakers
 * @param cleaned null if no clean transcript was asked for, or it could not be made
 * @param summary null if none was asked for, or none could be made
 * @param timings of the stages that ran
 */
public record Repeated(
    @Nullable Diarized diarized,
    Transcript transcript,
    @Nullable CleanedText cleaned,
    @Nullable Summary summary,
    List<StageTiming> timings,
    List<Warning> warnings) {

  public Repeated {
    requireNonNull(transcript, "transcript is null");
    timings = List.copyOf(timings);
    warnings = List.copyOf(warnings);
  }
}
