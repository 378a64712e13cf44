package io.maie.edge.asr.chunkformer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.maie.edge.asr.RecognitionOptions;
import io.maie.edge.asr.SpeechOrder;
import io.maie.edge.asr.SpeechWindow;
import io.maie.edge.asr.WindowSource;
import io.maie.edge.asr.frames.TokenSpan;
import io.maie.edge.asr.transducer.EncodedFrames;
import io.maie.edge.asr.transducer.PhraseGraph;
import io.maie.edge.asr.transducer.SaidToken;
import io.maie.edge.asr.transducer.TokenHead;
import io.maie.edge.asr.transducer.TransducerOptions;
import io.maie.edge.audio.SampleSource;
import io.maie.edge.audio.SampleSpan;
import io.maie.edge.audio.SpeechRegion;
import io.maie.edge.audio.SpeechRegions;
import io.maie.edge.audio.Waveform;
import io.maie.edge.failure.ProcessingException;
import io.maie.edge.modelfile.Checksums;
import io.maie.edge.modelfile.ModelCatalog;
import io.maie.edge.modelfile.ModelFolder;
import io.maie.edge.modelfile.ModelTask;
import io.maie.edge.modelfile.ModelWish;
import io.maie.edge.onnx.OnnxOptions;
import io.maie.edge.onnx.OnnxRuntime;
import io.maie.edge.progress.Cancellation;
import io.maie.edge.progress.Checkpoint;
import io.maie.edge.progress.StageContext;
import io.maie.edge.progress.TaskStoppedException;
import io.maie.edge.testing.FrameSums;
import io.maie.edge.time.Ticker;
import io.maie.edge.transcript.Segment;
import io.maie.edge.transcript.Word;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The small model of src/test/python/make_chunkformer_model.py. */
final class ChunkformerRecognizerTest {
  private static final Path RESOURCES = Path.of("src", "test", "resources");

  /** Sums of a frame's 32 numbers. */
  private static final double SUM = 1e-3;

  /** Longer than the signal: a step hears everything behind itself. */
  private static final int WHOLE_LOOKAHEAD = 200;

  @TempDir Path models;

  private final OnnxRuntime runtime = new OnnxRuntime(OnnxOptions.DEFAULTS, Ticker.system());
  private SampleSource audio = SampleSource.of(Waveform.of(new float[0]));

  @BeforeEach
  void installModel() throws Exception {
    Path folder = Files.createDirectories(models.resolve("tiny"));
    try (Stream<Path> files = Files.list(RESOURCES.resolve("chunkformer").resolve("tiny"))) {
      for (Path file : files.toList()) {
        Files.copy(file, folder.resolve(file.getFileName()));
      }
    }
    ByteBuffer bytes =
        ByteBuffer.wrap(Files.readAllBytes(RESOURCES.resolve("ctc").resolve("signal.s16le")))
            .order(ByteOrder.LITTLE_ENDIAN);
    int length = bytes.remaining() / Short.BYTES;
    float[] samples = new float[6 * length];
    for (int i = 0; i < length; i++) {
      float sample = bytes.getShort() / 32_768f;
      for (int part = 0; part < 6; part += 2) {
        samples[part * length + i] = sample;
        samples[(part + 2) * length - 1 - i] = sample;
      }
    }
    audio = SampleSource.of(Waveform.of(samples));
  }

  @AfterEach
  void close() {
    runtime.close();
  }

  @Test
  void aWindowIsHeardAsByAPlainLoopOverTheGraphs() throws Exception {
    JsonNode golden = golden();

    FrameSums.assertSums(encoded(""), golden.get("frame_sums"), within(SUM));
    CtcFinder ctc = (CtcFinder) hear(", \"decoder\": \"ctc\"");
    List<TokenSpan> spans = ctc.spans();
    assertThat(spans.stream().map(span -> span.token() + " " + span.firstFrame()))
        .containsExactlyElementsOf(pairs(golden.get("ctc")));
    List<SaidToken> said = ((TransducerFinder) hear("")).said();
    assertThat(said.stream().map(token -> token.token() + " " + token.frame()))
        .containsExactlyElementsOf(pairs(golden.get("transducer")));
  }

  @ParameterizedTest
  @ValueSource(ints = {4, 8, 40})
  void stepsThatHearEverythingBehindThemselvesMakeNoDifference(int settled) throws Exception {
    FrameSums.assertSums(
        encoded(steps(settled, WHOLE_LOOKAHEAD)), golden().get("frame_sums"), within(SUM));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 3, 16})
  void stepsLoseNoFrameWhateverTheyHearBehindThemselves(int lookahead) throws Exception {
    assertThat(encoded(steps(8, lookahead)).count()).isEqualTo(golden().get("frame_sums").size());
  }

  @Test
  void stepsFindTheSameTokensWithBothHeads() throws Exception {
    String steps = steps(12, WHOLE_LOOKAHEAD);

    assertThat(((TransducerFinder) hear(steps)).said())
        .extracting(SaidToken::token)
        .isEqualTo(((TransducerFinder) hear("")).said().stream().map(SaidToken::token).toList());
    assertThat(((CtcFinder) hear(steps + ", \"decoder\": \"ctc\"")).spans())
        .extracting(TokenSpan::firstFrame)
        .isEqualTo(
            ((CtcFinder) hear(", \"decoder\": \"ctc\""))
                .spans().stream().map(TokenSpan::firstFrame).toList());
  }

  @Test
  void wordsAreInOrderAndWithinWhatWasHeard() throws Exception {
    List<SpeechRegion> regions = List.of(region(1_000, 60_000), region(90_000, 140_000));

    List<Word> words = words(recognizer(", \"decoder\": \"ctc\""), regions);

    assertThat(words).isNotEmpty();
    assertThat(words).extracting(word -> word.span().start()).isSorted();
    assertThat(words)
        .allMatch(word -> word.span().start() >= 1_000 && word.span().end() <= 140_000);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 399, 400, 2639, 2640, 3920})
  void speechShorterThanAFrameOrTwoIsHeard(long samples) throws Exception {
    List<Word> words = words(recognizer(", \"decoder\": \"ctc\""), List.of(region(0, samples)));

    assertThat(words.size()).isLessThanOrEqualTo(2);
  }

  @Test
  void aTaskStopsBetweenTheStepsOfALongWindow() throws Exception {
    Cancellation stop =
        new Cancellation() {
          private int asked;

          @Override
          public void throwIfStopped() throws TaskStoppedException {
            if (++asked > 3) {
              throw new TaskStoppedException(TaskStoppedException.Reason.SHUTDOWN, "enough");
            }
          }
        };
    StageContext context = new StageContext(share -> {}, stop, Checkpoint.disabled());

    assertThatThrownBy(
            () ->
                recognizer(steps(4, 0))
                    .recognize(
                        new SpeechOrder(
                            audio,
                            SpeechRegions.found(List.of(region(0, audio.length()))),
                            RecognitionOptions.DEFAULTS,
                            context)))
        .isInstanceOf(TaskStoppedException.class);
  }

  @Test
  void aDecoderThatTheModelDoesNotHaveIsRefused() {
    assertThatThrownBy(() -> settings(", \"decoder\": \"lattice\""))
        .isInstanceOf(ProcessingException.class)
        .hasMessageContaining("decoder");
  }

  private static String steps(int settled, int lookahead) {
    return ", \"step_frames\": %d, \"lookahead_frames\": %d, \"max_window_seconds\": 1"
        .formatted(settled, lookahead);
  }

  private static SpeechRegion region(long start, long end) {
    return new SpeechRegion(new SampleSpan(start, end));
  }

  private static JsonNode golden() throws Exception {
    return new JsonMapper()
        .readTree(RESOURCES.resolve("chunkformer").resolve("golden.json").toFile());
  }

  private static List<String> pairs(JsonNode tokens) {
    List<String> pairs = new ArrayList<>();
    tokens.forEach(token -> pairs.add(token.get(0).asInt() + " " + token.get(1).asInt()));
    return pairs;
  }

  private List<Word> words(ChunkformerRecognizer recognizer, List<SpeechRegion> regions)
      throws Exception {
    return recognizer
        .recognize(
            new SpeechOrder(
                audio,
                SpeechRegions.found(regions),
                RecognitionOptions.DEFAULTS,
                StageContext.disabled()))
        .transcript()
        .segments()
        .stream()
        .map(Segment::words)
        .flatMap(List::stream)
        .toList();
  }

  private EncodedFrames encoded(String more) throws Exception {
    CollectedFrames collected = new CollectedFrames();
    engine(more).stepped().hear(new WindowSource(window(), audio), collected, share -> {});
    return collected.all();
  }

  private TokenFinder hear(String more) throws Exception {
    ChunkformerEngine engine = engine(more);
    try (TokenFinder finder = engine.finder(PhraseGraph.of(List.of(), 0))) {
      engine.stepped().hear(new WindowSource(window(), audio), finder, share -> {});
      return finder;
    }
  }

  private SpeechWindow window() {
    return new SpeechWindow(List.of(new SampleSpan(0, audio.length())));
  }

  private ChunkformerEngine engine(String more) throws Exception {
    return new ChunkformerEngine(
        ChunkformerSettings.read(settings(more), TokenHead.AUTO),
        TransducerOptions.DEFAULTS,
        "tiny",
        runtime);
  }

  private ChunkformerRecognizer recognizer(String more) throws Exception {
    return ChunkformerRecognizer.open(settings(more), TransducerOptions.DEFAULTS, runtime);
  }

  /** The folder with a manifest that says more than its description. */
  private ModelFolder settings(String more) throws Exception {
    Files.writeString(
        models.resolve("tiny").resolve("manifest.json"),
        """
        {"schema_version": 1, "name": "tiny", "task": "asr", "family": "chunkformer",
         "languages": ["vi"], "sample_rate": 16000,
         "chunkformer": {"stem": "stem.onnx", "encoder": "encoder.onnx", "ctc": "ctc.onnx",
           "predictor": "predictor.onnx", "joiner": "joiner.onnx", "tokens": "tokens.txt",
           "size": 32, "chunk": 4%s}}
        """
            .formatted(more));
    ModelFolder folder =
        new ModelCatalog(models, new Checksums())
            .choose(ModelWish.ofRecording(ModelTask.ASR, null, "tiny", null));
    ChunkformerSettings.read(folder, TokenHead.AUTO);
    return folder;
  }
}
