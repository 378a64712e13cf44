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
import io.maie.edge.transcript.Transcript;
import io.maie.edge.transcript.Word;
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

  @Test
  void mandarinIsWrittenInTheScriptThatIsAskedForAndHeardAlike() throws Exception {
    Transcript simplified = recognize("zh-Hans", List.of(), "zh-read-0001").transcript();
    Transcript traditional = recognize("zh-Hant", List.of(), "zh-read-0001").transcript();

    assertThat(simplified.text()).startsWith("广州市").contains("协会分析");
    assertThat(traditional.text()).startsWith("廣州市").contains("協會分析");
    assertThat(HanScript.SIMPLIFIED.written(simplified.text())).isEqualTo(simplified.text());
    assertThat(HanScript.TRADITIONAL.written(traditional.text())).isEqualTo(traditional.text());
    assertThat(traditional.segments()).extracting(Segment::language).containsOnly("zh");
    assertThat(words(traditional)).extracting(Word::text).contains("廣", "協", "會");
    assertThat(words(traditional))
        .extracting(Word::span)
        .containsExactlyElementsOf(words(simplified).stream().map(Word::span).toList());
  }

  private static List<Word> words(Transcript transcript) {
    return transcript.segments().stream().flatMap(each -> each.words().stream()).toList();
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
