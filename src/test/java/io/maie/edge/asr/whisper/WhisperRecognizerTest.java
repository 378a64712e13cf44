package io.maie.edge.asr.whisper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.maie.edge.asr.Recognition;
import io.maie.edge.asr.RecognitionOptions;
import io.maie.edge.asr.SpeechOrder;
import io.maie.edge.asr.WindowRules;
import io.maie.edge.audio.SampleSource;
import io.maie.edge.audio.SampleSpan;
import io.maie.edge.audio.SpeechRegion;
import io.maie.edge.audio.SpeechRegions;
import io.maie.edge.audio.Waveform;
import io.maie.edge.failure.FailureCode;
import io.maie.edge.failure.ProcessingException;
import io.maie.edge.onnx.OnnxOptions;
import io.maie.edge.onnx.OnnxRuntime;
import io.maie.edge.progress.Cancellation;
import io.maie.edge.progress.Checkpoint;
import io.maie.edge.progress.Progress;
import io.maie.edge.progress.StageContext;
import io.maie.edge.progress.TaskStoppedException;
import io.maie.edge.result.WarningCode;
import io.maie.edge.testing.ScriptedCheckpoint;
import io.maie.edge.time.Ticker;
import io.maie.edge.transcript.Segment;
import io.maie.edge.transcript.Word;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whole recordings with small random models: the words are noise, and the tests look at the
 * structure around them.
 */
final class WhisperRecognizerTest {
  private static final WhisperOptions GREEDY =
      new WhisperOptions(1, 2, List.of(0.0, 0.4), 2.4, -3, 0.6, false, true, 2);

  private static final long LENGTH = 20 * Waveform.SAMPLE_RATE;

  @TempDir Path scratch;

  private final OnnxRuntime runtime = new OnnxRuntime(OnnxOptions.DEFAULTS, Ticker.system());

  @AfterEach
  void close() {
    runtime.close();
  }

  @Test
  void theSameRecordingGivesTheSameTranscript() throws Exception {
    Recognition first = recognize(open("distil", GREEDY), regions(), RecognitionOptions.DEFAULTS);
    Recognition second = recognize(open("distil", GREEDY), regions(), RecognitionOptions.DEFAULTS);
    assertThat(first.transcript().segments()).isNotEmpty();
    assertThat(second.transcript().segments()).isEqualTo(first.transcript().segments());
    assertThat(second.transcript().language()).isEqualTo(first.transcript().language()).isPresent();
  }

  @Test
  void segmentsLieInTheRegionsAndFollowEachOther() throws Exception {
    List<Segment> segments =
        recognize(open("distil", GREEDY), regions(), RecognitionOptions.DEFAULTS)
            .transcript()
            .segments();
    assertThat(segments).hasSizeGreaterThan(2);
    for (Segment segment : segments) {
      assertThat(regions().list())
          .anyMatch(
              region ->
                  region.span().start() - Waveform.SAMPLE_RATE / 2 <= segment.span().start()
                      && segment.span().start() < region.span().end() + Waveform.SAMPLE_RATE / 2);
      assertThat(segment.scores()).isNotNull();
      assertThat(segment.words()).isNotEmpty().noneMatch(Word::estimated);
    }
    assertThat(segments).extracting(segment -> segment.span().start()).isSorted();
  }

  @Test
  void noSegmentReachesOverAPauseThatWasCutOut() throws Exception {
    // two of these fit into a window of four seconds
    List<SpeechRegion> speech = new ArrayList<>();
    for (long start = 8_000; start + 20_000 < LENGTH; start += 40_000) {
      speech.add(new SpeechRegion(new SampleSpan(start, start + 20_000)));
    }
    List<Segment> segments =
        recognize(open("distil", GREEDY), SpeechRegions.found(speech), RecognitionOptions.DEFAULTS)
            .transcript()
            .segments();
    long kept = WindowRules.USUAL_PAUSE_SAMPLES / 2;
    assertThat(segments)
        .hasSizeGreaterThan(2)
        .allMatch(
            segment ->
                speech.stream()
                    .anyMatch(
                        region ->
                            region.span().start() - kept <= segment.span().start()
                                && segment.span().end() <= region.span().end() + kept));
    assertThat(segments)
        .allSatisfy(
            segment ->
                assertThat(segment.words())
                    .allMatch(
                        word ->
                            segment.span().start() <= word.span().start()
                                && word.span().end() <= segment.span().end()));
  }

  @Test
  void aRecordingWithoutRegionsIsReadFromTimestampToTimestamp() throws Exception {
    List<Segment> segments =
        recognize(
                open("distil", GREEDY),
                SpeechRegions.unsearched(audio()),
                RecognitionOptions.DEFAULTS)
            .transcript()
            .segments();
    assertThat(segments).hasSizeGreaterThan(3);
    assertThat(segments).extracting(segment -> segment.span().start()).isSorted();
    assertThat(segments.get(segments.size() - 1).span().end()).isLessThanOrEqualTo(LENGTH);
  }

  @Test
  void aRestartContinuesFromItsCheckpointWithTheSameText() throws Exception {
    Memory memory = new Memory();
    Recognition uninterrupted =
        recognize(open("distil", GREEDY), regions(), RecognitionOptions.DEFAULTS);
    for (int stopAfter = 1; stopAfter < 4; stopAfter++) {
      memory.rounds.clear();
      interrupt(memory, stopAfter);
      assertThat(memory.rounds).hasSize(stopAfter);
      int before = memory.loads;
      Recognition continued =
          open("distil", GREEDY)
              .recognize(
                  new SpeechOrder(
                      audio(),
                      regions(),
                      RecognitionOptions.DEFAULTS,
                      new StageContext(Progress.disabled(), Cancellation.disabled(), memory)));
      assertThat(memory.loads - before).isGreaterThanOrEqualTo(stopAfter);
      assertThat(continued.transcript().segments())
          .isEqualTo(uninterrupted.transcript().segments());
    }
  }

  @Test
  void afterACrashWindowsAreHeardOneByOneAndTheSecondCrashLeavesOneOut() throws Exception {
    ScriptedCheckpoint together = new ScriptedCheckpoint();
    Recognition all =
        open("distil", GREEDY)
            .recognize(
                new SpeechOrder(
                    audio(), regions(), RecognitionOptions.DEFAULTS, together.context()));
    assertThat(together.begun().get(0)).startsWith("windows within ");

    ScriptedCheckpoint once = new ScriptedCheckpoint().crashedIn(together.begun().get(0));
    Recognition careful =
        open("distil", GREEDY)
            .recognize(
                new SpeechOrder(audio(), regions(), RecognitionOptions.DEFAULTS, once.context()));
    assertThat(careful.transcript().segments()).isEqualTo(all.transcript().segments());
    assertThat(once.begun()).noneMatch(step -> step.startsWith("windows"));

    String fatal = once.begun().get(1);
    ScriptedCheckpoint twice = new ScriptedCheckpoint().crashedIn(fatal).crashedIn(fatal);
    Recognition rest =
        open("distil", GREEDY)
            .recognize(
                new SpeechOrder(audio(), regions(), RecognitionOptions.DEFAULTS, twice.context()));
    assertThat(twice.begun()).doesNotContain(fatal);
    assertThat(rest.skipped()).hasSize(1);
    SampleSpan skipped = rest.skipped().get(0);
    assertThat(rest.transcript().segments())
        .isNotEmpty()
        .noneMatch(
            segment ->
                segment.span().start() >= skipped.start() && segment.span().end() <= skipped.end());
  }

  @Test
  void checkpointsOfOtherSettingsAreIgnored() throws Exception {
    Memory memory = new Memory();
    interrupt(memory, 2);
    WhisperOptions other = new WhisperOptions(3, 2, List.of(0.0), 2.4, -3, 0.6, false, true, 2);
    Recognition continued =
        open("distil", other)
            .recognize(
                new SpeechOrder(
                    audio(),
                    regions(),
                    RecognitionOptions.DEFAULTS,
                    new StageContext(Progress.disabled(), Cancellation.disabled(), memory)));
    assertThat(continued.transcript().segments())
        .isEqualTo(
            recognize(open("distil", other), regions(), RecognitionOptions.DEFAULTS)
                .transcript()
                .segments());
  }

  @Test
  void theLanguageAskedForIsUsedAndOneThatIsNotKnownFails() throws Exception {
    RecognitionOptions german = new RecognitionOptions("de-AT", false, null, List.of());
    Recognition asked = recognize(open("distil", GREEDY), regions(), german);
    assertThat(asked.transcript().language().orElseThrow().code()).isEqualTo("de");
    assertThat(asked.transcript().language().orElseThrow().probability()).isEqualTo(1);
    RecognitionOptions unknown = new RecognitionOptions("tlh", false, null, List.of());
    assertThatThrownBy(() -> recognize(open("distil", GREEDY), regions(), unknown))
        .isInstanceOfSatisfying(
            ProcessingException.class,
            e -> assertThat(e.code()).isEqualTo(FailureCode.LANGUAGE_UNSUPPORTED))
        .hasMessageContaining("'tlh'");
  }

  @Test
  void anEnglishModelSaysThatItCannotTranslate() throws Exception {
    RecognitionOptions translate = new RecognitionOptions(null, true, null, List.of());
    Recognition recognition = recognize(open("english", GREEDY), regions(), translate);
    assertThat(recognition.warnings())
        .extracting(warning -> warning.code())
        .contains(WarningCode.FEATURE_UNAVAILABLE);
    assertThat(recognition.transcript().language().orElseThrow().code()).isEqualTo("en");
  }

  @Test
  void promptAndVocabularyChangeTheText() throws Exception {
    List<Segment> plain =
        recognize(open("distil", GREEDY), regions(), RecognitionOptions.DEFAULTS)
            .transcript()
            .segments();
    RecognitionOptions prompted =
        new RecognitionOptions(null, false, "The prisoner said", List.of());
    RecognitionOptions hinted = new RecognitionOptions(null, false, null, List.of("Newgate"));
    assertThat(recognize(open("distil", GREEDY), regions(), prompted).transcript().segments())
        .isNotEqualTo(plain);
    assertThat(recognize(open("distil", GREEDY), regions(), hinted).transcript().segments())
        .isNotEqualTo(plain);
  }

  @Test
  void aVocabularyOfThousandsOfWordsIsAccepted() throws Exception {
    List<String> words = Collections.nCopies(2_000, "Llanfairpwllgwyngyllgogerychwyrndrobwll");
    RecognitionOptions hinted = new RecognitionOptions(null, false, null, words);
    assertThat(recognize(open("distil", GREEDY), regions(), hinted).transcript().segments())
        .isNotEmpty();
  }

  /** The stall limit ends a stage without signs of life. */
  @Test
  void everyTokenIsASignOfLife() throws Exception {
    Memory memory = new Memory();
    List<Double> signs = new ArrayList<>();
    Recognition recognition =
        open("distil", GREEDY)
            .recognize(
                new SpeechOrder(
                    audio(),
                    regions(),
                    RecognitionOptions.DEFAULTS,
                    new StageContext(signs::add, Cancellation.disabled(), memory)));
    assertThat(recognition.transcript().segments()).isNotEmpty();
    assertThat(signs).isSorted().hasSizeGreaterThan(10 * memory.rounds.size());
  }

  @Test
  void aRecordingWithoutSpeechHasAnEmptyTranscript() throws Exception {
    Recognition recognition =
        recognize(
            open("distil", GREEDY), SpeechRegions.found(List.of()), RecognitionOptions.DEFAULTS);
    assertThat(recognition.transcript().segments()).isEmpty();
  }

  @Test
  void aMissingVocabularyIsAFaultOfTheModel() throws Exception {
    GoldenWhisper golden = GoldenWhisper.open("distil", "", true, scratch);
    WhisperRecognizer recognizer = WhisperRecognizer.open(golden.model, GREEDY, runtime);
    Files.delete(golden.file("tokenizer.json"));
    assertThatThrownBy(() -> recognize(recognizer, regions(), RecognitionOptions.DEFAULTS))
        .isInstanceOfSatisfying(
            ProcessingException.class,
            e -> assertThat(e.code()).isEqualTo(FailureCode.MODEL_LOAD_ERROR));
  }

  private WhisperRecognizer open(String name, WhisperOptions options) throws Exception {
    return WhisperRecognizer.open(GoldenWhisper.open(name).model, options, runtime);
  }

  private Recognition recognize(
      WhisperRecognizer recognizer, SpeechRegions regions, RecognitionOptions options)
      throws Exception {
    return recognizer.recognize(
        new SpeechOrder(audio(), regions, options, StageContext.disabled()));
  }

  private void interrupt(Memory memory, int rounds) throws Exception {
    Cancellation afterRounds =
        () -> {
          if (memory.rounds.size() >= rounds) {
            throw new TaskStoppedException(TaskStoppedException.Reason.SHUTDOWN, "stop");
          }
        };
    try {
      open("distil", GREEDY)
          .recognize(
              new SpeechOrder(
                  audio(),
                  regions(),
                  RecognitionOptions.DEFAULTS,
                  new StageContext(Progress.disabled(), afterRounds, memory)));
      throw new AssertionError("expected it to stop");
    } catch (TaskStoppedException e) {
      assertThat(memory.rounds).hasSize(rounds);
    }
  }

  private static SampleSource audio() throws Exception {
    float[] sound = GoldenWhisper.sound(1);
    float[] samples = new float[(int) LENGTH];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = sound[i % sound.length] * (0.3f + 0.7f * i / samples.length);
    }
    return SampleSource.of(Waveform.of(samples));
  }

  private static SpeechRegions regions() {
    List<SpeechRegion> regions = new ArrayList<>();
    for (long start = 8_000; start + 50_000 < LENGTH; start += 64_000) {
      regions.add(new SpeechRegion(new SampleSpan(start, start + 30_000 + start / 20)));
    }
    return SpeechRegions.found(regions);
  }

  /** A checkpoint in memory. */
  private static final class Memory implements Checkpoint {
    final Map<String, byte[]> rounds = new HashMap<>();
    int loads;

    @Override
    public Optional<byte[]> load(String name) {
      loads++;
      return Optional.ofNullable(rounds.get(name));
    }

    @Override
    public void save(String name, byte[] value) {
      rounds.put(name, value);
    }
  }
}
