package io.maie.edge.asr.ctc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.maie.edge.asr.Recognition;
import io.maie.edge.asr.RecognitionOptions;
import io.maie.edge.asr.SpeechOrder;
import io.maie.edge.audio.SampleSource;
import io.maie.edge.audio.SampleSpan;
import io.maie.edge.audio.SpeechRegion;
import io.maie.edge.audio.SpeechRegions;
import io.maie.edge.audio.Waveform;
import io.maie.edge.failure.FailureCode;
import io.maie.edge.failure.ProcessingException;
import io.maie.edge.onnx.OnnxOptions;
import io.maie.edge.onnx.OnnxRuntime;
import io.maie.edge.progress.Checkpoint;
import io.maie.edge.progress.Progress;
import io.maie.edge.progress.StageContext;
import io.maie.edge.progress.TaskStoppedException;
import io.maie.edge.result.Warning;
import io.maie.edge.result.WarningCode;
import io.maie.edge.testing.ScriptedCheckpoint;
import io.maie.edge.time.Ticker;
import io.maie.edge.transcript.Segment;
import io.maie.edge.transcript.Word;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Everything around the decoder, with a model that hears nonsense in random signals. */
final class CtcRecognizerTest {
  /** 20 regions of a second, five seconds apart: with windows of 2 s every region has its own. */
  private static final int REGIONS = 20;

  @TempDir Path models;

  private final OnnxRuntime runtime = new OnnxRuntime(OnnxOptions.DEFAULTS, Ticker.system());
  private final List<SpeechRegion> regions = new ArrayList<>();
  private SampleSource audio = SampleSource.of(Waveform.of(new float[0]));

  @BeforeEach
  void layOutSpeech() throws IOException {
    float[] signal = CtcTestModel.signal().samples();
    float[] samples = new float[REGIONS * 5 * Waveform.SAMPLE_RATE];
    for (int i = 0; i < REGIONS; i++) {
      int start = i * 5 * Waveform.SAMPLE_RATE;
      System.arraycopy(signal, 100 * i, samples, start, Waveform.SAMPLE_RATE);
      regions.add(new SpeechRegion(new SampleSpan(start, start + Waveform.SAMPLE_RATE)));
    }
    audio = SampleSource.of(Waveform.of(samples));
  }

  @AfterEach
  void close() {
    runtime.close();
  }

  @Test
  void everyWordLiesInARegionAndTheyAreInOrder() throws Exception {
    Recognition recognition = recognize(RecognitionOptions.DEFAULTS, StageContext.disabled());

    List<Word> words = words(recognition);
    assertThat(words).hasSizeGreaterThan(REGIONS);
    assertThat(words).isSortedAccordingTo(java.util.Comparator.comparing(Word::span));
    for (Word word : words) {
      assertThat(regions)
          .anyMatch(
              region ->
                  region.span().start() <= word.span().start()
                      && word.span().end() <= region.span().end());
    }
    for (Segment segment : recognition.transcript().segments()) {
      assertThat(segment.text())
          .isEqualTo(String.join(" ", segment.words().stream().map(Word::text).toList()));
    }
  }

  @Test
  void noSpeechIsAnEmptyTranscript() throws Exception {
    Recognition recognition =
        recognizer()
            .recognize(
                new SpeechOrder(
                    audio,
                    SpeechRegions.found(List.of()),
                    RecognitionOptions.DEFAULTS,
                    StageContext.disabled()));

    assertThat(recognition.transcript().segments()).isEmpty();
  }

  @Test
  void twoRunsGiveEqualResults() throws Exception {
    assertThat(
            recognize(RecognitionOptions.DEFAULTS, StageContext.disabled()).transcript().segments())
        .isEqualTo(
            recognize(RecognitionOptions.DEFAULTS, StageContext.disabled())
                .transcript()
                .segments());
  }

  @Test
  void progressGrowsToOne() throws Exception {
    List<Double> reported = new ArrayList<>();

    recognize(RecognitionOptions.DEFAULTS, context(reported::add, Integer.MAX_VALUE, new Kept()));

    assertThat(reported).hasSize(REGIONS + 1).isSorted().endsWith(1.0);
  }

  @Test
  void aStoppedTaskContinuesBehindItsCheckpoint() throws Exception {
    Kept kept = new Kept();
    List<Segment> expected =
        recognize(RecognitionOptions.DEFAULTS, StageContext.disabled()).transcript().segments();

    assertThatThrownBy(
            () -> recognize(RecognitionOptions.DEFAULTS, context(Progress.disabled(), 14, kept)))
        .isInstanceOf(TaskStoppedException.class);

    assertThat(kept.values).hasSize(3);
    CountingAudio counting = new CountingAudio(audio);
    Recognition second =
        recognizer()
            .recognize(
                new SpeechOrder(
                    counting,
                    SpeechRegions.found(regions),
                    RecognitionOptions.DEFAULTS,
                    context(Progress.disabled(), Integer.MAX_VALUE, kept)));
    assertThat(second.transcript().segments()).isEqualTo(expected);
    assertThat(counting.reads).hasValue(REGIONS - 12);
  }

  @Test
  void aWindowThatCrashedTheProgramTwiceIsLeftOutForGood() throws Exception {
    ScriptedCheckpoint first = new ScriptedCheckpoint();
    recognize(RecognitionOptions.DEFAULTS, first.context());
    String fatal = first.begun().get(5);
    ScriptedCheckpoint crashed = new ScriptedCheckpoint().crashedIn(fatal).crashedIn(fatal);

    Recognition rest = recognize(RecognitionOptions.DEFAULTS, crashed.context());

    assertThat(rest.skipped()).containsExactly(regions.get(5).span());
    assertThat(words(rest))
        .noneMatch(
            word ->
                regions.get(5).span().start() <= word.span().start()
                    && word.span().end() <= regions.get(5).span().end());
    assertThat(crashed.begun()).hasSize(REGIONS).doesNotContain(fatal);
    Recognition again = recognize(RecognitionOptions.DEFAULTS, crashed.context());
    assertThat(again.skipped()).isEqualTo(rest.skipped());
    assertThat(again.transcript().segments()).isEqualTo(rest.transcript().segments());
  }

  @Test
  void aCheckpointOfOtherWindowsOrDamagedIsIgnored() throws Exception {
    Kept kept = new Kept();
    StageContext context = context(Progress.disabled(), Integer.MAX_VALUE, kept);
    List<Segment> expected =
        recognize(RecognitionOptions.DEFAULTS, context).transcript().segments();
    kept.values.put("windows-1", new byte[] {0, 0, 0, 1, 9});

    assertThat(recognize(RecognitionOptions.DEFAULTS, context).transcript().segments())
        .isEqualTo(expected);
    CountingAudio counting = new CountingAudio(audio);
    recognizer()
        .recognize(
            new SpeechOrder(
                counting,
                SpeechRegions.found(regions.subList(0, 4)),
                RecognitionOptions.DEFAULTS,
                context));
    assertThat(counting.reads).hasValue(4);
  }

  @Test
  void onlyRequestedOptionsThatTheModelLacksGiveWarnings() throws Exception {
    RecognitionOptions demanding = new RecognitionOptions("en", true, "hello", List.of("Hanoi"));

    assertThat(recognize(demanding, StageContext.disabled()).warnings())
        .extracting(Warning::code)
        .containsExactly(
            WarningCode.FEATURE_UNAVAILABLE,
            WarningCode.FEATURE_UNAVAILABLE,
            WarningCode.FEATURE_UNAVAILABLE);
    assertThat(recognize(RecognitionOptions.DEFAULTS, StageContext.disabled()).warnings())
        .isEmpty();
  }

  @Test
  void theLanguageIsTheModelsOnlyOne() throws Exception {
    RecognitionOptions british = new RecognitionOptions("en-GB", false, null, List.of());

    Recognition recognition = recognize(british, StageContext.disabled());

    assertThat(recognition.warnings()).isEmpty();
    assertThat(recognition.transcript().language().orElseThrow().code()).isEqualTo("en");
  }

  @Test
  void theIdentityNamesModelAndDecoder() throws Exception {
    assertThat(recognizer().model().name()).isEqualTo("nemo");
    assertThat(recognizer().model().checkpointHash()).matches("sha256:[0-9a-f]{64}");
    assertThat(recognizer().model().decodingParams()).containsEntry("decoder", "greedy");
  }

  private CtcRecognizer recognizer() throws Exception {
    return CtcRecognizer.open(
        new CtcTestModel("nemo")
            .install(
                models,
                text -> text.replace("\"max_window_seconds\": 20", "\"max_window_seconds\": 1.2")),
        runtime);
  }

  @Test
  void aPenaltyOnBlankBringsOutWhatItHides() throws Exception {
    List<Word> usual = words(recognize(RecognitionOptions.DEFAULTS, StageContext.disabled()));
    CtcRecognizer penalized = withDecoder("\"greedy\", \"blank_penalty\": 30");

    List<Word> found =
        words(
            penalized.recognize(
                new SpeechOrder(
                    audio,
                    SpeechRegions.found(regions),
                    RecognitionOptions.DEFAULTS,
                    StageContext.disabled())));

    assertThat(letters(found)).isGreaterThan(letters(usual));
    assertThat(penalized.model().decodingParams()).containsEntry("blank_penalty", 30.0);
  }

  @Test
  void aPenaltyBelowZeroIsRefused() {
    assertThatThrownBy(() -> withDecoder("\"greedy\", \"blank_penalty\": -1"))
        .isInstanceOf(ProcessingException.class)
        .hasMessageContaining("blank_penalty");
  }

  /** With another type, and what follows it, in the manifest. */
  private CtcRecognizer withDecoder(String type) throws Exception {
    return CtcRecognizer.open(
        new CtcTestModel("nemo")
            .install(models, text -> text.replace("\"type\": \"greedy\"", "\"type\": " + type)),
        runtime);
  }

  private static int letters(List<Word> words) {
    return words.stream().mapToInt(word -> word.text().length()).sum();
  }

  @Test
  void aLanguageModelThatWasCutOffIsTheModelsFault() throws Exception {
    Path folder = Files.createDirectories(models.resolve("nemo"));
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
      out.write("\\data\\\nngram 1=1\n".getBytes(StandardCharsets.US_ASCII));
    }
    Files.write(folder.resolve("lm.gz"), Arrays.copyOf(packed.toByteArray(), 20));
    CtcRecognizer recognizer = withDecoder("\"beam\", \"language_model\": \"lm.gz\"");

    assertThatThrownBy(
            () ->
                recognizer.recognize(
                    new SpeechOrder(
                        audio,
                        SpeechRegions.found(regions),
                        RecognitionOptions.DEFAULTS,
                        StageContext.disabled())))
        .isInstanceOfSatisfying(
            ProcessingException.class,
            e -> assertThat(e.code()).isEqualTo(FailureCode.MODEL_LOAD_ERROR))
        .hasMessageContaining("'nemo'");
  }

  private Recognition recognize(RecognitionOptions options, StageContext context) throws Exception {
    return recognizer()
        .recognize(new SpeechOrder(audio, SpeechRegions.found(regions), options, context));
  }

  private static List<Word> words(Recognition recognition) {
    return recognition.transcript().segments().stream()
        .flatMap(segment -> segment.words().stream())
        .toList();
  }

  private static StageContext context(Progress progress, int stopAt, Checkpoint checkpoint) {
    AtomicInteger asked = new AtomicInteger();
    return new StageContext(
        progress,
        () -> {
          if (asked.incrementAndGet() > stopAt) {
            throw new TaskStoppedException(TaskStoppedException.Reason.SHUTDOWN, "shutting down");
          }
        },
        checkpoint);
  }

  /** A checkpoint in memory. */
  private static final class Kept implements Checkpoint {
    private final Map<String, byte[]> values = new HashMap<>();

    @Override
    public Optional<byte[]> load(String name) {
      return Optional.ofNullable(values.get(name));
    }

    @Override
    public void save(String name, byte[] value) {
      values.put(name, value);
    }
  }

  /** Counts how often it is read. */
  private static final class CountingAudio implements SampleSource {
    private final SampleSource source;
    private final AtomicInteger reads = new AtomicInteger();

    CountingAudio(SampleSource source) {
      this.source = source;
    }

    @Override
    public long length() {
      return source.length();
    }

    @Override
    public Waveform read(SampleSpan span) throws IOException {
      reads.incrementAndGet();
      return source.read(span);
    }
  }
}
