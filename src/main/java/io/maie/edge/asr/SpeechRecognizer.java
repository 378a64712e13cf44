package io.maie.edge.asr;

import io.maie.edge.audio.SampleSource;
import io.maie.edge.audio.SpeechRegions;
import io.maie.edge.failure.ProcessingException;
import io.maie.edge.progress.StageContext;
import io.maie.edge.progress.TaskStoppedException;
import io.maie.edge.result.ModelIdentity;
import java.io.IOException;

/** Turns speech into timed text. Used by one thread at a time. */
public interface SpeechRecognizer {

  /**
   * Recognises the speech in {@code regions} of {@code audio}. Times in the transcript are those of
   * {@code audio}. No regions give an empty transcript.
   */
  Recognition recognize(
      SampleSource audio, SpeechRegions regions, RecognitionOptions options, StageContext context)
      throws ProcessingException, TaskStoppedException, IOException;

  ModelIdentity model();
}
