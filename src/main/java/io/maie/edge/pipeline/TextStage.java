package io.maie.edge.pipeline;

import io.maie.edge.failure.ProcessingException;
import io.maie.edge.progress.Stage;
import io.maie.edge.progress.TaskStoppedException;
import io.maie.edge.request.Feature;
import io.maie.edge.request.RecordingParameters;
import io.maie.edge.result.CleanedText;
import io.maie.edge.result.Warning;
import io.maie.edge.result.WarningCode;
import io.maie.edge.text.clean.TranscriptCleaner;
import io.maie.edge.transcript.Transcript;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The stage that makes a text for readers of a transcript. */
record TextStage(RecordingParameters parameters, StageClock clock, List<Warning> warnings) {

  /**
   * Rules over whatever a recogniser may write: an error in them costs a warning, because the
   * transcript is worth more.
   *
   * @return null if nobody asked for it, or it failed
   */
  @Nullable CleanedText clean(Transcript transcript)
      throws ProcessingException, TaskStoppedException, IOException {
    if (!parameters.features().contains(Feature.CLEAN_TRANSCRIPT)) {
      return null;
    }
    try {
      return clock.time(
          Stage.TEXT,
          context -> {
            List<String> names = new ArrayList<>(parameters.vocabulary());
            names.addAll(parameters.speakerNames().values());
            return new TranscriptCleaner(parameters.cleaning(), names).clean(transcript);
          });
    } catch (RuntimeException e) {
      warnings.add(
          new Warning(
              WarningCode.TEXT_FAILED,
              Stage.TEXT.label(),
              "The clean transcript could not be made: " + e));
      return null;
    }
  }
}
