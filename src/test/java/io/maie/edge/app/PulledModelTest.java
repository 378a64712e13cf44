package io.maie.edge.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.maie.edge.cli.DirectProcessing;
import io.maie.edge.cli.InstallationChoice;
import io.maie.edge.cli.MaieEdge;
import io.maie.edge.cli.ProcessingOrder;
import io.maie.edge.cli.RecordingListener;
import io.maie.edge.cli.RecordingOutcome;
import io.maie.edge.cli.RecordingOutcome.Published;
import io.maie.edge.cli.Terminal;
import io.maie.edge.request.ParameterLayer;
import io.maie.edge.testing.LoopbackHub;
import io.maie.edge.testing.ManualTicker;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.apache.commons.io.file.PathUtils;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** From an empty device to a transcript: a real model, a hub on the loopback address. */
final class PulledModelTest {
  private static final Path INSTALLATION = Path.of("").toAbsolutePath();
  private static final Path SAMPLES = INSTALLATION.resolve("src/main/dist/samples");
  private static final Path MODEL = Path.of("src/test/resources/golden/whisper/multilingual");

  @TempDir private Path folder;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private LoopbackHub hub;
  private Path models;

  @BeforeEach
  void publish() throws IOException {
    hub = LoopbackHub.open();
    hub.publish(MODEL);
    models = Files.createDirectories(folder.resolve("models"));
    PathUtils.copyDirectory(
        INSTALLATION.resolve("models/silero-vad"), models.resolve("silero-vad"));
  }

  @AfterEach
  void close() throws IOException {
    hub.close();
  }

  @Test
  void aPulledModelTranscribesWithoutConfiguration() throws Exception {
    assertThat(type("models", "pull", LoopbackHub.REPOSITORY, "--hub", hub.address())).isZero();
    assertThat(type("models", "list")).isZero();
    assertThat(type("models", "verify")).isZero();

    JsonNode result = new JsonMapper().readTree(transcribed().toFile());

    assertThat(out.toString(StandardCharsets.UTF_8))
        .contains("'whisper-micro' was pulled:")
        .containsPattern("(?m)^\\* whisper-micro +asr +whisper +fp32 .* ok$");
    assertThat(err.toString(StandardCharsets.UTF_8)).contains("whisper-micro: 100 %");
    JsonNode backend = result.path("versions").path("asr_backend");
    assertThat(backend.path("name").asText()).isEqualTo("whisper-micro");
    assertThat(backend.path("checkpoint_hash").asText()).startsWith("sha256:");
    assertThat(result.path("status").asText()).isEqualTo("COMPLETE");
  }

  @Test
  void theHubCanBeSetForGood() {
    assertThat(
            type(
                Map.of("MAIE_MODELS__HUB", hub.address()),
                "models",
                "pull",
                LoopbackHub.REPOSITORY))
        .isZero();
    assertThat(models.resolve("whisper-micro/model.lock.json")).exists();
  }

  @Test
  void aTokenIsTakenFromTheEnvironment() {
    type(
        Map.of("HF_TOKEN", "hf_secret", "MAIE_MODELS__HUB", hub.address()),
        "models",
        "pull",
        LoopbackHub.REPOSITORY);

    assertThat(hub.requests("/api/"))
        .isNotEmpty()
        .allSatisfy(
            request ->
                assertThat(request.headers()).containsEntry("authorization", "Bearer hf_secret"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"hf_secret\r", "hf_secret\n", " hf_secret"})
  void blanksAroundATokenDoNotMatter(String token) {
    assertThat(
            type(
                Map.of("HF_TOKEN", token, "MAIE_MODELS__HUB", hub.address()),
                "models",
                "pull",
                LoopbackHub.REPOSITORY))
        .isZero();

    assertThat(hub.requests("/api/").get(0).headers())
        .containsEntry("authorization", "Bearer hf_secret");
  }

  @ParameterizedTest
  @ValueSource(strings = {"hf_\rsecret", "hf_ secret", "hf_\u00fcsecret"})
  void aMalformedTokenIsRefusedAndNotShown(String token) {
    assertThat(
            type(
                Map.of("HF_TOKEN", token, "MAIE_MODELS__HUB", hub.address()),
                "models",
                "pull",
                LoopbackHub.REPOSITORY))
        .isEqualTo(64);

    assertThat(err.toString(StandardCharsets.UTF_8)).contains("HF_TOKEN").doesNotContain("secret");
  }

  @Test
  void everyFaultOfAPullHasAnExitCodeAndAHint() {
    hub.always("/revision/gone", reply -> reply.withStatus(404));

    assertThat(type("models", "pull", "whisper-tny")).isEqualTo(64);
    assertThat(type("models", "pull", "a/b/c")).isEqualTo(64);
    assertThat(type("models", "pull", "acme/x@gone", "--hub", hub.address())).isEqualTo(64);
    assertThat(type("models", "pull", "acme/x", "--hub", "hub.example")).isEqualTo(64);
    assertThat(
            type(
                "models",
                "pull",
                LoopbackHub.REPOSITORY,
                "--hub",
                hub.address(),
                "--variant",
                "q4"))
        .isEqualTo(1);
    hub.always("/resolve/", reply -> reply.withStatus(403));
    assertThat(type("models", "pull", LoopbackHub.REPOSITORY, "--hub", hub.address()))
        .isEqualTo(74);

    assertThat(err.toString(StandardCharsets.UTF_8))
        .contains("did you mean 'whisper-tiny'?")
        .contains("OWNER/NAME")
        .contains("encoder_model_q4.onnx")
        .contains("HF_TOKEN");
  }

  @Test
  void aDifferentNameAndVariantCanBeChosen() {
    assertThat(
            type(
                "models",
                "pull",
                LoopbackHub.REPOSITORY,
                "--hub",
                hub.address(),
                "--name",
                "mine",
                "--variant",
                "fp16"))
        .isZero();

    assertThat(models.resolve("mine/onnx/encoder_model_fp16.onnx")).exists();
    assertThat(models.resolve("mine/onnx/encoder_model_quantized.onnx")).doesNotExist();
  }

  private Path transcribed() throws Exception {
    ProcessingOrder order =
        new ProcessingOrder(ParameterLayer.empty("test"), folder.resolve("results"));
    InstallationChoice where = new InstallationChoice(folder.resolve("home"), null, null);
    try (DirectProcessing direct =
        program(Map.of()).direct(where, order, RecordingListener.disabled())) {
      RecordingOutcome outcome = direct.process(SAMPLES.resolve("welcome.wav"));
      assertThat(outcome).isInstanceOf(Published.class);
      return ((Published) outcome).document();
    }
  }

  private int type(String... arguments) {
    return type(Map.of(), arguments);
  }

  private int type(Map<String, String> environment, String... arguments) {
    Terminal terminal =
        new Terminal(
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            false);
    return new MaieEdge(program(environment), terminal, new ManualTicker()).run(arguments);
  }

  private InstalledProgram program(Map<String, String> environment) {
    Map<String, String> all = new HashMap<>(environment);
    all.put("MAIE_MODELS__PATH", models.toString());
    return new InstalledProgram(INSTALLATION, SAMPLES, all);
  }
}
