package io.maie.edge.text.correct;

import io.maie.edge.progress.StageContext;
import io.maie.edge.progress.TaskStoppedException;
import io.maie.edge.result.CleanedText;
import io.maie.edge.transcript.Transcript;
import java.util.Collection;

/** Goes over what rules made readable, with a language model. */
public interface TranscriptCorrector {

  /**
   * The transcript after the model went over it; as it was where the model is of no help.
   *
   * @param cleaned of {@code transcript} by rules
   * @param vocabulary names and terms as they are written
   */
  Corrected correct(
      Transcript transcript,
      CleanedText cleaned,
      Collection<String> vocabulary,
      StageContext context)
      throws TaskStoppedException;
}
