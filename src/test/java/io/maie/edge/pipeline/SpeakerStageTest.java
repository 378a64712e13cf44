package io.maie.edge.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.maie.edge.audio.ChannelLevels;
import io.maie.edge.audio.SampleSource;
import io.maie.edge.audio.SampleSpan;
import io.maie.edge.audio.SpeechRegion;
import io.maie.edge.audio.Waveform;
import io.maie.edge.failure.FailureCode;
import io.maie.edge.failure.ProcessingException;
import io.maie.edge.progress.Stage;
import io.maie.edge.progress.StageContext;
import io.maie.edge.request.ParameterReader;
import io.maie.edge.request.RecordingParameters;
import io.maie.edge.request.ValidatedParameters;
import io.maie.edge.result.Warning;
import io.maie.edge.result.WarningCode;
import io.maie.edge.testing.ManualTicker;
import io.maie.edge.testing.ScriptedEngines;
import io.maie.edge.transcript.Turn;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** By what speakers are told apart. The diarizer hears one voice unless it is told a number. */
final class SpeakerStageTest {
  private static final int SECONDS = 40;

  private final ScriptedEngines engines = new ScriptedEngines();
  private final List<Warning> warnings = new ArrayList<>();

  @Test
  void channelsOfDifferentPeopleAreTheSpeakers() throws Exception {
    Diarized found = run(call(), Map.of());

    assertThat(found.channels()).isEqualTo(Map.of(1, 1, 2, 2));
    assertThat(found.models()).hasSize(2);
    assertThat(warnings).isEmpty();
  }

  @Test
  void acousticSpeakersAreUsedOnRequest() throws Exception {
    Diarized found = run(call(), Map.of("speaker_source", "acoustic"));

    assertThat(found.channels()).isEmpty();
    assertThat(found.turns()).hasSize(1);
  }

  @Test
  void aGivenCountOfOneMakesOneSpeaker() throws Exception {
    assertThat(run(call(), Map.of("num_speakers", 1)).turns()).hasSize(1);
  }

  @Test
  void channelsThatAreAskedForNeedNoModels() throws Exception {
    engines.on(Stage.DIARIZATION, context -> fail());

    Diarized found = run(call(), Map.of("speaker_source", "channels"));

    assertThat(found.channels()).hasSize(2);
    assertThat(found.models()).isEmpty();
  }

  @Test
  void speakersOfOneChannelAreToldApartByVoicesWithAWarning() throws Exception {
    Diarized found = run(ChannelLevels.NONE, Map.of("speaker_source", "channels"));

    assertThat(found.turns()).hasSize(1);
    assertThat(warnings)
        .extracting(Warning::code)
        .containsExactly(WarningCode.CHANNELS_NOT_SPEAKERS);
  }

  @Test
  void withoutVoicesTheChannelsStillHold() throws Exception {
    engines.on(Stage.DIARIZATION, context -> fail());

    assertThat(run(call(), Map.of()).channels()).hasSize(2);
    assertThat(warnings).extracting(Warning::code).containsExactly(WarningCode.DIARIZATION_FAILED);
  }

  private Diarized run(ChannelLevels levels, Map<String, Object> values) throws Exception {
    RecordingParameters parameters =
        ValidatedParameters.merge(
                RecordingParameters.DEFAULTS,
                List.of(ParameterReader.check("test", values, key -> key)))
            .orThrow();
    StageClock clock = new StageClock(stage -> StageContext.disabled(), new ManualTicker());
    SampleSource samples = SampleSource.of(Waveform.of(new float[SECONDS * 16_000]));
    SpeechRegion all = new SpeechRegion(new SampleSpan(0, samples.length()));
    Diarized found =
        new SpeakerStage(engines.engines(), parameters, clock, warnings)
            .run(new DecodedSounds.Recorded(samples, levels), List.of(all));
    assertThat(found.turns()).isSortedAccordingTo((a, b) -> a.span().compareTo(b.span()));
    assertThat(found.turns()).extracting(Turn::speaker).contains(1);
    return found;
  }

  /** Two people who take turns of 10 s, each in his channel. */
  private static ChannelLevels call() {
    byte[] left = new byte[10 * SECONDS];
    byte[] right = new byte[10 * SECONDS];
    for (int i = 0; i < left.length; i++) {
      boolean isLeft = i / 100 % 2 == 0;
      left[i] = (byte) (isLeft ? -20 : -60);
      right[i] = (byte) (isLeft ? -55 : -25);
    }
    return new ChannelLevels(List.of(1, 2), Arrays.asList(left, right));
  }

  private static void fail() throws ProcessingException {
    throw new ProcessingException(FailureCode.MODEL_MISSING, "scripted failure");
  }
}
