package io.maie.edge.asr;

import io.maie.edge.failure.ProcessingException;
import io.maie.edge.progress.TaskStoppedException;
import io.maie.edge.result.ModelIdentity;
import java.io.IOException;

/** Turns speech into timed text. Used by one thread at a time. */
public interface SpeechRecognizer {

  /**
   * Recognises the speech in the regions of a recording. Times in the transcript are those of the
   * recording. No regions give an empty transcript.
   */
  Recognition recognize(SpeechOrder order)
      throws ProcessingException, TaskStoppedException, IOException;

  ModelIdentity model();
}
