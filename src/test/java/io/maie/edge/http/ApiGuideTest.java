package io.maie.edge.http;

import static io.maie.edge.http.ScratchApi.json;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.maie.edge.failure.FailureCode;
import io.maie.edge.failure.ProcessingException;
import io.maie.edge.progress.Stage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs every line of docs/API.md that begins with curl, as a reader would. */
final class ApiGuideTest extends ApiScenario {
  private static final Path GUIDE = Path.of("docs", "API.md");
  private static final String ADDRESS = "http://127.0.0.1:8480";
  private static final String CURL = "curl ";
  private static final long MOST_SECONDS = 60;

  @TempDir Path scratch;

  @BeforeEach
  void writeFiles() throws IOException {
    Files.writeString(scratch.resolve("talk.wav"), "s".repeat(64));
    Files.writeString(
        scratch.resolve("notes.txt"),
        "We meet again on Monday. Anna will send the report by Friday. The budget is agreed.");
  }

  @Test
  void everyLineOfCurlWorks() throws Exception {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/curl")), "curl is not installed");
    List<String> lines =
        Files.readString(GUIDE).lines().filter(line -> line.contains(CURL)).toList();
    assertThat(lines).hasSizeGreaterThan(10).allMatch(line -> line.startsWith(CURL));
    String ended = api.finished();
    Map<String, String> told = new LinkedHashMap<>();

    for (String line : lines) {
      told.put(line, run(line, line.contains("/retry") ? failed() : ended(line, ended)));
      api.daemon.spool.engines.on(Stage.DECODE, context -> {});
      await()
          .atMost(Duration.ofSeconds(MOST_SECONDS))
          .until(() -> json(api.get("/v1/tasks")).path("open").isEmpty());
    }

    assertThat(told)
        .hasSameSizeAs(lines)
        .anySatisfy((line, answer) -> assertThat(answer).contains("raw_transcript"))
        .anySatisfy((line, answer) -> assertThat(answer).startsWith("WEBVTT"))
        .contains(entry("curl http://127.0.0.1:8480/health", "{\n  \"status\" : \"healthy\"\n}"));
    assertThat(scratch.resolve("talk.srt")).isNotEmptyFile();
    assertThat(scratch.resolve("head.wav")).hasSize(44);
    assertThat(scratch.resolve("openapi.json")).isNotEmptyFile();
  }

  /** The task that a line is about: one that has ended, or one that can still be cancelled. */
  private String ended(String line, String ended) throws Exception {
    if (!line.contains("-X DELETE")) {
      return ended;
    }
    api.holdDecoding();
    return ScratchApi.taskId(api.send(api.form("/v1/process", 64)));
  }

  private String failed() throws Exception {
    api.daemon.spool.engines.on(
        Stage.DECODE,
        context -> {
          throw new ProcessingException(FailureCode.UNSUPPORTED_CODEC, "scripted failure");
        });
    return api.finished();
  }

  private String run(String line, String task) throws IOException, InterruptedException {
    String command =
        line.replace(ADDRESS, "http://127.0.0.1:" + api.port())
            .replace(CURL, CURL + "-sS --fail-with-body --max-time " + MOST_SECONDS + " ");
    List<String> shell = new ArrayList<>(List.of("sh", "-c", command));
    Path output = Files.createTempFile(scratch, "answer", "");
    ProcessBuilder builder = new ProcessBuilder(shell).directory(scratch.toFile());
    builder.environment().putAll(Map.of("KEY", ScratchApi.KEY, "TASK", task));
    Process process = builder.redirectErrorStream(true).redirectOutput(output.toFile()).start();
    assertThat(process.waitFor(2 * MOST_SECONDS, TimeUnit.SECONDS)).as(line).isTrue();
    String answer = Files.readString(output, UTF_8);
    assertThat(process.exitValue()).as(line + ": " + answer).isZero();
    return answer;
  }
}
