package io.maie.edge.pipeline;

import static java.util.Objects.requireNonNull;

import io.maie.edge.audio.SpeechRegion;
import io.maie.edge.request.RecordingParameters;
import io.maie.edge.transcript.Transcript;
import java.util.List;

/**
 * What is known of a recording that was transcribed before.
 *
 * @param transcript without speakers if these are to be found out
 * @param regions where there is speech
 * @param parameters that now hold
 */
public record Transcribed(
    Transcript transcript, List<SpeechRegion> regions, RecordingParameters parameters) {

  public Transcribed {
    requireNonNull(transcript, "transcript is null");
    requireNonNull(parameters, "parameters is null");
    regions = List.copyOf(regions);
  }
}
