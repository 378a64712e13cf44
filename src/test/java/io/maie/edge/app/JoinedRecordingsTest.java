package io.maie.edge.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.maie.edge.cli.DirectProcessing;
import io.maie.edge.cli.InstallationChoice;
import io.maie.edge.cli.ProcessingOrder;
import io.maie.edge.cli.RecordingListener;
import io.maie.edge.cli.RecordingOutcome;
import io.maie.edge.cli.RecordingOutcome.Published;
import io.maie.edge.evaluation.NormalisedText;
import io.maie.edge.request.ParameterLayer;
import io.maie.edge.testing.SharedMaterial;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.opentest4j.AssertionFailedError;

/**
 * The whole program with Whisper on recordings made of several clips of people. The system property
 * {@code maie.joined} says how many recordings (200 for a long look), {@code maie.joined.models}
 * another folder of models.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class JoinedRecordingsTest {
  private static final int USUAL_COUNT = 8;

  /** Speech that is as long has words, or the result warns, in seconds. */
  private static final double MOST_UNHEARD = 1.5;

  /** Regions reach beyond the speech in them, at each end, in seconds. */
  private static final double REGION_EDGE = 0.5;

  /** Words in a row that nobody says twice by chance. */
  private static final int PHRASE = 4;

  /** The share of the words of a clip that the model gets right at the least. */
  private static final double LEAST_FOUND = 0.3;

  /** A clip whose language Whisper base does not know even by itself: 0.13 at the most. */
  private static final String HARD = "Dal passo si sale sulla vetta lungo la cresta sud.";

  private Path folder;
  private DirectProcessing program;

  @BeforeAll
  void open(@TempDir Path scratch) throws Exception {
    folder = scratch;
    Path installation = Path.of("").toAbsolutePath();
    Map<String, String> settings =
        Map.of(
            "MAIE_MODELS__PATH",
            models(installation).toString(),
            "MAIE_ASR__WHISPER__BEAM_SIZE",
            "1");
    ProcessingOrder order =
        new ProcessingOrder(ParameterLayer.empty("test"), folder.resolve("results"));
    program =
        new InstalledProgram(installation, installation.resolve("src/main/dist/samples"), settings)
            .direct(
                new InstallationChoice(Files.createDirectories(folder.resolve("home")), null, null),
                order,
                RecordingListener.disabled());
  }

  @AfterAll
  void close() {
    program.close();
  }

  private Path models(Path installation) throws IOException {
    String given = System.getProperty("maie.joined.models");
    if (given != null) {
      return Path.of(given);
    }
    Path models = Files.createDirectories(folder.resolve("models"));
    copy(installation.resolve("models/silero-vad"), models.resolve("silero-vad"));
    copy(SharedMaterial.require("models", "whisper-base"), models.resolve("whisper-base"));
    return models;
  }

  private static void copy(Path from, Path to) throws IOException {
    try (var files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(from.relativize(file).toString()));
      }
    }
  }

  static IntStream numbers() {
    return IntStream.range(0, Integer.getInteger("maie.joined", USUAL_COUNT));
  }

  @ParameterizedTest
  @MethodSource("numbers")
  void everyClipIsHeardOnceInItsPlace(int number) throws Exception {
    JoinedClips clips = JoinedClips.write(number, folder);
    RecordingOutcome outcome = program.process(clips.file());
    Files.delete(clips.file());
    assertThat(outcome).isInstanceOf(Published.class);
    JsonNode result = new ObjectMapper().readTree(((Published) outcome).document().toFile());
    List<String> faults = new ArrayList<>();
    faults.addAll(unheard(result));
    faults.addAll(backwards(result));
    faults.addAll(doubled(result, clips));
    faults.addAll(lost(result, clips));
    if (!faults.isEmpty()) {
      throw new AssertionFailedError(
          "%s%n%s%n%s".formatted(faults, clips, result.path("results").path("segments")));
    }
  }

  private static List<String> unheard(JsonNode result) {
    if (result.path("warnings").toString().contains("UNHEARD_SPEECH")) {
      return List.of();
    }
    List<String> faults = new ArrayList<>();
    for (JsonNode region : result.path("results").path("speech_regions")) {
      double from = region.path("start").asDouble() + REGION_EDGE;
      double end = region.path("end").asDouble() - REGION_EDGE;
      for (JsonNode word : words(result)) {
        if (word.path("end").asDouble() > from && word.path("start").asDouble() < end) {
          addGap(from, word.path("start").asDouble(), faults);
          from = Math.max(from, word.path("end").asDouble());
        }
      }
      addGap(from, end, faults);
    }
    return faults;
  }

  private static void addGap(double from, double to, List<String> faults) {
    if (to - from >= MOST_UNHEARD) {
      faults.add("no word from %.2f to %.2f".formatted(from, to));
    }
  }

  private static List<String> backwards(JsonNode result) {
    List<String> faults = new ArrayList<>();
    double last = 0;
    for (JsonNode word : words(result)) {
      double start = word.path("start").asDouble();
      if (start < last - 0.001 || word.path("end").asDouble() < start) {
        faults.add("%s goes back from %.2f".formatted(word, last));
      }
      last = word.path("end").asDouble();
    }
    return faults;
  }

  private static List<String> doubled(JsonNode result, JoinedClips clips) {
    Map<List<String>, Integer> expected = new HashMap<>();
    phrases(String.join(" ", clips.said())).forEach(each -> expected.merge(each, 1, Integer::sum));
    Map<List<String>, Integer> heard = new HashMap<>();
    phrases(result.path("results").path("raw_transcript").asText())
        .forEach(each -> heard.merge(each, 1, Integer::sum));
    List<String> faults = new ArrayList<>();
    heard.forEach(
        (phrase, count) -> {
          if (count > Math.max(repeats(clips), expected.getOrDefault(phrase, 0))) {
            faults.add("%d times %s".formatted(count, phrase));
          }
        });
    return faults;
  }

  /** Clips of which hardly a word is there: left out, or written in another language. */
  private static List<String> lost(JsonNode result, JoinedClips clips) {
    List<String> heard =
        NormalisedText.words(result.path("results").path("raw_transcript").asText(), "en");
    List<String> faults = new ArrayList<>();
    for (String said : clips.said()) {
      List<String> words = NormalisedText.words(said, "en");
      long found = words.stream().filter(heard::contains).count();
      boolean isTold = !said.equals(HARD);
      if (isTold && words.size() > PHRASE && found < LEAST_FOUND * words.size()) {
        faults.add("lost: " + said);
      }
    }
    return faults;
  }

  /** Counts the uses of the most frequent clip. */
  private static int repeats(JoinedClips clips) {
    Map<String, Integer> counts = new HashMap<>();
    clips.said().forEach(each -> counts.merge(each, 1, Integer::sum));
    return counts.values().stream().mapToInt(Integer::intValue).max().orElse(1);
  }

  private static List<List<String>> phrases(String text) {
    List<String> words = NormalisedText.words(text, "en");
    return IntStream.rangeClosed(0, words.size() - PHRASE)
        .mapToObj(i -> words.subList(i, i + PHRASE))
        .toList();
  }

  private static List<JsonNode> words(JsonNode result) {
    List<JsonNode> words = new ArrayList<>();
    for (JsonNode segment : result.path("results").path("segments")) {
      segment.path("words").forEach(words::add);
    }
    return words;
  }
}
