package io.maie.edge.pipeline;

import io.maie.edge.audio.SoundLevel;
import io.maie.edge.audio.SpeechRegion;
import io.maie.edge.progress.Stage;
import io.maie.edge.result.Warning;
import io.maie.edge.result.WarningCode;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Says why no speech was found in a recording, so that an empty transcript explains itself. */
final class SpeechlessRecording {
  /** Speech below is lost in the noise of most microphones, in LUFS. */
  private static final double TOO_QUIET = -55;

  private SpeechlessRecording() {}

  /** The warning that belongs to a recording without speech; none if there is some. */
  static Optional<Warning> explain(List<SpeechRegion> regions, SoundLevel level) {
    return regions.isEmpty()
        ? Optional.of(new Warning(WarningCode.NO_SPEECH, Stage.VAD.label(), reason(level)))
        : Optional.empty();
  }

  private static String reason(SoundLevel level) {
    if (!level.isAudible()) {
      return "The recording is silent. Check that the recorder listened to the right microphone";
    }
    if (level.loudness() < TOO_QUIET) {
      return String.format(
          Locale.ROOT,
          "No speech was found; the recording may be too quiet to hear it (%.0f LUFS). Raise the"
              + " level of the recorder, or bring the microphone closer",
          level.loudness());
    }
    return String.format(
        Locale.ROOT,
        "No speech was found in sound of usual level (%.0f LUFS). If somebody speaks in it, lower"
            + " vad_threshold, or recognise all of it with enable_vad: false",
        level.loudness());
  }
}
