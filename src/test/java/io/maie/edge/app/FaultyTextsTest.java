package io.maie.edge.app;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.maie.edge.audio.decode.Fault;
import io.maie.edge.cli.DirectProcessing;
import io.maie.edge.cli.InstallationChoice;
import io.maie.edge.cli.ProcessingOrder;
import io.maie.edge.cli.RecordingListener;
import io.maie.edge.cli.RecordingOutcome;
import io.maie.edge.cli.RecordingOutcome.Published;
import io.maie.edge.evaluation.EditCounts;
import io.maie.edge.evaluation.NormalisedText;
import io.maie.edge.request.ParameterLayer;
import io.maie.edge.testing.ExternalProgram;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Text and times of faulty files are those of the clean recording, as the program ships. {@code
 * -Dmaie.texts=200} tries all combinations instead of one for each fault.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class FaultyTextsTest {
  private static final Path INSTALLATION = Path.of("").toAbsolutePath();
  private static final Path SAMPLE = INSTALLATION.resolve("src/main/dist/samples/kennedy.flac");

  /** Names of formats, and how ffmpeg writes them. */
  private static final Map<String, String> FORMATS =
      new TreeMap<>(
          Map.of(
              "wav", "-ac 2 -ar 44100 -f wav",
              "flac", "-f flac",
              "aiff", "-ar 48000 -f aiff",
              "caf", "-f caf",
              "w64", "-f w64",
              "m4a", "-c:a aac -b:a 96k -f mp4",
              "mp3", "-c:a libmp3lame -b:a 96k -f mp3",
              "opus", "-c:a libopus -b:a 64k -page_duration 200000 -f ogg",
              "webm", "-c:a libopus -b:a 64k -f webm"));

  /** Joints of other rates sound as those of the same; their samples are compared elsewhere. */
  private static final Set<Fault> FAULTS =
      EnumSet.complementOf(EnumSet.of(Fault.JOINED_WITH_ANOTHER_RATE));

  /** Words by which the texts of lossy formats may differ, of each recording. */
  private static final int MOST_WRONG = 1;

  private static final double MOVED_SECONDS = 0.25;

  /** The pause between two joined recordings may count with a word beside it. */
  private static final double MOVED_AT_JOINT_SECONDS = 1;

  private final Map<String, byte[]> encoded = new TreeMap<>();
  private Path folder;
  private DirectProcessing direct;

  /** A word as it is compared. */
  private record Said(String word, double start) {}

  @BeforeAll
  void start(@TempDir Path scratch) throws Exception {
    folder = scratch;
    direct =
        new InstalledProgram(INSTALLATION, folder, Map.of())
            .direct(
                new InstallationChoice(folder.resolve("home"), null, null),
                new ProcessingOrder(ParameterLayer.empty("test"), folder.resolve("results")),
                RecordingListener.disabled());
    for (Map.Entry<String, String> format : FORMATS.entrySet()) {
      encoded.put(format.getKey(), encode(format.getKey(), format.getValue()));
    }
  }

  @AfterAll
  void stop() throws Exception {
    direct.close();
  }

  /** Each fault once, in another format than its neighbours, then in the other formats. */
  Stream<Arguments> combinations() {
    List<String> formats = List.copyOf(FORMATS.keySet());
    List<Arguments> all = new ArrayList<>();
    for (int turn = 0; turn < formats.size(); turn++) {
      int number = turn;
      for (Fault fault : FAULTS) {
        List<String> possible =
            formats.stream().filter(format -> file(format, fault).isPresent()).toList();
        if (turn < possible.size()) {
          all.add(arguments(possible.get(number % possible.size()), fault));
        }
        number++;
      }
    }
    return all.stream().limit(Integer.getInteger("maie.texts", FAULTS.size()));
  }

  @ParameterizedTest
  @MethodSource("combinations")
  void aFaultyFileHasTheTextAndTimesOfTheCleanOne(String format, Fault fault) throws Exception {
    List<Said> clean = words(processed(SAMPLE));
    Path file = folder.resolve(fault + "." + format);
    Files.write(file, file(format, fault).orElseThrow());

    JsonNode result = processed(file);

    List<Said> expected = new ArrayList<>(clean);
    if (fault.isJoined()) {
      double seconds = result.at("/source/duration_seconds").asDouble() / 2;
      clean.forEach(said -> expected.add(new Said(said.word(), said.start() + seconds)));
    }
    List<Said> found = words(result);
    EditCounts edits = EditCounts.between(text(expected), text(found));
    long wrong = edits.substitutions() + edits.deletions() + edits.insertions();
    assertThat(wrong).as("%s, found %s", expected, found).isLessThanOrEqualTo(mostWrong(fault));
    double moved = fault.isJoined() ? MOVED_AT_JOINT_SECONDS : MOVED_SECONDS;
    if (wrong == 0) {
      for (int i = 0; i < found.size(); i++) {
        assertThat(found.get(i).start())
            .as("%s", found.get(i))
            .isCloseTo(expected.get(i).start(), within(moved));
      }
    }
  }

  private static int mostWrong(Fault fault) {
    return fault.isJoined() ? 2 * MOST_WRONG : MOST_WRONG;
  }

  private Optional<byte[]> file(String format, Fault fault) {
    String second = fault == Fault.JOINED_WITH_WAV ? "wav" : format;
    return fault.in(requireNonNull(encoded.get(format)), requireNonNull(encoded.get(second)));
  }

  private byte[] encode(String format, String arguments) throws Exception {
    Path file = folder.resolve("clean." + format);
    List<String> command = new ArrayList<>();
    command.add(ExternalProgram.require("ffmpeg").toString());
    command.addAll(List.of("-v", "error", "-i", SAMPLE.toString()));
    command.addAll(List.of(arguments.split(" ", -1)));
    command.add(file.toString());
    ExternalProgram.run(command);
    return Files.readAllBytes(file);
  }

  private JsonNode processed(Path recording) throws Exception {
    RecordingOutcome outcome = direct.process(recording);
    assertThat(outcome).isInstanceOf(Published.class);
    return new JsonMapper().readTree(((Published) outcome).document().toFile());
  }

  private static List<Said> words(JsonNode result) {
    List<Said> words = new ArrayList<>();
    for (JsonNode segment : result.at("/results/segments")) {
      for (JsonNode word : segment.path("words")) {
        for (String part : NormalisedText.words(word.path("word").asText(), "en")) {
          words.add(new Said(part, word.path("start").asDouble()));
        }
      }
    }
    return words;
  }

  private static List<String> text(List<Said> words) {
    return words.stream().map(Said::word).toList();
  }
}
