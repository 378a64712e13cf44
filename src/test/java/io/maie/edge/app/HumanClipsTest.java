package io.maie.edge.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.maie.edge.audio.SampleSource;
import io.maie.edge.audio.SampleSpan;
import io.maie.edge.audio.Waveform;
import io.maie.edge.cli.DirectProcessing;
import io.maie.edge.cli.InstallationChoice;
import io.maie.edge.cli.ProcessingOrder;
import io.maie.edge.cli.RecordingListener;
import io.maie.edge.cli.RecordingOutcome.Published;
import io.maie.edge.evaluation.EditCounts;
import io.maie.edge.evaluation.NormalisedText;
import io.maie.edge.request.ParameterLayer;
import io.maie.edge.testing.RecordedSamples;
import io.maie.edge.testing.SharedMaterial;
import io.maie.edge.testing.WaveBytes;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole program, with its defaults and the shipped models, on nine recordings of people. */
final class HumanClipsTest {
  private static final int RATE = Waveform.SAMPLE_RATE;

  /** Twenty decibels. */
  private static final float QUIETER = 0.1f;

  /** A recording, and the words that are said in it. */
  private record Clip(Path file, String said) {
    static Clip of(String said, String... path) {
      return new Clip(SharedMaterial.require("audio", path), said);
    }
  }

  @TempDir private Path folder;

  private List<Clip> clips = List.of();

  @BeforeEach
  void findClips() {
    clips =
        List.of(
            Clip.of(
                "and mister john dashwood had then leisure to consider how much there might be"
                    + " prudently in his power to do for them",
                "clips",
                "lv0870.wav"),
            Clip.of("he was not an ill disposed young man", "clips", "lv0880.wav"),
            Clip.of(
                "unless to be rather cold hearted and rather selfish is to be ill disposed",
                "clips",
                "lv0890.wav"),
            Clip.of(
                "had he married a more amiable woman he might have been made still more"
                    + " respectable than he was",
                "clips",
                "lv0920.wav"),
            Clip.of("he might even have been made amiable himself", "clips", "lv0930.wav"),
            Clip.of(
                "and so my fellow americans ask not what your country can do for you ask what you"
                    + " can do for your country",
                "jfk.flac"),
            Clip.of(
                "the cut on his chest still dripping blood the ache of his overstrained eyes even"
                    + " the soaring arena around him with the thousands of spectators were"
                    + " trivialities not worth thinking about",
                "libri-1272-141231-0002.wav"),
            Clip.of("go forward ten meters", "clips", "goforward.wav"),
            Clip.of(
                "ever tried ever failed no matter try again fail again fail better",
                "clips",
                "beckett.wav"));
  }

  @Test
  void atMostFiveOfTheirWordsAreWrong() throws Exception {
    EditCounts errors = EditCounts.NONE;
    try (DirectProcessing program = program(2)) {
      for (Clip clip : clips) {
        errors = errors.plus(errors(clip.said(), results(program, clip.file())));
      }
    }

    assertThat(errors.length()).isEqualTo(139);
    assertThat(errors.rate()).isLessThanOrEqualTo(0.036);
  }

  @Test
  void joinedTheyLoseNoStretchOfSpeechAndFewWords() throws Exception {
    List<Clip> order = new ArrayList<>(clips);
    order.addAll(clips);
    Collections.shuffle(order, new Random(7));
    Path recording = joined(order);
    List<String> said = order.stream().map(Clip::said).toList();
    JsonNode results;
    try (DirectProcessing program = program(2)) {
      results = results(program, recording);
    }

    assertThat(errors(String.join(" ", said), results).rate()).isLessThanOrEqualTo(0.055);
    assertThat(regionsWithoutWords(results)).isEmpty();
  }

  @Test
  void oneThreadHearsWhatTwoHear() throws Exception {
    Path recording = joined(clips);
    try (DirectProcessing one = program(1);
        DirectProcessing two = program(2)) {
      String heard = results(one, recording).toString();

      assertThat(results(two, recording).toString()).isEqualTo(heard);
      assertThat(results(two, recording).toString()).isEqualTo(heard);
    }
  }

  private DirectProcessing program(int threads) throws Exception {
    Path installation = Path.of("").toAbsolutePath();
    Path home = Files.createDirectories(folder.resolve("home-" + threads));
    Map<String, String> settings = Map.of("MAIE_ONNX__THREADS", Integer.toString(threads));
    Path results = folder.resolve("results-" + threads);
    return new InstalledProgram(
            installation, installation.resolve("src/main/dist/samples"), settings)
        .direct(
            new InstallationChoice(home, null, null),
            new ProcessingOrder(ParameterLayer.empty("test"), results),
            RecordingListener.disabled());
  }

  private static JsonNode results(DirectProcessing program, Path recording) throws Exception {
    Path document = ((Published) program.process(recording)).document();
    JsonNode results = new ObjectMapper().readTree(document.toFile()).path("results");
    Files.delete(document);
    return results;
  }

  private static EditCounts errors(String said, JsonNode results) {
    return EditCounts.between(
        NormalisedText.words(said, "en"),
        NormalisedText.words(results.path("raw_transcript").asText(), "en"));
  }

  private static List<JsonNode> regionsWithoutWords(JsonNode results) {
    List<JsonNode> empty = new ArrayList<>();
    for (JsonNode region : results.path("speech_regions")) {
      boolean hasWords = false;
      for (JsonNode segment : results.path("segments")) {
        hasWords |=
            segment.path("start").asDouble() < region.path("end").asDouble()
                && segment.path("end").asDouble() > region.path("start").asDouble();
      }
      if (!hasWords) {
        empty.add(region);
      }
    }
    return empty;
  }

  /** One recording, with pauses and faint noise between them; each second one is far quieter. */
  private Path joined(List<Clip> order) throws Exception {
    Random random = new Random(11);
    List<float[]> parts = new ArrayList<>();
    for (int i = 0; i < order.size(); i++) {
      SampleSource sound = RecordedSamples.of(order.get(i).file(), folder.resolve("clip.pcm"));
      float[] samples = sound.read(new SampleSpan(0, sound.length())).samples();
      parts.add(scaled(samples, i % 2 == 0 ? 1 : QUIETER));
      parts.add(new float[RATE / 5 + random.nextInt(RATE)]);
    }
    return Files.write(folder.resolve("joined.wav"), WaveBytes.of(filled(parts, random)));
  }

  private static float[] scaled(float[] samples, float factor) {
    float[] scaled = new float[samples.length];
    for (int i = 0; i < samples.length; i++) {
      scaled[i] = factor * samples[i];
    }
    return scaled;
  }

  private static float[] filled(List<float[]> parts, Random random) {
    float[] all = new float[parts.stream().mapToInt(part -> part.length).sum()];
    int at = 0;
    for (float[] part : parts) {
      for (float sample : part) {
        all[at++] = (float) (sample + 0.0002 * random.nextGaussian());
      }
    }
    return all;
  }
}
