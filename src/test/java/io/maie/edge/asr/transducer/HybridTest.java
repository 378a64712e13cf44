package io.maie.edge.asr.transducer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.maie.edge.asr.RecognitionOptions;
import io.maie.edge.asr.SpeechOrder;
import io.maie.edge.asr.frames.TokenTable;
import io.maie.edge.audio.SampleSource;
import io.maie.edge.audio.SampleSpan;
import io.maie.edge.audio.SpeechRegion;
import io.maie.edge.audio.SpeechRegions;
import io.maie.edge.audio.Waveform;
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
import io.maie.edge.testing.ScriptedCheckpoint;
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

/** Models with a CTC head beside the transducer, and windows that are encoded together. */
final class HybridTest {
  private static final Path PUBLISHED = Path.of("src", "test", "resources", "transducer");
  private static final double VALUE = 1e-4;

  /** Regions of different lengths, each with a window to itself. */
  private static final List<SampleSpan> SPOKEN =
      List.of(
          new SampleSpan(0, 300_000),
          new SampleSpan(320_000, 720_000),
          new SampleSpan(800_000, 1_060_000),
          new SampleSpan(1_120_000, 1_560_000),
          new SampleSpan(1_600_000, 1_920_000));

  @TempDir Path models;

  private final OnnxRuntime runtime = new OnnxRuntime(OnnxOptions.DEFAULTS, Ticker.system());
  private float[] signal = {};

  @BeforeEach
  void readSignal() throws Exception {
    ByteBuffer bytes =
        ByteBuffer.wrap(
                Files.readAllBytes(Path.of("src", "test", "resources", "ctc", "signal.s16le")))
            .order(ByteOrder.LITTLE_ENDIAN);
    int length = bytes.remaining() / Short.BYTES;
    signal = new float[2 * length];
    for (int i = 0; i < length; i++) {
      signal[i] = bytes.getShort() / 32_768f;
      signal[2 * length - 1 - i] = signal[i];
    }
  }

  @AfterEach
  void close() {
    runtime.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"zipformer", "parakeet-tdt"})
  void tokensAndTimesOfTheCtcHeadAreThoseOfOtherPrograms(String name) throws Exception {
    ModelFolder folder = hybrid(name);
    TransducerRecognizer recognizer = open(folder, TokenHead.CTC, 1);
    TokenTable tokens = TransducerSettings.read(folder).tokens();
    JsonNode expected =
        new JsonMapper().readTree(PUBLISHED.resolve("hybrid/golden.json").toFile()).get(name);

    List<String> found =
        recognizer.path(recognizer.ctc().encode(signal)).spans().stream()
            .map(span -> tokens.text(span.token()) + " " + span.firstFrame())
            .toList();

    List<String> theirs = new ArrayList<>();
    expected.forEach(token -> theirs.add(token.get(0).asText() + " " + token.get(1).asInt()));
    assertThat(found).isEqualTo(theirs);
    assertThat(recognizer.model().decodingParams()).containsEntry("decoder", "ctc");
  }

  @Test
  void aHybridIsUsedAsATransducerUnlessTheSettingsNameCtc() throws Exception {
    ModelFolder folder = hybrid("zipformer");

    assertThat(open(folder, TokenHead.AUTO, 1).model().decodingParams())
        .containsEntry("decoder", "transducer");
    assertThat(open(folder, TokenHead.AUTO, 1).model().checkpointHash())
        .isNotEqualTo(open(folder, TokenHead.CTC, 1).model().checkpointHash());
    assertThat(words(open(folder, TokenHead.CTC, 1), StageContext.disabled()))
        .isNotEmpty()
        .isNotEqualTo(words(open(folder, TokenHead.AUTO, 1), StageContext.disabled()));
  }

  @Test
  void aTransducerWithoutCtcHeadRemainsOneWhateverTheSettingsName() throws Exception {
    ModelFolder folder = folder("zipformer");

    assertThat(open(folder, TokenHead.CTC, 1).model().decodingParams())
        .containsEntry("decoder", "transducer");
  }

  @Test
  void windowsEncodedTogetherHaveTheFramesOfEachAlone() throws Exception {
    TransducerEncoder encoder = open(batched(), TokenHead.AUTO, 3).encoder();
    List<float[]> windows =
        SPOKEN.stream().map(span -> sound(span).samples()).map(float[]::clone).toList();

    List<EncodedFrames> together = encoder.encode(windows);

    assertThat(encoder.takesSeveral()).isTrue();
    for (int i = 0; i < windows.size(); i++) {
      EncodedFrames alone = encoder.encode(windows.get(i));
      assertThat(together.get(i).count()).isEqualTo(alone.count());
      assertThat(together.get(i).rows(0, alone.count()))
          .containsExactly(alone.rows(0, alone.count()), within((float) VALUE));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 16})
  void batchesOfWindowsChangeNoWord(int batch) throws Exception {
    ModelFolder folder = batched();

    assertThat(words(open(folder, TokenHead.AUTO, batch), StageContext.disabled()))
        .isNotEmpty()
        .isEqualTo(words(open(folder, TokenHead.AUTO, 1), StageContext.disabled()));
  }

  @Test
  void aTaskContinuesBehindTheBatchesThatItFinished() throws Exception {
    ModelFolder folder = batched();
    ScriptedCheckpoint kept = new ScriptedCheckpoint();
    TransducerRecognizer recognizer = open(folder, TokenHead.AUTO, 2);

    // two batches are one group of the checkpoint; the task is stopped in the third
    assertThatThrownBy(() -> words(recognizer, stoppedAt(0.79, kept)))
        .isInstanceOf(TaskStoppedException.class);
    assertThat(kept.size()).isEqualTo(1);
    assertThat(words(recognizer, kept.context()))
        .isEqualTo(words(recognizer, StageContext.disabled()));
    assertThat(kept.begun())
        .startsWith("windows within 0.000-45.000 s", "windows within 50.000-97.500 s");
  }

  @Test
  void windowsAreHeardOneByOneAfterACrashInABatch() throws Exception {
    ScriptedCheckpoint crashed = new ScriptedCheckpoint().crashedIn("windows within 0.000-45.000");

    assertThat(words(open(batched(), TokenHead.AUTO, 2), crashed.context())).isNotEmpty();

    assertThat(crashed.begun()).hasSize(SPOKEN.size() + 1);
    assertThat(crashed.begun().get(1)).isEqualTo("window 20.000-45.000 s");
  }

  private static StageContext stoppedAt(double share, Checkpoint checkpoint) {
    double[] reached = {0};
    Cancellation stop =
        () -> {
          if (reached[0] > share) {
            throw new TaskStoppedException(TaskStoppedException.Reason.SHUTDOWN, "enough");
          }
        };
    return new StageContext(progress -> reached[0] = progress, stop, checkpoint);
  }

  private List<Word> words(TransducerRecognizer recognizer, StageContext context) throws Exception {
    List<SpeechRegion> regions = SPOKEN.stream().map(SpeechRegion::new).toList();
    return recognizer
        .recognize(
            new SpeechOrder(
                SampleSource.of(sound(new SampleSpan(0, 1_920_000))),
                SpeechRegions.found(regions),
                RecognitionOptions.DEFAULTS,
                context))
        .transcript()
        .segments()
        .stream()
        .map(Segment::words)
        .flatMap(List::stream)
        .toList();
  }

  /** The signal again and again. */
  private Waveform sound(SampleSpan span) {
    float[] samples = new float[(int) span.length()];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = signal[(int) ((span.start() + i) % signal.length)];
    }
    return Waveform.of(samples);
  }

  private ModelFolder hybrid(String name) throws Exception {
    Path folder = copy(name);
    Files.copy(PUBLISHED.resolve("hybrid/" + name + ".onnx"), folder.resolve("model.onnx"));
    return chosen(name);
  }

  private ModelFolder folder(String name) throws Exception {
    copy(name);
    return chosen(name);
  }

  /** A model whose frames depend on nothing behind them, with windows of a few seconds. */
  private ModelFolder batched() throws Exception {
    Path folder = copy("zipformer");
    Files.delete(folder.resolve("encoder.onnx"));
    Files.copy(PUBLISHED.resolve("hybrid/apart.onnx"), folder.resolve("encoder.onnx"));
    return chosen("zipformer");
  }

  private Path copy(String name) throws Exception {
    Path folder = Files.createDirectories(models.resolve(name));
    try (Stream<Path> files = Files.list(PUBLISHED.resolve(name))) {
      for (Path file : files.toList()) {
        Files.copy(file, folder.resolve(file.getFileName()));
      }
    }
    return folder;
  }

  private ModelFolder chosen(String name) throws Exception {
    return new ModelCatalog(models, new Checksums())
        .choose(ModelWish.ofRecording(ModelTask.ASR, null, name, null));
  }

  private TransducerRecognizer open(ModelFolder folder, TokenHead head, int batch)
      throws Exception {
    return TransducerRecognizer.open(folder, new TransducerOptions(head, batch), runtime);
  }
}
