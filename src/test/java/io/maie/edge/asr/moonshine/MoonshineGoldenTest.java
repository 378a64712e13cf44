package io.maie.edge.asr.moonshine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.maie.edge.asr.seq2seq.EncodedChunks;
import io.maie.edge.asr.seq2seq.ScoredToken;
import io.maie.edge.asr.seq2seq.WordSplitter;
import io.maie.edge.audio.SampleSource;
import io.maie.edge.audio.SampleSpan;
import io.maie.edge.onnx.OnnxOptions;
import io.maie.edge.onnx.OnnxRuntime;
import io.maie.edge.testing.RecordedSamples;
import io.maie.edge.testing.SharedMaterial;
import io.maie.edge.time.Ticker;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Holds the shipped model to what the same graphs said through ONNX Runtime in Python. */
final class MoonshineGoldenTest {
  private static final List<String> CLIPS =
      List.of(
          "lv0870", "lv0880", "lv0890", "lv0920", "lv0930", "jfk", "libri", "goforward", "beckett");

  /** Eight bits of activations round differently on other processors and in fused kernels. */
  private static final double LOG_PROBABILITY = 0.25;

  @TempDir private Path scratch;

  private final OnnxRuntime runtime = new OnnxRuntime(OnnxOptions.DEFAULTS, Ticker.system());
  private JsonNode cases = MissingNode.getInstance();
  private Path folder = Path.of("");

  @BeforeEach
  void findGoldenValues() throws Exception {
    folder = SharedMaterial.require("examples", "moonshine");
    cases = new JsonMapper().readTree(folder.resolve("golden.json").toFile()).get("cases");
  }

  @AfterEach
  void close() {
    runtime.close();
  }

  @Test
  void greedyTokensAreThoseOfTheReference() throws Exception {
    ShippedMoonshine model = ShippedMoonshine.open(1, runtime);
    for (String clip : CLIPS) {
      JsonNode expected = cases.get(clip);
      HeardText text = model.hear(samples(expected));
      assertThat(model.ids(text)).as(clip).isEqualTo(ints(expected.get("greedy")));
      assertThat(model.text(text)).isEqualTo(expected.get("text").asText());
      assertThat(text.silence()).isCloseTo(expected.get("p_end_first").asDouble(), within(0.01));
      for (int i = 0; i < text.tokens().size(); i++) {
        assertThat((double) text.tokens().get(i).logProbability())
            .isCloseTo(expected.get("greedy_logprobs").get(i).asDouble(), within(LOG_PROBABILITY));
      }
    }
  }

  @Test
  void beamTokensDifferFromTheReferencesInAtMostOneClip() throws Exception {
    ShippedMoonshine model = ShippedMoonshine.open(4, runtime);
    List<String> differing = new ArrayList<>();
    for (String clip : CLIPS) {
      JsonNode expected = cases.get(clip);
      if (!model.ids(model.hear(samples(expected))).equals(ints(expected.get("beam4")))) {
        differing.add(clip);
      }
    }
    assertThat(differing).hasSizeLessThan(2);
  }

  @Test
  void soundsThatAreNoSpeechHaveNoText() throws Exception {
    ShippedMoonshine model = ShippedMoonshine.open(4, runtime);
    assertThat(model.hear(new float[48_000]).tokens()).isEmpty();
    assertThat(model.hear(tone()).tokens()).isEmpty();
    assertThat(model.hear(noise(48_000, 0.01f)).tokens()).isEmpty();
    assertThat(model.hear(noise(48_000, 0.1f)).tokens()).isEmpty();
    assertThat(model.hear(noise(160_000, 0.03f)).tokens()).isEmpty();
  }

  @Test
  void aTextThatGoesRoundIsCutBehindItsFirstRound() throws Exception {
    ShippedMoonshine model = ShippedMoonshine.open(4, runtime);
    float[] cut = Arrays.copyOf(samples(cases.get("lv0920")), 31_900);
    String text = model.text(model.hear(cut));
    assertThat(text.split("amiable", -1).length - 1).isLessThanOrEqualTo(2);
  }

  @Test
  void speechBehindSilenceIsNotAnsweredWithNothing() throws Exception {
    ShippedMoonshine model = ShippedMoonshine.open(4, runtime);
    float[] clip = samples(cases.get("beckett"));
    float[] late = new float[clip.length + 19_200];
    System.arraycopy(clip, 0, late, 19_200, clip.length);
    assertThat(model.text(model.hear(late))).containsIgnoringCase("try again");
  }

  @Test
  void softSpeechIsHeardAsWellAsLoudSpeech() throws Exception {
    ShippedMoonshine model = ShippedMoonshine.open(4, runtime);
    float[] clip = samples(cases.get("lv0890"));
    float[] soft = clip.clone();
    for (int i = 0; i < soft.length; i++) {
      soft[i] *= 0.01f;
    }
    List<String> texts = new ArrayList<>();
    for (float[] samples : List.of(clip, soft)) {
      texts.add(model.text(model.hear(WindowSound.of(samples).orElseThrow().samples())));
    }
    assertThat(texts.get(1)).isEqualTo(texts.get(0)).isNotEmpty();
  }

  @Test
  void hiddenStatesAreThoseOfTheReference() throws Exception {
    ShippedMoonshine model = ShippedMoonshine.open(1, runtime);
    for (String clip : CLIPS) {
      JsonNode expected = cases.get(clip);
      EncodedChunks encoded = model.engine().encoders().get(0).encode(samples(expected));
      assertThat(encoded.frames()).isEqualTo(expected.get("frames").asInt());
      float[] first = new float[4];
      encoded.states().read(0, first);
      for (int i = 0; i < first.length; i++) {
        assertThat((double) first[i])
            .isCloseTo(expected.get("hidden_first").get(i).asDouble(), within(0.05));
      }
    }
  }

  @Test
  void wordsAreTimedAsByTheReference() throws Exception {
    ShippedMoonshine model = ShippedMoonshine.open(1, runtime);
    List<Double> differences = new ArrayList<>();
    for (String clip : CLIPS) {
      JsonNode expected = cases.get(clip);
      WindowSound sound = new WindowSound(samples(expected), 0, expected.get("samples").asInt());
      EncodedChunks encoded = model.engine().encoders().get(0).encode(sound.samples());
      List<ScoredToken> tokens = model.hear(encoded, sound.spoken()).tokens();
      List<WordSplitter.Part> words = model.engine().words().split(tokens, "en");
      List<WordTimes.Stretch> times =
          model.engine().wordTimes().attended(tokens, words, encoded, sound).orElseThrow();
      for (int i = 0; i < words.size(); i++) {
        JsonNode word = expected.get("words").get(i);
        assertThat(words.get(i).text()).isEqualTo(word.get(0).asText());
        differences.add(Math.abs(times.get(i).start() / 16_000.0 - word.get(1).asDouble()));
        differences.add(Math.abs(times.get(i).end() / 16_000.0 - word.get(2).asDouble()));
      }
    }
    assertThat(differences).hasSizeGreaterThan(200);
    assertThat(differences.stream().mapToDouble(each -> each).average().orElseThrow())
        .isLessThan(0.01);
    assertThat((double) differences.stream().filter(each -> each > 0.05).count())
        .isLessThanOrEqualTo(differences.size() / 50.0);
  }

  private float[] samples(JsonNode expected) throws Exception {
    Path recording = folder.resolve(expected.get("file").asText());
    SampleSource samples = RecordedSamples.of(recording, scratch.resolve("samples.raw"));
    return samples.read(new SampleSpan(0, samples.length())).samples();
  }

  private static float[] tone() {
    float[] samples = new float[48_000];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = (float) (0.2 * Math.sin(2 * Math.PI * 440 * i / 16_000));
    }
    return samples;
  }

  /** The generator of the reference: x = (1103515245 x + 12345) mod 2^31. */
  private static float[] noise(int length, float amplitude) {
    float[] samples = new float[length];
    long x = 1;
    for (int i = 0; i < length; i++) {
      x = (1_103_515_245 * x + 12_345) % 2_147_483_648L;
      samples[i] = amplitude * (float) (x / 1_073_741_824.0 - 1);
    }
    return samples;
  }

  private static List<Integer> ints(JsonNode array) {
    List<Integer> values = new ArrayList<>();
    array.forEach(value -> values.add(value.asInt()));
    return values;
  }
}
