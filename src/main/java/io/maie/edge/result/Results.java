package io.maie.edge.result;

import io.maie.edge.audio.SpeechRegion;
import io.maie.edge.transcript.Transcript;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What was found out about a recording. Depends on the recording, the parameters and the models
 * alone, so that the same three give the same bytes.
 *
 * @param transcript null if it was not asked for
 * @param speechRegions ascending, not overlapping
 */
public record Results(@Nullable Transcript transcript, List<SpeechRegion> speechRegions) {

  public Results {
    speechRegions = List.copyOf(speechRegions);
  }
}
