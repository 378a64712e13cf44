package io.maie.edge.pipeline;

import io.maie.edge.audio.ChannelLevels;
import io.maie.edge.audio.SpeechRegion;
import io.maie.edge.diarization.ChannelSpeakers;
import io.maie.edge.diarization.Diarization;
import io.maie.edge.diarization.Diarizer;
import io.maie.edge.diarization.SpeakerCount;
import io.maie.edge.diarization.VoiceMatch;
import io.maie.edge.failure.ProcessingException;
import io.maie.edge.progress.Stage;
import io.maie.edge.progress.TaskStoppedException;
import io.maie.edge.request.RecordingParameters;
import io.maie.edge.request.SpeakerSource;
import io.maie.edge.result.ModelIdentity;
import io.maie.edge.result.Warning;
import io.maie.edge.result.WarningCode;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** The stage that finds out who speaks when, and whose voices are known. */
record SpeakerStage(
    Engines engines, RecordingParameters parameters, StageClock clock, List<Warning> warnings) {

  /** Voices that were told apart, and the models that did it. */
  private record Voices(Diarization found, List<ModelIdentity> models) {}

  /** A way to tell voices apart, which takes long. */
  @FunctionalInterface
  private interface Listening {
    Voices listen() throws ProcessingException, TaskStoppedException, IOException;
  }

  /** Runs the stage. */
  Diarized run(DecodedSounds.Recorded sound, List<SpeechRegion> regions)
      throws ProcessingException, TaskStoppedException, IOException {
    return clock.time(
        Stage.DIARIZATION,
        context -> {
          ChannelSpeakers channels = new ChannelSpeakers(sound.levels(), regions);
          Listening listening =
              () -> {
                Diarizer diarizer = engines.diarizers().choose();
                Diarization found =
                    diarizer.diarize(sound.samples(), regions, speakerCount(), context);
                return new Voices(found, diarizer.models());
              };
          return switch (source(sound.levels(), channels)) {
            case CHANNELS -> named(channels.alone(), List.of());
            case ACOUSTIC -> byVoice(listening.listen());
            case AUTO -> mixed(channels, listening);
          };
        });
  }

  /** {@code AUTO} stands for channels that may hold several people each. */
  private SpeakerSource source(ChannelLevels levels, ChannelSpeakers channels) {
    boolean areAsked = parameters.effectiveSpeakerSource() == SpeakerSource.CHANNELS;
    if (areAsked && levels.channels() < 2) {
      warn(
          WarningCode.CHANNELS_NOT_SPEAKERS,
          "Only one channel has sound; the speakers are told apart by their voices");
      return SpeakerSource.ACOUSTIC;
    }
    boolean areSpeakers =
        parameters.effectiveSpeakerSource() == SpeakerSource.AUTO
            && channels.areDifferentPeople()
            && channels.count() <= speakerCount().max();
    if (areSpeakers) {
      return channels.count() < speakerCount().max() ? SpeakerSource.AUTO : SpeakerSource.CHANNELS;
    }
    return areAsked ? SpeakerSource.CHANNELS : SpeakerSource.ACOUSTIC;
  }

  private Diarized byVoice(Voices voices) throws IOException {
    warnOfManySpeakers(voices.found().voices().size());
    return named(new ChannelSpeakers.Found(voices.found(), Map.of()), voices.models());
  }

  /** Voices only add to the channels, which suffice without them. */
  private Diarized mixed(ChannelSpeakers channels, Listening listening)
      throws TaskStoppedException, IOException {
    try {
      Voices voices = listening.listen();
      return named(channels.with(voices.found()), voices.models());
    } catch (ProcessingException e) {
      warn(
          WarningCode.DIARIZATION_FAILED,
          "The channels count as speakers; their voices were not compared: " + e.getMessage());
      return named(channels.alone(), List.of());
    }
  }

  private Diarized named(ChannelSpeakers.Found found, List<ModelIdentity> models)
      throws IOException {
    Map<String, String> names =
        models.isEmpty()
            ? Map.of()
            : VoiceMatch.names(
                found.diarization(), engines.voices().list(), models.get(1).checkpointHash());
    return new Diarized(found.diarization().turns(), names, found.channels(), models);
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
