package io.maie.edge.pipeline;

import io.maie.edge.audio.SampleSource;
import io.maie.edge.audio.SpeechRegion;
import io.maie.edge.diarization.Diarization;
import io.maie.edge.diarization.Diarizer;
import io.maie.edge.diarization.SpeakerCount;
import io.maie.edge.diarization.VoiceMatch;
import io.maie.edge.failure.ProcessingException;
import io.maie.edge.progress.Stage;
import io.maie.edge.progress.TaskStoppedException;
import io.maie.edge.request.RecordingParameters;
import io.maie.edge.result.ModelIdentity;
import io.maie.edge.result.Warning;
import io.maie.edge.result.WarningCode;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** The stage that finds out who speaks when, and whose voices are known. */
record SpeakerStage(
    Engines engines, RecordingParameters parameters, StageClock clock, List<Warning> warnings) {

  /**
   * Runs the stage.
   *
   * @param samples as loud as they were recorded
   */
  Diarized run(SampleSource samples, List<SpeechRegion> regions)
      throws ProcessingException, TaskStoppedException, IOException {
    return clock.time(
        Stage.DIARIZATION,
        context -> {
          Diarizer diarizer = engines.diarizers().choose();
          Diarization found = diarizer.diarize(samples, regions, speakerCount(), context);
          warnOfManySpeakers(found.voices().size());
          List<ModelIdentity> models = diarizer.models();
          Map<String, String> names =
              VoiceMatch.names(found, engines.voices().list(), models.get(1).checkpointHash());
          return new Diarized(found.turns(), names, models);
        });
  }

  private SpeakerCount speakerCount() {
    return SpeakerCount.of(
        parameters.numSpeakers(), parameters.minSpeakers(), parameters.maxSpeakers());
  }

  private void warnOfManySpeakers(int found) {
    if (found == SpeakerCount.MOST) {
      warn(
          WarningCode.MANY_SPEAKERS,
          "At most " + SpeakerCount.MOST + " speakers are told apart; there may be more");
    }
  }

  /** Adds a warning of this stage. */
  void warn(WarningCode code, String message) {
    warnings.add(new Warning(code, Stage.DIARIZATION.label(), message));
  }
}
