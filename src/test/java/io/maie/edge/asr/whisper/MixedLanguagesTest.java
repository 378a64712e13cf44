package io.maie.edge.asr.whisper;

import static org.assertj.core.api.Assertions.assertThat;

import io.maie.edge.asr.Recognition;
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
import io.maie.edge.testing.SharedMaterial;
import io.maie.edge.time.Ticker;
import io.maie.edge.transcript.Segment;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Recordings of people, joined without a pause, through real weights. */
final class MixedLanguagesTest {
  private static final WhisperOptions GREEDY =
      new WhisperOptions(1, 5, List.of(0.0, 0.2, 0.4, 0.6, 0.8, 1.0), 2.4, -1, 0.6, false, true, 0);

  private final OnnxRuntime runtime = new OnnxRuntime(OnnxOptions.DEFAULTS, Ticker.system());

  @AfterEach
  void close() {
    runtime.close();
  }

  @Test
  void eachLanguageIsHeardInItself() throws Exception {
    Recognition heard = hear(List.of(), "en-read-0010", "es-read-0002");
    assertThat(heard.transcript().text())
        .contains("apostle of the middle classes")
        .contains("Las arenas son");
    assertThat(heard.transcript().segments())
        .extracting(Segment::language)
        .startsWith("en")
        .endsWith("es");
    assertThat(heard.transcript().languageShares()).hasSize(2);
  }

  @Test
  void aSentenceInAnotherLanguageBetweenTwoIsNeitherLostNorTranslated() throws Exception {
    Recognition heard = hear(List.of(), "en-read-0010", "es-read-0002", "en-read-0020");
    assertThat(heard.transcript().text())
        .contains("apostle of the middle classes")
        .contains("Las arenas son")
        .contains("the thing I liked best");
    assertThat(heard.transcript().segments())
        .extracting(Segment::language)
        .containsSequence("en", "es", "en");
  }

  @Test
  void aClipToldAsWelshIsHeardInEnglish() throws Exception {
    Recognition heard = hear(List.of(), "en-xfar-0004");
    assertThat(heard.transcript().text()).contains("the size of the drops");
    assertThat(heard.transcript().segments()).extracting(Segment::language).containsOnly("en");
  }

  @Test
  void aClipWithoutClearStretchesGetsOneLanguage() throws Exception {
    Recognition heard = hear(List.of(), "en-acc-0008");
    assertThat(heard.transcript().text()).contains("primary rainbow").contains("number of bows");
    assertThat(heard.transcript().segments()).extracting(Segment::language).containsOnly("en");
  }

  @Test
  void onlyLanguagesThatMayBeSpokenAreHeard() throws Exception {
    Recognition heard = hear(List.of("en", "vi"), "en-l2a-0011");
    assertThat(heard.transcript().segments()).extracting(Segment::language).containsOnly("en");
  }

  @ParameterizedTest
  @CsvSource({"zh-Hans, 产, 协会", "zh-Hant, 產, 協會"})
  void mandarinIsWrittenInTheScriptThatIsAskedFor(String asked, String one, String other)
      throws Exception {
    Recognition heard = recognize(asked, List.of(), "zh-read-0001");
    assertThat(heard.transcript().text()).contains(one, other);
    assertThat(heard.transcript().segments()).extracting(Segment::language).containsOnly("zh");
  }

  /** Joined, with a little silence around, as voice activity detection would cut it. */
  private Recognition hear(List<String> languages, String... clips) throws Exception {
    return recognize(null, languages, clips);
  }

  private Recognition recognize(@Nullable String asked, List<String> languages, String... clips)
      throws Exception {
    Path folder = SharedMaterial.require("models", "whisper-base");
    List<float[]> sounds = new ArrayList<>();
    int length = 2 * Waveform.SAMPLE_RATE;
    for (String clip : clips) {
      float[] samples = decoded(SharedMaterial.require("speech", clip + ".flac"));
      sounds.add(samples);
      length += samples.length;
    }
    float[] all = new float[length];
    int filled = Waveform.SAMPLE_RATE;
    for (float[] samples : sounds) {
      System.arraycopy(samples, 0, all, filled, samples.length);
      filled += samples.length;
    }
    SpeechRegion speech = new SpeechRegion(new SampleSpan(Waveform.SAMPLE_RATE, filled));
    ModelFolder model =
        new ModelCatalog(folder.resolve("..").normalize(), new Checksums())
            .choose(ModelWish.ofRecording(ModelTask.ASR, null, "whisper-base", null));
    return WhisperRecognizer.open(model, GREEDY, runtime)
        .recognize(
            new SpeechOrder(
                SampleSource.of(Waveform.of(all)),
                SpeechRegions.found(List.of(speech)),
                new RecognitionOptions(asked, languages, false, null, List.of()),
                StageContext.disabled()));
  }

  private static float[] decoded(Path file) throws IOException, InterruptedException {
    Process ffmpeg =
        new ProcessBuilder(
                "ffmpeg",
                "-nostdin",
                "-v",
                "error",
                "-i",
                file.toString(),
                "-ar",
                "16000",
                "-ac",
                "1",
                "-f",
                "f32le",
                "-")
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    byte[] bytes = ffmpeg.getInputStream().readAllBytes();
    assertThat(ffmpeg.waitFor(60, TimeUnit.SECONDS)).isTrue();
    float[] samples = new float[bytes.length / Float.BYTES];
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(samples);
    return samples;
  }
}
