package io.maie.edge.asr.whisper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.maie.edge.asr.RecognitionOptions;
import io.maie.edge.asr.SpeechOrder;
import io.maie.edge.audio.SampleSource;
import io.maie.edge.audio.SampleSpan;
import io.maie.edge.audio.SpeechRegion;
import io.maie.edge.audio.SpeechRegions;
import io.maie.edge.audio.Waveform;
import io.maie.edge.failure.FailureCode;
import io.maie.edge.failure.ProcessingException;
import io.maie.edge.modelfile.ModelFolder;
import io.maie.edge.onnx.OnnxOptions;
import io.maie.edge.onnx.OnnxRuntime;
import io.maie.edge.progress.StageContext;
import io.maie.edge.time.Ticker;
import io.maie.edge.transcript.Transcript;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Encoders and decoders of different precisions beside each other, as half a copy leaves them. */
final class GraphPairsTest {
  private static final WhisperOptions GREEDY =
      new WhisperOptions(1, 1, List.of(0.0), 1000, -1000, 1, false, false, 1);

  @TempDir Path models;

  private final OnnxRuntime runtime = new OnnxRuntime(OnnxOptions.DEFAULTS, Ticker.system());

  @AfterEach
  void close() {
    runtime.close();
  }

  @ParameterizedTest
  @CsvSource({"_fp16, '', FLOAT16, FLOAT32", "'', _fp16, FLOAT32, FLOAT16"})
  void graphsThatDoNotFitAreRefusedByName(
      String encoder, String decoder, String given, String taken) throws Exception {
    ModelFolder folder =
        folder("multilingual", "encoder_model" + encoder, "decoder_model_merged" + decoder);
    assertThatThrownBy(() -> recognize(folder))
        .isInstanceOf(ProcessingException.class)
        .hasMessageContaining("encoder_model%s.onnx' gives %s".formatted(encoder, given))
        .hasMessageContaining("decoder_model_merged%s.onnx' takes %s".formatted(decoder, taken))
        .extracting(e -> ((ProcessingException) e).code())
        .isEqualTo(FailureCode.MODEL_LOAD_ERROR);
  }

  @Test
  void onePrecisionThatHasAllGraphsIsTaken() throws Exception {
    ModelFolder folder =
        folder(
            "multilingual",
            "encoder_model_fp16",
            "decoder_model_merged_fp16",
            "decoder_model_merged_quantized");
    assertThat(folder.manifest().files())
        .containsKeys("onnx/encoder_model_fp16.onnx", "onnx/decoder_model_merged_fp16.onnx");
    assertThat(recognize(folder).segments()).isNotEmpty();
  }

  @Test
  void graphsOfTwoPrecisionsThatFitAreUsedAndSaidSo() throws Exception {
    // the 16-bit graphs of this model take and give 32-bit floats
    ModelFolder folder = folder("english", "encoder_model_fp16", "decoder_model_merged_quantized");
    assertThat(folder.manifest().description()).contains("no precision has all graphs");
    assertThat(recognize(folder).segments()).isNotEmpty();
  }

  private ModelFolder folder(String kind, String... graphs) throws Exception {
    return GoldenWhisper.open(kind, models, graphs).model;
  }

  private Transcript recognize(ModelFolder folder) throws Exception {
    float[] samples = GoldenWhisper.sound(1);
    return WhisperRecognizer.open(folder, GREEDY, runtime)
        .recognize(
            new SpeechOrder(
                SampleSource.of(Waveform.of(samples)),
                SpeechRegions.found(List.of(new SpeechRegion(new SampleSpan(0, samples.length)))),
                RecognitionOptions.DEFAULTS,
                StageContext.disabled()))
        .transcript();
  }
}
