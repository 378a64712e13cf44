package io.maie.edge.asr.chunkformer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.maie.edge.asr.RecognitionOptions;
import io.maie.edge.asr.SpeechOrder;
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
import io.maie.edge.modelfile.Checksums;
import io.maie.edge.modelfile.InstalledModel;
import io.maie.edge.modelfile.ModelCatalog;
import io.maie.edge.modelfile.ModelFolder;
import io.maie.edge.modelfile.ModelTask;
import io.maie.edge.modelfile.ModelWish;
import io.maie.edge.onnx.OnnxOptions;
import io.maie.edge.onnx.OnnxRuntime;
import io.maie.edge.progress.StageContext;
import io.maie.edge.time.Ticker;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The layout that the package chunkformer exports itself. The graphs are those of the small model
 * of src/test/python/make_chunkformer_model.py, so that they have to hear the same.
 */
final class PackagedChunkformerTest {
  private static final Path RESOURCES = Path.of("src", "test", "resources");

  /** Sums of a frame's 32 numbers. */
  private static final double SUM = 1e-3;

  @TempDir Path models;

  private final OnnxRuntime runtime = new OnnxRuntime(OnnxOptions.DEFAULTS, Ticker.system());
  private Path folder = Path.of("");
  private float[] samples = {};

  @BeforeEach
  void installModel() throws Exception {
    folder = Files.createDirectories(models.resolve("packaged"));
    try (Stream<Path> files = Files.list(RESOURCES.resolve("chunkformer").resolve("package"))) {
      for (Path file : files.toList()) {
        Files.copy(file, folder.resolve(file.getFileName()));
      }
    }
    ByteBuffer bytes =
        ByteBuffer.wrap(Files.readAllBytes(RESOURCES.resolve("ctc").resolve("signal.s16le")))
            .order(ByteOrder.LITTLE_ENDIAN);
    int length = bytes.remaining() / Short.BYTES;
    samples = new float[6 * length];
    for (int i = 0; i < length; i++) {
      float sample = bytes.getShort() / 32_768f;
      for (int part = 0; part < 6; part += 2) {
        samples[part * length + i] = sample;
        samples[(part + 2) * length - 1 - i] = sample;
      }
    }
  }

  @AfterEach
  void close() {
    runtime.close();
  }

  @Test
  void framesAndTokensOfBothHeadsAreThoseOfTheOtherLayout() throws Exception {
    JsonNode golden =
        new JsonMapper().readTree(RESOURCES.resolve("chunkformer/golden.json").toFile());
    ChunkformerEngine transducer = engine(TokenHead.AUTO);
    EncodedFrames encoded = transducer.whole().encode(List.of(samples)).get(0);

    assertThat(encoded.count()).isEqualTo(golden.get("frame_sums").size());
    for (int frame = 0; frame < encoded.count(); frame++) {
      double sum = 0;
      for (float value : encoded.rows(frame, 1)) {
        sum += value;
      }
      assertThat(sum).isCloseTo(golden.get("frame_sums").get(frame).asDouble(), within(SUM));
    }
    try (TokenFinder finder = transducer.finder(PhraseGraph.of(List.of(), 0))) {
      finder.accept(encoded);
      List<SaidToken> said = ((TransducerFinder) finder).said();
      assertThat(said.stream().map(token -> token.token() + " " + token.frame()))
          .containsExactlyElementsOf(pairs(golden.get("transducer")));
    }
    try (TokenFinder finder = engine(TokenHead.CTC).finder(PhraseGraph.of(List.of(), 0))) {
      finder.accept(encoded);
      List<TokenSpan> spans = ((CtcFinder) finder).spans();
      assertThat(spans.stream().map(span -> span.token() + " " + span.firstFrame()))
          .containsExactlyElementsOf(pairs(golden.get("ctc")));
    }
  }

  @Test
  void anEncoderThatDeclaresOneWindowIsGivenOneAtATime() throws Exception {
    assertThat(engine(TokenHead.AUTO).whole().takesSeveral()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 399, 2639, 2640, 3920})
  void speechShorterThanAFrameOrTwoIsHeard(int length) throws Exception {
    float[] few = Arrays.copyOf(samples, length);

    assertThat(engine(TokenHead.AUTO).whole().encode(List.of(few)).get(0).count())
        .isEqualTo(StemFrames.count(length));
  }

  @Test
  void aRecordingIsRecognisedInWindowsOfHalfAMinute() throws Exception {
    ChunkformerRecognizer recognizer =
        ChunkformerRecognizer.open(model(), new TransducerOptions(TokenHead.CTC, 2), runtime);
    float[] minutes = new float[1_200_000];
    for (int i = 0; i < minutes.length; i++) {
      minutes[i] = samples[i % samples.length];
    }

    assertThat(
            recognizer
                .recognize(
                    new SpeechOrder(
                        SampleSource.of(Waveform.of(minutes)),
                        SpeechRegions.found(
                            List.of(new SpeechRegion(new SampleSpan(0, minutes.length)))),
                        RecognitionOptions.DEFAULTS,
                        StageContext.disabled()))
                .transcript()
                .segments())
        .isNotEmpty()
        .allMatch(segment -> segment.span().end() <= minutes.length);
    assertThat(recognizer.model().decodingParams())
        .containsEntry("decoder", "ctc")
        .containsEntry("max_window_seconds", 30L);
  }

  @Test
  void everyPartThatIsMissingIsNamed() throws IOException {
    for (String part : List.of("encoder_full.onnx", "ctc.onnx", "predictor.onnx", "joint.onnx")) {
      Path file = folder.resolve(part);
      byte[] bytes = Files.readAllBytes(file);
      Files.delete(file);

      assertThat(look().state().reason()).contains("Expected '%s'".formatted(part));
      Files.write(file, bytes);
    }
  }

  @Test
  void partsThatDoNotFitAreRefused() throws IOException {
    Path config = folder.resolve("onnx_config.json");
    String text = Files.readString(config);
    Files.writeString(
        config, text.replace("\"encoder_output_size\": 32", "\"encoder_output_size\": 512"));
    assertThat(look().state().reason())
        .contains("Expected 512 numbers per frame from the encoder, found 32");

    Files.writeString(config, text.replace("\"subsampling_rate\": 8", "\"subsampling_rate\": 4"));
    assertThat(look().state().reason()).contains("Expected a subsampling_rate of 8");

    Files.writeString(config, text);
    Files.writeString(folder.resolve("vocab.txt"), "<blank> 0\n<unk> 1\n\u2581a 2\n");
    assertThat(look().state().reason())
        .contains("Expected 3 tokens in onnx_config.json, as in vocab.txt, found 90");
  }

  private static List<String> pairs(JsonNode tokens) {
    List<String> pairs = new ArrayList<>();
    tokens.forEach(token -> pairs.add(token.get(0).asInt() + " " + token.get(1).asInt()));
    return pairs;
  }

  private ChunkformerEngine engine(TokenHead head) throws Exception {
    return new ChunkformerEngine(
        ChunkformerSettings.read(model(), head), TransducerOptions.DEFAULTS, "packaged", runtime);
  }

  private ModelFolder model() throws Exception {
    return new ModelCatalog(models, new Checksums())
        .choose(ModelWish.ofRecording(ModelTask.ASR, null, "packaged", null));
  }

  private InstalledModel look() throws IOException {
    return new ModelCatalog(models, new Checksums()).list().get(0);
  }
}
