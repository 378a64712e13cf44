package io.maie.edge.vad;

import io.maie.edge.audio.SampleSource;
import io.maie.edge.audio.SpeechRegion;
import io.maie.edge.failure.ProcessingException;
import io.maie.edge.progress.StageContext;
import io.maie.edge.progress.TaskStoppedException;
import io.maie.edge.result.ModelIdentity;
import java.io.IOException;
import java.util.List;

/** Finds speech. Used by one thread at a time. */
public interface VoiceActivityDetector {

  /** Speech in {@code audio}: ascending regions that do not overlap; none in silence. */
  List<SpeechRegion> detect(SampleSource audio, SpeechRegionRules rules, StageContext context)
      throws ProcessingException, TaskStoppedException, IOException;

  ModelIdentity model();
}
