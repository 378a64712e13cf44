package io.maie.edge.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.maie.edge.audio.ChannelLevels;
import io.maie.edge.audio.HeardSound;
import io.maie.edge.audio.LevelCurve;
import io.maie.edge.audio.SampleSpan;
import io.maie.edge.audio.SeparateChannel;
import io.maie.edge.audio.SoundLevel;
import io.maie.edge.audio.SpeechRegion;
import io.maie.edge.audio.decode.DecodedAudio;
import io.maie.edge.audio.decode.SoundSelection;
import io.maie.edge.progress.Cancellation;
import io.maie.edge.progress.Checkpoint;
import io.maie.edge.progress.Progress;
import io.maie.edge.progress.Stage;
import io.maie.edge.progress.StageContext;
import io.maie.edge.request.RecordingParameters;
import io.maie.edge.testing.ManualTicker;
import io.maie.edge.testing.ScriptedEngines;
import io.maie.edge.transcript.Segment;
import io.maie.edge.transcript.SpeakerLabel;
import io.maie.edge.transcript.Transcript;
import io.maie.edge.transcript.Turn;
import io.maie.edge.transcript.Word;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Channels that were decoded apart are recognised apart, and come out as one result. */
final class SeparateHearingTest {
  private static final SoundLevel LEVEL = new SoundLevel(-23, LevelCurve.UNCHANGED, 0);

  @TempDir private Path folder;
  private final List<String> kept = new ArrayList<>();
  private final ScriptedEngines scripted =
      new ScriptedEngines()
          .on(Stage.ASR, context -> context.checkpoint().save("window", new byte[1]));

  @Test
  void eachSegmentSaysInWhichChannelItWasHeard() throws Exception {
    PipelineResult result = run();

    assertThat(result.transcript().segments()).extracting(Segment::channel).containsExactly(1, 2);
    assertThat(result.transcript().text()).isEqualTo("heard 3 samples heard 3 samples");
    assertThat(result.regions()).containsExactly(new SpeechRegion(new SampleSpan(1, 4)));
  }

  @Test
  void eachChannelKeepsCheckpointsOfItsOwn() throws Exception {
    run();

    assertThat(kept).containsExactly("channel-1-window", "channel-2-window");
  }

  @Test
  void theSamplesOfTheChannelsAreDeletedInTheEnd() throws Exception {
    run();

    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void wordsBelongToWhoSpeaksInTheirChannelThoughAnotherIsLouder() {
    Transcript transcript =
        Transcript.of(List.of(segment(0, 10_000, "you", 2), segment(1_000, 9_000, "me", 1)));
    Diarized diarized =
        new Diarized(
            List.of(
                new Turn(new SampleSpan(0, 10_000), 1), new Turn(new SampleSpan(2_000, 3_000), 2)),
            Map.of(),
            Map.of(1, 2, 2, 1),
            List.of());

    Transcript attributed = SeparateTranscripts.attribute(transcript, diarized);

    assertThat(attributed.segments())
        .extracting(Segment::speaker)
        .containsExactly(new SpeakerLabel("S1", true), new SpeakerLabel("S2", true));
    assertThat(attributed.segments()).extracting(Segment::channel).containsExactly(2, 1);
  }

  private static Segment segment(long start, long end, String text, int channel) {
    SampleSpan span = new SampleSpan(start, end);
    return new Segment(span, text, 0.9, List.of(new Word(span, text, 0.9))).inChannel(channel);
  }

  private PipelineResult run() throws Exception {
    Engines engines = scripted.engines();
    Engines apart =
        new Engines(
            this::decode,
            engines.detectors(),
            engines.recognizers(),
            engines.diarizers(),
            engines.voices(),
            engines.filter(),
            engines.summaries());
    return new Pipeline(apart, ScriptedEngines.RULES, new ManualTicker())
        .run(
            folder.resolve("call.wav"),
            folder,
            RecordingParameters.DEFAULTS,
            stage -> new StageContext(Progress.disabled(), Cancellation.disabled(), checkpoint()));
  }

  private Checkpoint checkpoint() {
    return new Checkpoint() {
      @Override
      public Optional<byte[]> load(String name) {
        return Optional.empty();
      }

      @Override
      public void save(String name, byte[] value) {
        kept.add(name);
      }
    };
  }

  private DecodedAudio decode(Path recording, Path pcm, SoundSelection wanted, StageContext context)
      throws IOException {
    byte[] samples = {0, 0, 1, 1, 2, 2, 3, 3};
    Files.write(pcm, samples);
    List<Path> separate =
        List.of(
            Files.write(folder.resolve("one"), samples),
            Files.write(folder.resolve("two"), samples));
    HeardSound heard =
        new HeardSound(
            4,
            4,
            0,
            List.of(),
            List.of(),
            LEVEL,
            List.of(new SeparateChannel(1, LEVEL), new SeparateChannel(2, LEVEL)),
            "asked for");
    return new DecodedAudio(
        pcm,
        separate,
        4,
        "0".repeat(64),
        8,
        "wav/pcm_s16le",
        16_000,
        2,
        OptionalDouble.empty(),
        true,
        heard,
        ChannelLevels.NONE,
        "scripted",
        List.of());
  }
}
