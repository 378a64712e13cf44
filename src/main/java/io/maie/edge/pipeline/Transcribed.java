package io.maie.edge.pipeline;

import static java.util.Objects.requireNonNull;

import io.maie.edge.audio.SpeechRegion;
import io.maie.edge.request.RecordingParameters;
import io.maie.edge.transcript.Transcript;
import java.util.List;
import java.util.Map;

/**
 * Stored facts about a recording that was transcribed before.
 *
 * @param transcript without speakers if these are to be found out
 * @param regions the stretches of speech
 * @param names of the speakers whose names are known, by their ids
 * @param parameters that now hold
 */
public record Transcribed(
    Transcript transcript,
    List<SpeechRegion> regions,
    Map<String, String> names,
    RecordingParameters parameters) {

  public Transcribed {
    requireNonNull(transcript, "transcript is null");
    requireNonNull(parameters, "parameters is null");
    regions = List.copyOf(regions);
    names = Map.copyOf(names);
  }
}
