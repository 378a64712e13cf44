package io.maie.edge.asr.ctc;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.maie.edge.asr.Recognition;
import io.maie.edge.asr.RecognitionOptions;
import io.maie.edge.asr.SpeechOrder;
import io.maie.edge.asr.frames.Posteriors;
import io.maie.edge.asr.frames.TokenSpan;
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
import io.maie.edge.time.Ticker;
import io.maie.edge.transcript.Segment;
import io.maie.edge.transcript.SoundTags;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The tiny model of src/test/python/make_sensevoice_model.py against sherpa-onnx. */
final class SenseVoiceTest {
  private static final Path MODELS = Path.of("src", "test", "resources", "sensevoice");

  private final OnnxRuntime runtime = new OnnxRuntime(OnnxOptions.DEFAULTS, Ticker.system());

  @AfterEach
  void close() {
    runtime.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"auto", "ja"})
  void tagsTokensAndTimesAreThoseOfSherpa(String language) throws Exception {
    JsonNode expected =
        new JsonMapper().readTree(MODELS.resolve("golden.json").toFile()).get(language);
    CtcSettings settings = CtcSettings.read(folder());
    TagSettings tags = settings.tags().orElseThrow();
    Posteriors all =
        new AcousticModel(runtime.model("tiny", settings.modelFile()), settings)
            .listen(signal(), language.equals("auto") ? null : language);
    Posteriors posteriors = all.after(tags.frames());
    int[] path = new int[posteriors.frames()];
    for (int frame = 0; frame < path.length; frame++) {
      path[frame] = posteriors.best(frame);
    }

    List<String> found = new ArrayList<>();
    for (TokenSpan span : TokenSpan.of(path, settings.decoder().blank(), posteriors)) {
      found.add(settings.decoder().tokens().text(span.token()) + " " + span.firstFrame());
    }

    List<String> tokens = new ArrayList<>();
    for (JsonNode token : expected.get("tokens")) {
      tokens.add(token.get(0).asText().replace(' ', '\u2581') + " " + token.get(1).asInt());
    }
    assertThat(found).isEqualTo(tokens);
    assertThat("<|" + tags.tags(all, settings.decoder().tokens()).language() + "|>")
        .isEqualTo(expected.get("language").asText());
  }

  @Test
  void tagsAreReportedAndNeverWrittenIntoTheText() throws Exception {
    Recognition heard = recognize(RecognitionOptions.DEFAULTS);

    assertThat(heard.transcript().language().orElseThrow().code()).isEqualTo("en");
    assertThat(heard.transcript().segments())
        .isNotEmpty()
        .extracting(Segment::tags)
        .containsOnly(new SoundTags("HAPPY", "BGM"));
    assertThat(heard.transcript().text()).isNotBlank().doesNotContain("<", "|", "HAPPY", "BGM");
  }

  @Test
  void theModelGetsTheLanguageThatTheRecordingNames() throws Exception {
    Recognition heard = recognize(new RecognitionOptions("yue", false, null, List.of()));

    assertThat(heard.transcript().language().orElseThrow().code()).isEqualTo("yue");
  }

  private Recognition recognize(RecognitionOptions options) throws Exception {
    float[] samples = signal();
    return CtcRecognizer.open(folder(), runtime)
        .recognize(
            new SpeechOrder(
                SampleSource.of(Waveform.of(samples)),
                SpeechRegions.found(List.of(new SpeechRegion(new SampleSpan(0, samples.length)))),
                options,
                StageContext.disabled()));
  }

  private static ModelFolder folder() throws Exception {
    return new ModelCatalog(MODELS, new Checksums())
        .choose(ModelWish.ofRecording(ModelTask.ASR, "ctc", "tiny", null));
  }

  /** The signal of the CTC models, then the same backwards. */
  private static float[] signal() throws Exception {
    float[] one = CtcTestModel.signal().samples();
    float[] both = new float[2 * one.length];
    for (int i = 0; i < one.length; i++) {
      both[i] = one[i];
      both[both.length - 1 - i] = one[i];
    }
    return both;
  }
}
