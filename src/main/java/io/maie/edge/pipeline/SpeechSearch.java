package io.maie.edge.pipeline;

import io.maie.edge.audio.SampleSource;
import io.maie.edge.audio.SoundLevel;
import io.maie.edge.audio.SpeechRegion;
import io.maie.edge.failure.ProcessingException;
import io.maie.edge.progress.Progress;
import io.maie.edge.progress.StageContext;
import io.maie.edge.progress.TaskStoppedException;
import io.maie.edge.vad.OnsetHearing;
import io.maie.edge.vad.SpeechRegionRules;
import io.maie.edge.vad.VoiceActivityDetector;
import java.io.IOException;
import java.util.List;

/**
 * Finds the speech of a recording. A gain helps a detector with a faint voice, but hinders it where
 * it raises the noise of a room beside a far voice; so what was raised is listened to again as it
 * was recorded if nothing was found in it.
 */
final class SpeechSearch {
  private final VoiceActivityDetector detector;
  private final SpeechRegionRules rules;
  private final StageContext context;

  SpeechSearch(VoiceActivityDetector detector, SpeechRegionRules rules, StageContext context) {
    this.detector = detector;
    this.rules = rules;
    this.context = context;
  }

  /**
   * The speech in {@code samples}.
   *
   * @param level of the recording, with the curve by which {@code samples} were raised
   */
  List<SpeechRegion> find(SampleSource samples, SoundLevel level)
      throws ProcessingException, TaskStoppedException, IOException {
    List<SpeechRegion> found = detector.detect(samples, rules, context);
    // the stage is at its end already as far as the first look reported
    StageContext silent =
        new StageContext(Progress.disabled(), context.cancellation(), context.checkpoint());
    OnsetHearing onsets = new OnsetHearing(detector, rules, silent);
    if (!found.isEmpty() || level.gainDecibels() <= 0) {
      return onsets.refine(samples, found);
    }
    SampleSource recorded = samples.before(level.curve());
    return onsets.refine(recorded, detector.detect(recorded, rules, silent));
  }
}
