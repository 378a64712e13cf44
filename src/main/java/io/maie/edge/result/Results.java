package io.maie.edge.result;

import io.maie.edge.audio.SpeechRegion;
import io.maie.edge.transcript.CleanTranscript;
import io.maie.edge.transcript.RemovedSegment;
import io.maie.edge.transcript.Transcript;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Findings in a recording. Depends on the recording, the parameters and the models alone, so that
 * the same three give the same bytes.
 *
 * @param transcript null if it was not asked for
 * @param clean null if it was not asked for
 * @param summary null if none was asked for, or none could be made
 * @param speechRegions ascending, not overlapping
 * @param speakers null if they were not found out
 * @param removed the segments that were removed from the transcript because nobody had said them,
 *     in order
 */
public record Results(
    @Nullable Transcript transcript,
    @Nullable CleanTranscript clean,
    @Nullable Summary summary,
    List<SpeechRegion> speechRegions,
    @Nullable Speakers speakers,
    List<RemovedSegment> removed) {

  public Results {
    speechRegions = List.copyOf(speechRegions);
    removed = List.copyOf(removed);
  }
}
