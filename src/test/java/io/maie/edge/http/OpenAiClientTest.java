package io.maie.edge.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.maie.edge.progress.PreviewText;
import io.maie.edge.progress.Stage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The client library that OpenAI publishes on npm, against the real server. */
final class OpenAiClientTest extends ApiScenario {
  private static final String CLIENT = "openai@7.59.0";
  private static final int MOST_SECONDS = 120;

  @TempDir Path scratch;

  @Test
  void theClientLibraryTranscribesTranslatesAndStreams() throws Exception {
    Path program = installed();
    Path recording = Files.writeString(scratch.resolve("talk.wav"), "s".repeat(64));
    api.daemon.spool.engines.on(
        Stage.ASR, context -> context.progress().preview(new PreviewText(0, 1, "heard")));

    JsonNode told =
        new JsonMapper()
            .readTree(
                run(
                    List.of(
                        "node",
                        program.toString(),
                        "http://127.0.0.1:" + api.port(),
                        ScratchApi.KEY,
                        recording.toString())));

    assertThat(told.at("/json/text").asText()).startsWith("heard ");
    assertThat(told.path("text").asText()).startsWith("heard ");
    assertThat(told.path("vtt").asText()).startsWith("WEBVTT");
    assertThat(told.at("/verbose/segments/0/text").asText()).startsWith("heard ");
    assertThat(told.at("/verbose/words/0/word").asText()).startsWith("heard ");
    assertThat(told.at("/verbose/duration").asDouble()).isPositive();
    JsonNode last = told.path("events").path(told.path("events").size() - 1);
    assertThat(last.path("type").asText()).isEqualTo("transcript.text.done");
    assertThat(last.path("text").asText()).startsWith("heard ");
    assertThat(told.at("/diarized/segments/0/speaker").asText()).isEqualTo("S1");
    assertThat(told.path("speakers"))
        .anyMatch(event -> event.path("type").asText().equals("transcript.text.segment"));
    assertThat(told.at("/translation/text").asText()).startsWith("heard ");
    assertThat(told.path("models")).anyMatch(name -> name.asText().equals("tiny-en"));
    assertThat(told.at("/error/isApiError").asBoolean()).isTrue();
    assertThat(told.at("/error/status").asInt()).isEqualTo(404);
    assertThat(told.at("/error/code").asText()).isEqualTo("model_not_found");
    assertThat(told.at("/error/param").asText()).isEqualTo("model");
    assertThat(told.at("/stranger/status").asInt()).isEqualTo(401);
  }

  private Path installed() throws IOException, InterruptedException {
    Path program = scratch.resolve("client.mjs");
    try (InputStream script = OpenAiClientTest.class.getResourceAsStream("/openai/client.mjs")) {
      Files.write(program, requireNonNull(script).readAllBytes());
    }
    List<String> install = List.of("npm", "install", "--silent", "--no-audit", "--no-fund", CLIENT);
    boolean isInstalled;
    try {
      Process npm = started(install);
      isInstalled = npm.waitFor(MOST_SECONDS, TimeUnit.SECONDS) && npm.exitValue() == 0;
    } catch (IOException e) {
      isInstalled = false;
    }
    assumeTrue(isInstalled, "npm is not there, or its registry cannot be reached");
    return program;
  }

  private String run(List<String> command) throws IOException, InterruptedException {
    Process process = started(command);
    String answer = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor(MOST_SECONDS, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(answer).isZero();
    return answer;
  }

  private Process started(List<String> command) throws IOException {
    return new ProcessBuilder(command)
        .directory(scratch.toFile())
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }
}
