package io.maie.edge.diarization.pieces;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.maie.edge.audio.SampleSource;
import io.maie.edge.audio.SampleSpan;
import io.maie.edge.audio.SpeechRegion;
import io.maie.edge.audio.Waveform;
import io.maie.edge.diarization.Diarization;
import io.maie.edge.diarization.SpeakerCount;
import io.maie.edge.diarization.VoiceMatch;
import io.maie.edge.diarization.Voiceprint;
import io.maie.edge.progress.Checkpoint;
import io.maie.edge.progress.StageContext;
import io.maie.edge.progress.TaskStoppedException;
import io.maie.edge.testing.RecordedSamples;
import io.maie.edge.testing.SharedMaterial;
import io.maie.edge.transcript.Turn;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PieceDiarizerTest {
  private final ShippedDiarizer shipped = new ShippedDiarizer(2);

  @TempDir Path folder;

  @AfterEach
  void close() {
    shipped.close();
  }

  @Test
  void silenceHasNoTurnsAndNeitherHasAClick() throws Exception {
    assertThat(shipped.diarize(source(new float[80_000])).turns()).isEmpty();
    assertThat(shipped.diarize(source(new float[800])).turns()).isEmpty();
    assertThat(shipped.diarize(source(new float[0])).turns()).isEmpty();
  }

  @Test
  void anyLengthAroundTheWindowIsDiarized() throws Exception {
    float[] speech = samples("speech", "diar-0002.flac");
    for (int length : new int[] {80_000, 159_999, 160_000, 160_001, 160_271}) {
      List<Turn> turns = shipped.diarize(source(Arrays.copyOf(speech, length))).turns();

      assertThat(turns).as("%s samples", length).isNotEmpty();
      assertThat(turns)
          .allSatisfy(turn -> assertThat(turn.span().end()).isLessThanOrEqualTo(length));
    }
  }

  @Test
  void everySpeakerHasAVoiceInTheOrderOfHisNumber() throws Exception {
    Diarization found = shipped.diarize(source(samples("speech", "diar-0002.flac")));

    assertThat(found.voices())
        .extracting(Diarization.Voice::speaker)
        .containsExactlyElementsOf(found.turns().stream().map(Turn::speaker).distinct().toList());
  }

  @Test
  void theSameRecordingTwiceInARowHasNoMoreSpeakers() throws Exception {
    float[] once = samples("speech", "diar-0002.flac");
    float[] twice = Arrays.copyOf(once, 2 * once.length);
    System.arraycopy(once, 0, twice, once.length, once.length);

    assertThat(shipped.diarize(source(twice)).voices())
        .hasSameSizeAs(shipped.diarize(source(once)).voices());
  }

  @Test
  void aMinuteOfOneVoiceGivesOneSpeaker() throws Exception {
    float[] minute = Arrays.copyOf(samples("speech", "en-long-0001.flac"), 60 * 16_000);

    assertThat(shipped.diarize(source(minute)).voices()).hasSize(1);
  }

  @Test
  void aStoredVoiceIsFoundAgainInAnotherRecordingOfThePerson() throws Exception {
    float[] all = samples("speech", "en-long-0001.flac");
    int half = all.length / 2;
    SampleSource first = source(Arrays.copyOf(all, half));
    SampleSource second = source(Arrays.copyOfRange(all, half, all.length));
    Voiceprint reader =
        shipped.diarizer().voiceprint("reader", List.of(first), StageContext.disabled());

    assertThat(VoiceMatch.names(shipped.diarize(second), List.of(reader), reader.modelHash()))
        .isEqualTo(Map.of("S1", "reader"));
    assertThat(
            VoiceMatch.names(
                shipped.diarize(source(samples("audio/ami", "dev00.flac"))),
                List.of(reader),
                reader.modelHash()))
        .isEmpty();
  }

  @Test
  void aSampleOfTwoVoicesOrOfAFewSecondsIsRefused() throws Exception {
    SampleSource two = source(samples("speech", "diar-0002.flac"));
    SampleSource brief = source(Arrays.copyOf(samples("speech", "en-long-0001.flac"), 5 * 16_000));

    assertThatThrownBy(
            () -> shipped.diarizer().voiceprint("a", List.of(two), StageContext.disabled()))
        .hasMessageContaining("more than one voice");
    assertThatThrownBy(
            () -> shipped.diarizer().voiceprint("a", List.of(brief), StageContext.disabled()))
        .hasMessageContaining("at least 5 s");
  }

  @Test
  void digitalSilenceBetweenTalkHoldsNoTurn() throws Exception {
    float[] talk = samples("speech", "diar-0002.flac");
    float[] spaced = new float[talk.length + 40 * 16_000];
    System.arraycopy(talk, 0, spaced, 0, talk.length);

    List<Turn> turns = shipped.diarize(source(spaced)).turns();

    assertThat(turns).isNotEmpty();
    assertThat(turns)
        .allSatisfy(turn -> assertThat(turn.span().end()).isLessThan(talk.length + 16_000L));
  }

  @Test
  void longStretchesInWhichNobodyIsHeardArePassedOver() throws Exception {
    float[] talk = samples("speech", "diar-0002.flac");
    int pause = 60 * 16_000;
    float[] spaced = new float[2 * talk.length + pause];
    System.arraycopy(talk, 0, spaced, 0, talk.length);
    System.arraycopy(talk, 0, spaced, talk.length + pause, talk.length);
    SampleSource audio = source(spaced);
    List<SpeechRegion> speech =
        List.of(
            new SpeechRegion(new SampleSpan(16_000, talk.length - 8_000)),
            new SpeechRegion(new SampleSpan(talk.length + pause + 16_000, spaced.length - 8_000)));
    WatchedSource watched = new WatchedSource(audio);

    List<Turn> found =
        shipped
            .diarizer()
            .diarize(watched, speech, SpeakerCount.ANY, StageContext.disabled())
            .turns();

    assertThat(found).isEqualTo(shipped.diarize(audio).turns());
    assertThat(watched.readIn(new SampleSpan(talk.length + 170_000, talk.length + pause - 170_000)))
        .isFalse();
  }

  @Test
  void windowsWithoutSpeechAreSkipped() throws Exception {
    WatchedSource audio = new WatchedSource(source(samples("speech", "diar-0002.flac")));

    assertThat(
            shipped
                .diarizer()
                .diarize(audio, List.of(), SpeakerCount.ANY, StageContext.disabled())
                .turns())
        .isEmpty();
    assertThat(audio.spans).isEmpty();
  }

  /** Remembers what was read. */
  private static final class WatchedSource implements SampleSource {
    private final SampleSource audio;
    private final List<SampleSpan> spans = new ArrayList<>();

    WatchedSource(SampleSource audio) {
      this.audio = audio;
    }

    @Override
    public long length() {
      return audio.length();
    }

    @Override
    public Waveform read(SampleSpan span) throws IOException {
      spans.add(span);
      return audio.read(span);
    }

    boolean readIn(SampleSpan part) {
      return spans.stream()
          .anyMatch(span -> span.start() < part.end() && span.end() > part.start());
    }
  }

  @Test
  void aRecordingTwentyDecibelsQuieterHasNearlyTheSameTurns() throws Exception {
    float[] loud = samples("speech", "diar-0002.flac");
    float[] quiet = new float[loud.length];
    for (int i = 0; i < loud.length; i++) {
      quiet[i] = loud[i] * 0.1f;
    }

    List<Turn> expected = shipped.diarize(source(loud)).turns();
    List<Turn> found = shipped.diarize(source(quiet)).turns();

    assertThat(found).hasSameSizeAs(expected);
    for (int i = 0; i < found.size(); i++) {
      assertThat(found.get(i).speaker()).isEqualTo(expected.get(i).speaker());
      assertThat(Math.abs(found.get(i).span().start() - expected.get(i).span().start()))
          .isLessThan(3_200);
    }
  }

  @Test
  void aVoiceBelowTheFloorOfTheModelIsRaised() throws Exception {
    float[] whisper = samples("speech", "diar-0002.flac");
    for (int i = 0; i < whisper.length; i++) {
      whisper[i] *= 0.003f;
    }

    assertThat(shipped.diarize(source(whisper)).turns()).isNotEmpty();
  }

  @Test
  void aGivenCountIsObeyedAsFarAsThereAreVoices() throws Exception {
    SampleSource two = source(samples("audio/ami", "dev00.flac"));

    assertThat(shipped.diarize(two, new SpeakerCount(1, 1)).voices()).hasSize(1);
    assertThat(shipped.diarize(two, new SpeakerCount(2, 2)).voices()).hasSize(2);
    assertThat(shipped.diarize(two, new SpeakerCount(9, 9)).voices()).hasSizeBetween(2, 9);
  }

  @Test
  void oneThreadFindsTheTurnsOfFour() throws Exception {
    SampleSource audio = source(samples("audio/ami", "trn08.flac"));

    try (ShippedDiarizer one = new ShippedDiarizer(1);
        ShippedDiarizer four = new ShippedDiarizer(4)) {
      assertThat(one.diarize(audio).turns()).isEqualTo(four.diarize(audio).turns());
    }
  }

  @Test
  void aRestartContinuesBehindWhatIsKept() throws Exception {
    SampleSource audio = source(samples("audio/ami", "trn08.flac"));
    Map<String, byte[]> kept = new HashMap<>();
    List<Turn> first = diarize(audio, context(kept, new AtomicInteger())).turns();
    assertThat(kept).containsOnlyKeys("classes-0", "voices-0");
    AtomicInteger saved = new AtomicInteger();

    assertThat(diarize(audio, context(kept, saved)).turns()).isEqualTo(first);
    assertThat(saved).hasValue(0);
  }

  @Test
  void damagedOrForeignCheckpointsAreComputedAgain() throws Exception {
    SampleSource audio = source(samples("audio/ami", "trn08.flac"));
    Map<String, byte[]> kept = new HashMap<>();
    diarize(source(samples("speech", "diar-0002.flac")), context(kept, new AtomicInteger()));
    kept.put("voices-0", new byte[] {0, 0, 0});

    assertThat(diarize(audio, context(kept, new AtomicInteger())).turns())
        .isEqualTo(shipped.diarize(audio).turns());
  }

  @Test
  void progressRisesAndAStopIsNoticed() throws Exception {
    SampleSource audio = source(samples("audio/ami", "trn08.flac"));
    List<Double> shares = new ArrayList<>();
    diarize(audio, new StageContext(shares::add, () -> {}, Checkpoint.disabled()));
    assertThat(shares).isSorted().hasSizeGreaterThan(10);

    StageContext stopping =
        new StageContext(
            share -> {},
            () -> {
              throw new TaskStoppedException(TaskStoppedException.Reason.CANCELLED, "stop");
            },
            Checkpoint.disabled());
    assertThatThrownBy(() -> diarize(audio, stopping)).isInstanceOf(TaskStoppedException.class);
  }

  private Diarization diarize(SampleSource audio, StageContext context) throws Exception {
    return shipped.diarizer().diarize(audio, SpeechRegion.whole(audio), SpeakerCount.ANY, context);
  }

  private static StageContext context(Map<String, byte[]> kept, AtomicInteger saved) {
    return new StageContext(
        share -> {},
        () -> {},
        new Checkpoint() {
          @Override
          public Optional<byte[]> load(String name) {
            return Optional.ofNullable(kept.get(name));
          }

          @Override
          public void save(String name, byte[] value) {
            kept.put(name, value);
            saved.incrementAndGet();
          }
        });
  }

  private static SampleSource source(float[] samples) {
    return SampleSource.of(Waveform.of(samples));
  }

  private float[] samples(String first, String name) throws Exception {
    Path recording = SharedMaterial.require(first, name);
    SampleSource audio = RecordedSamples.of(recording, folder.resolve(name + ".pcm"));
    return audio.read(new SampleSpan(0, audio.length())).samples();
  }
}
