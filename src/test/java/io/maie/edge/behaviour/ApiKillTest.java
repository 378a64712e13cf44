package io.maie.edge.behaviour;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.maie.edge.testing.WaveBytes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole program is killed while it serves clients of its API; the next one lives on. */
final class ApiKillTest {
  private static final Duration LIMIT = Duration.ofMinutes(2);
  private static final JsonMapper JSON = new JsonMapper();

  @TempDir private Path folder;
  private final HttpClient client = HttpClient.newHttpClient();
  private Path home;
  private Path hold;
  private Path reached;
  private Map<String, String> settings = Map.of();
  private RunningProgram program;

  /** A decoder that waits before a recording as long as the file {@code hold} is there. */
  @BeforeEach
  void start() throws IOException {
    home = Files.createDirectory(folder.resolve("home"));
    hold = folder.resolve("hold");
    reached = folder.resolve("reached");
    Path decoder = folder.resolve("decoder");
    Files.writeString(
        decoder,
        """
        #!/bin/sh
        case "$*" in */work/*)
          : > '%s'
          while [ -e '%s' ]; do sleep 0.05; done ;;
        esac
        exec ffmpeg "$@"
        """
            .formatted(reached, hold));
    assertThat(decoder.toFile().setExecutable(true)).isTrue();
    settings = Map.of("MAIE_FFMPEG__PATH", decoder.toString());
    program = RunningProgram.start(home, settings);
  }

  @AfterEach
  void stop() throws IOException {
    Files.deleteIfExists(hold);
    program.close();
  }

  private void killAndStartAgain() throws Exception {
    program.kill();
    program = RunningProgram.start(home, settings);
  }

  @Test
  void aKillEndsNoTaskAndLeavesNoUnfinishedUpload() throws Exception {
    Files.createFile(hold);
    List<String> tasks = List.of(send(), send());
    await().atMost(LIMIT).until(() -> Files.exists(reached));
    byte[] whole = request("/v1/process", 300_000);
    try (Socket socket = new Socket(program.address().getHost(), program.address().getPort())) {
      socket.getOutputStream().write(whole, 0, whole.length / 2);
      socket.getOutputStream().flush();
      await().atMost(LIMIT).until(() -> bytesBelow(home.resolve("work")) > whole.length / 3);

      killAndStartAgain();
    }

    assertThat(bytesBelow(home.resolve("work"))).isLessThan(whole.length / 3);
    assertThat(get("/v1/tasks").path("open").findValuesAsText("task_id"))
        .containsExactlyElementsOf(tasks);
    Files.delete(hold);
    assertThatEachHasOneResult(tasks);
    assertThat(get("/v1/status/" + tasks.get(0)).at("/result/attempts").asInt()).isEqualTo(2);
    assertThat(get("/v1/status/" + tasks.get(1)).at("/result/attempts").asInt()).isEqualTo(1);
  }

  /** bench/http tries many more moments, under many clients. */
  @Test
  void aKillAtAnyMomentLosesNoTaskThatAClientKnows() throws Exception {
    long seed = System.nanoTime();
    Random moments = new Random(seed);
    List<String> tasks = new ArrayList<>();
    for (int round = 0; round < 2; round++) {
      CompletableFuture<HttpResponse<String>> waiting =
          client.sendAsync(form("/v1/process-sync"), BodyHandlers.ofString());
      tasks.add(send());
      CompletableFuture<Void> moment =
          CompletableFuture.runAsync(
              () -> {},
              CompletableFuture.delayedExecutor(moments.nextInt(1_500), TimeUnit.MILLISECONDS));
      assertThat(moment).succeedsWithin(LIMIT);

      killAndStartAgain();

      // the answer may have been faster than the signal
      waiting.handle((told, failure) -> told == null ? -1 : told.statusCode()).join();
    }

    await()
        .atMost(LIMIT)
        .untilAsserted(
            () -> assertThat(get("/v1/tasks").path("open")).as("seed " + seed).isEmpty());
    JsonNode ended = get("/v1/tasks").path("ended");
    assertThat(ended.findValuesAsText("task_id")).as("seed " + seed).containsAll(tasks);
    assertThatEachHasOneResult(ended.findValuesAsText("task_id"));
  }

  @Test
  void aResultWhoseAnswerAKillCutsOffIsKept() throws Exception {
    Files.createFile(hold);
    CompletableFuture<HttpResponse<String>> answer =
        client.sendAsync(form("/v1/process-sync"), BodyHandlers.ofString());
    await().atMost(LIMIT).until(() -> Files.exists(reached));
    String task = get("/v1/tasks").at("/open/0/task_id").asText();
    Files.delete(hold);
    Path stored = home.resolve("state/results").resolve(task).resolve("task.json");
    await().pollInterval(Duration.ofMillis(1)).atMost(LIMIT).until(() -> Files.exists(stored));

    killAndStartAgain();

    // the answer may have been faster than the signal
    assertThat(answer.handle((told, failure) -> told == null || told.statusCode() == 200))
        .succeedsWithin(LIMIT)
        .isEqualTo(true);
    assertThatEachHasOneResult(List.of(task));
  }

  /** Every task has ended well, and all its files lie where they belong. */
  private void assertThatEachHasOneResult(List<String> tasks) throws Exception {
    await().atMost(LIMIT).until(() -> get("/v1/tasks").path("open").isEmpty());
    for (String task : tasks) {
      assertThat(get("/v1/status/" + task).path("status").asText()).isEqualTo("COMPLETE");
    }
    assertThat(get("/v1/tasks").path("ended").findValuesAsText("task_id"))
        .containsExactlyInAnyOrderElementsOf(tasks);
    await().atMost(LIMIT).untilAsserted(() -> assertThat(home.resolve("work")).isEmptyDirectory());
    try (Stream<Path> archived = Files.list(home.resolve("archive"))) {
      assertThat(archived.filter(file -> file.toString().endsWith(".wav"))).hasSameSizeAs(tasks);
    }
    assertThat(home.resolve("failed")).isEmptyDirectory();
  }

  private static long bytesBelow(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).mapToLong(file -> file.toFile().length()).sum();
    }
  }

  private String send() throws Exception {
    HttpResponse<String> answer = client.send(form("/v1/process"), BodyHandlers.ofString());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
    return JSON.readTree(answer.body()).path("task_id").asText();
  }

  private JsonNode get(String path) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(program.address().resolve(path))
            .header("X-API-Key", program.key())
            .build();
    return JSON.readTree(client.send(request, BodyHandlers.ofString()).body());
  }

  private HttpRequest form(String path) throws IOException {
    return HttpRequest.newBuilder(program.address().resolve(path))
        .header("X-API-Key", program.key())
        .header("Content-Type", "multipart/form-data; boundary=bound")
        .POST(HttpRequest.BodyPublishers.ofByteArray(body(8_000)))
        .build();
  }

  /** A whole request, byte by byte. */
  private byte[] request(String path, int samples) throws IOException {
    byte[] body = body(samples);
    String head =
        """
        POST %s HTTP/1.1\r
        Host: %s\r
        X-API-Key: %s\r
        Content-Length: %d\r
        Content-Type: multipart/form-data; boundary=bound\r
        \r
        """;
    ByteArrayOutputStream request = new ByteArrayOutputStream();
    request.writeBytes(
        head.formatted(path, program.address().getAuthority(), program.key(), body.length)
            .getBytes(UTF_8));
    request.writeBytes(body);
    return request.toByteArray();
  }

  private static byte[] body(int samples) {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    String head =
        "--bound\r\nContent-Disposition: form-data; name=\"file\"; filename=\"talk.wav\"\r\n\r\n";
    body.writeBytes(head.getBytes(UTF_8));
    body.writeBytes(WaveBytes.noise(samples, 3));
    body.writeBytes("\r\n--bound--\r\n".getBytes(UTF_8));
    return body.toByteArray();
  }
}
