package io.maie.edge.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.maie.edge.cli.DirectProcessing;
import io.maie.edge.cli.InstallationChoice;
import io.maie.edge.cli.ProcessingOrder;
import io.maie.edge.cli.RecordingListener;
import io.maie.edge.cli.RecordingOutcome;
import io.maie.edge.cli.RecordingOutcome.Published;
import io.maie.edge.request.ParameterLayer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.commons.io.file.PathUtils;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The same recording, model and settings give the same results, whatever was done before. */
final class WhisperRepetitionTest {
  private static final Path INSTALLATION = Path.of("").toAbsolutePath();
  private static final Path SAMPLES = INSTALLATION.resolve("src/main/dist/samples");
  private static final Path GOLDEN = Path.of("src/test/resources/golden/whisper");

  @TempDir private Path folder;
  private Path models;

  @BeforeEach
  void install() throws IOException {
    models = Files.createDirectories(folder.resolve("models"));
    PathUtils.copyDirectory(
        INSTALLATION.resolve("models/silero-vad"), models.resolve("silero-vad"));
  }

  @ParameterizedTest
  @CsvSource({"micro, 1, 0", "micro, 5, 0", "micro, 1, 1", "distil, 1, 0", "distil, 5, 0 1"})
  void twoRunsOfOneRecordingGiveTheSameBytes(String model, String beams, String temperatures)
      throws Exception {
    PathUtils.copyDirectory(GOLDEN.resolve(model), models.resolve(model));
    Map<String, String> environment =
        Map.of(
            "MAIE_MODELS__PATH",
            models.toString(),
            "MAIE_ASR__MODEL",
            model,
            "MAIE_ASR__WHISPER__BEAM_SIZE",
            beams,
            "MAIE_ASR__WHISPER__TEMPERATURES",
            temperatures.replace(' ', ','));

    String first = results(environment, "first");
    String second = results(environment, "second");

    assertThat(second).isEqualTo(first);
  }

  /** Answer of a separate program, which shares only the model's files with others. */
  private String results(Map<String, String> environment, String run) throws Exception {
    ProcessingOrder order =
        new ProcessingOrder(ParameterLayer.empty("test"), folder.resolve("results of " + run));
    InstallationChoice where = new InstallationChoice(folder.resolve("home of " + run), null, null);
    try (DirectProcessing direct =
        new InstalledProgram(INSTALLATION, SAMPLES, environment)
            .direct(where, order, RecordingListener.disabled())) {
      RecordingOutcome outcome = direct.process(SAMPLES.resolve("welcome.wav"));
      assertThat(outcome).isInstanceOf(Published.class);
      return results(((Published) outcome).document());
    }
  }

  /** The bytes as they lie there, once it is sure that they say something. */
  private static String results(Path document) throws IOException {
    String text = Files.readString(document);
    JsonNode segments = new JsonMapper().readTree(text).at("/results/segments");
    assertThat(segments).as(text).isNotEmpty();
    return text.substring(text.indexOf("\"results\""), text.indexOf("\"metrics\""));
  }
}
