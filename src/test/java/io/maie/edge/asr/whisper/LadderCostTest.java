package io.maie.edge.asr.whisper;

import static org.assertj.core.api.Assertions.assertThat;

import io.maie.edge.asr.RecognitionOptions;
import io.maie.edge.asr.SpeechOrder;
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
import io.maie.edge.progress.StageContext;
import io.maie.edge.testing.RecordedSamples;
import io.maie.edge.testing.SharedMaterial;
import io.maie.edge.time.Ticker;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The calls of real weights on sounds that Whisper has trouble with. Calls are counted, since the
 * time of one depends on the machine; one of the encoder counts as a hundred of the decoder.
 */
final class LadderCostTest {
  private static final WhisperOptions ALL =
      new WhisperOptions(1, 5, List.of(0.0, 0.2, 0.4, 0.6, 0.8, 1.0), 2.4, -1, 0.6, false, true, 0);

  private static final int ENCODER_CALL = 100;

  /** Of the decoder, for a second of ordinary speech. */
  private static final int CALLS_PER_SECOND = 6;

  private static final int MOST_TIMES = 3;
  private static final int SECONDS = 10;

  private final OnnxRuntime runtime = new OnnxRuntime(OnnxOptions.DEFAULTS, Ticker.system());

  @TempDir private Path scratch;

  @AfterEach
  void close() {
    runtime.close();
  }

  @ParameterizedTest
  @CsvSource({
    "noise, false",
    "music, false",
    "loop, true",
    "babble, true",
    "backwards, true",
    "fast, true"
  })
  void allAttemptsTogetherCostAtMostThreeTimesAnOrdinaryClip(String kind, boolean isTrouble)
      throws Exception {
    float[] samples = sound(kind);
    Path folder = SharedMaterial.require("models", "whisper-base");
    ModelFolder model =
        new ModelCatalog(folder.resolve("..").normalize(), new Checksums())
            .choose(ModelWish.ofRecording(ModelTask.ASR, null, "whisper-base", null));
    WhisperRecognizer.open(model, ALL, runtime)
        .recognize(
            new SpeechOrder(
                SampleSource.of(Waveform.of(samples)),
                SpeechRegions.found(List.of(new SpeechRegion(new SampleSpan(0, samples.length)))),
                new RecognitionOptions("en", List.of(), false, null, List.of()),
                StageContext.disabled()));

    long encoder = runs(folder, "encoder_model.onnx");
    long decoder = runs(folder, "decoder_model_merged.onnx");
    double speech = CALLS_PER_SECOND * (double) samples.length / Waveform.SAMPLE_RATE;
    assertThat(decoder > speech).isEqualTo(isTrouble);
    assertThat((ENCODER_CALL * encoder + decoder) / (ENCODER_CALL + speech))
        .as("%d and %d calls", encoder, decoder)
        .isLessThanOrEqualTo(MOST_TIMES);
  }

  private long runs(Path folder, String graph) {
    return runtime.runTimes(folder.resolve("onnx").resolve(graph)).runs();
  }

  private float[] sound(String kind) throws Exception {
    return switch (kind) {
      case "noise" -> Arrays.copyOf(clip("non-0003"), SECONDS * Waveform.SAMPLE_RATE);
      case "music" -> music();
      case "loop" -> joined(Stream.generate(() -> "en-cmd-0008").limit(8).toList());
      case "backwards" -> backwards(clip("en-read-0008"));
      case "fast" -> thirds(joined(List.of("en-read-0008", "en-read-0001", "en-read-0005")));
      default -> mixed(joined(List.of("es-read-0002", "fr-read-0001")), clip("en-read-0008"));
    };
  }

  private float[] clip(String name) throws Exception {
    SampleSource sound =
        RecordedSamples.of(
            SharedMaterial.require("speech", name + ".flac"), scratch.resolve(name + ".pcm"));
    return sound.read(new SampleSpan(0, sound.length())).samples();
  }

  private float[] joined(List<String> clips) throws Exception {
    float[] all = {};
    for (String name : clips) {
      float[] next = clip(name);
      all = Arrays.copyOf(all, all.length + next.length);
      System.arraycopy(next, 0, all, all.length - next.length, next.length);
    }
    return all;
  }

  private static float[] mixed(float[] one, float[] other) {
    float[] both = new float[Math.min(one.length, other.length)];
    for (int i = 0; i < both.length; i++) {
      both[i] = (one[i] + other[i]) / 2;
    }
    return both;
  }

  private static float[] backwards(float[] samples) {
    float[] turned = new float[samples.length];
    for (int i = 0; i < turned.length; i++) {
      turned[i] = samples[samples.length - 1 - i];
    }
    return turned;
  }

  private static float[] thirds(float[] samples) {
    float[] fast = new float[samples.length / 3];
    for (int i = 0; i < fast.length; i++) {
      fast[i] = samples[3 * i];
    }
    return fast;
  }

  /** Chords of three notes with overtones, two a second. */
  private static float[] music() {
    float[] samples = new float[SECONDS * Waveform.SAMPLE_RATE];
    double[] roots = {220, 261.6, 196, 174.6};
    for (int i = 0; i < samples.length; i++) {
      double second = (double) i / Waveform.SAMPLE_RATE;
      double root = roots[(int) (2 * second) % roots.length];
      double sum = 0;
      for (double note : new double[] {1, 1.26, 1.5}) {
        for (int overtone = 1; overtone <= 4; overtone++) {
          sum += Math.sin(2 * Math.PI * root * note * overtone * second) / overtone;
        }
      }
      samples[i] = (float) (0.08 * sum * Math.exp(-3 * (second % 0.5)));
    }
    return samples;
  }
}
