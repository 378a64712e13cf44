package io.maie.edge.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.maie.edge.failure.FailureCode;
import io.maie.edge.failure.ProcessingException;
import io.maie.edge.progress.Stage;
import io.maie.edge.request.RecordingParameters;
import io.maie.edge.task.ApiTasks;
import io.maie.edge.task.TaskIds;
import io.maie.edge.task.TaskRecord;
import io.maie.edge.telemetry.Status;
import io.maie.edge.testing.ScratchDaemon;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real server on loopback, with a daemon whose engines are scripted. */
final class ApiServerTest {
  private static final String KEY = "0123456789abcdef0123456789abcdef";
  private static final long PAUSE_NANOS = 5_000_000;
  private static final long MOST_BYTES = 100_000;
  private static final JsonMapper JSON = new JsonMapper();

  @TempDir Path home;
  private final HttpClient client = HttpClient.newHttpClient();
  private final CountDownLatch hold = new CountDownLatch(1);
  private ScratchDaemon daemon;
  private ApiServer server;

  @BeforeEach
  void start() throws IOException {
    daemon = ScratchDaemon.prepare(home, false);
    daemon.daemon.start();
    server = server();
    server.start();
  }

  @AfterEach
  void stop() {
    hold.countDown();
    server.close();
    daemon.close();
  }

  private ApiServer server() {
    TaskIds ids = new TaskIds(Clock.systemUTC(), new Random(5));
    ApiTasks tasks = new ApiTasks(daemon.spool.store, ids, Clock.systemUTC());
    HttpOptions options =
        new HttpOptions("127.0.0.1", 0, List.of(KEY), List.of(), MOST_BYTES, 2, 1, false);
    return ApiServer.of(options, tasks, daemon.spool.places.stored(), new DaemonProcessing(daemon));
  }

  private record DaemonProcessing(ScratchDaemon scratch) implements Processing {
    @Override
    public Status status() {
      return scratch.daemon.status();
    }

    @Override
    public RecordingParameters defaults() {
      return RecordingParameters.DEFAULTS;
    }

    @Override
    public void accept(TaskRecord task) {
      scratch.daemon.accept(task);
    }

    @Override
    public void cancel(String taskId) throws IOException {
      scratch.cancel(taskId);
    }
  }

  @Test
  void aRecordingIsAnsweredWithItsResult() throws Exception {
    HttpResponse<String> answer =
        send(form("/v1/process-sync", 64, "features", "raw_transcript", "enable_vad", "yes"));

    JsonNode result = JSON.readTree(answer.body());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    assertThat(result.path("status").asText()).isEqualTo("COMPLETE");
    assertThat(result.path("source").path("name").asText()).isEqualTo("talk.wav");
    assertThat(result.at("/results/raw_transcript").asText()).isNotEmpty();
    assertThat(daemon.spool.files("outbox")).noneMatch(name -> name.endsWith(".json"));
    await().untilAsserted(() -> assertThat(home.resolve("work")).isEmptyDirectory());
    assertThat(daemon.spool.files("archive")).containsExactly("talk.wav", "talk.wav.job.json");
  }

  @Test
  void aTaskCanBeFollowedAndItsResultFetchedInEveryFormat() throws Exception {
    HttpResponse<String> accepted = send(form("/v1/process", 64));
    String id = JSON.readTree(accepted.body()).path("task_id").asText();

    assertThat(accepted.statusCode()).isEqualTo(202);
    assertThat(accepted.headers().firstValue("Location")).hasValue("/v1/status/" + id);
    await()
        .untilAsserted(
            () ->
                assertThat(json(get("/v1/status/" + id)).path("status").asText())
                    .isEqualTo("COMPLETE"));
    assertThat(json(get("/v1/status/" + id)).at("/result/task_id").asText()).isEqualTo(id);
    assertThat(get("/v1/tasks/" + id + "/result.vtt").body()).startsWith("WEBVTT");
    assertThat(get("/v1/tasks/" + id + "/result.txt").body()).isNotEmpty();
    assertThat(get("/v1/tasks/" + id + "/result.srt").statusCode()).isEqualTo(200);
    assertThat(get("/v1/tasks/" + id + "/result").headers().firstValue("Content-Type"))
        .hasValue("application/json");
    assertThat(json(get("/v1/tasks")).at("/ended/0/task_id").asText()).isEqualTo(id);
  }

  @Test
  void withoutAKeyOnlyHealthIsTold() throws Exception {
    HttpResponse<String> answer = send(HttpRequest.newBuilder(uri("/v1/tasks")).build());

    assertThat(answer.statusCode()).isEqualTo(401);
    assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
    assertThat(json(answer).path("code").asText()).isEqualTo("UNAUTHORIZED");
    assertThat(send(HttpRequest.newBuilder(uri("/health")).build()).body()).contains("healthy");
    assertThat(send(HttpRequest.newBuilder(uri("/metrics")).build()).body())
        .contains("maie_tasks_total{outcome=\"published\"} 0");
  }

  @Test
  void anAddressThatSendsManyWrongKeysIsClosedForAWhile() throws Exception {
    for (int i = 0; i < 10; i++) {
      assertThat(withKey("wrong").statusCode()).isEqualTo(401);
    }

    assertThat(withKey("wrong").statusCode()).isEqualTo(429);
    assertThat(withKey(KEY).statusCode()).isEqualTo(429);
  }

  @Test
  void aBearerIsAKeyToo() throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(uri("/v1/tasks")).header("Authorization", "Bearer " + KEY).build();

    assertThat(send(request).statusCode()).isEqualTo(200);
  }

  @Test
  void aParameterThatIsNotValidIsNamed() throws Exception {
    HttpResponse<String> answer = send(form("/v1/process-sync", 64, "vad_threshold", "2"));

    assertThat(answer.statusCode()).isEqualTo(422);
    assertThat(json(answer).at("/errors/0/field").asText()).isEqualTo("vad_threshold");
    assertThat(home.resolve("work")).isEmptyDirectory();
  }

  @Test
  void aFormWithoutARecordingIsRefused() throws Exception {
    HttpResponse<String> answer = send(form("/v1/process", 0));

    assertThat(answer.statusCode()).isEqualTo(422);
    assertThat(json(answer).at("/errors/0/field").asText()).isEqualTo("file");
  }

  @Test
  void aFailureOfTheRecordingHasItsStatusAndCode() throws Exception {
    daemon.spool.engines.on(
        Stage.DECODE,
        context -> {
          throw new ProcessingException(FailureCode.UNSUPPORTED_CODEC, "scripted failure");
        });

    HttpResponse<String> answer = send(form("/v1/process-sync", 64));

    assertThat(answer.statusCode()).isEqualTo(415);
    assertThat(json(answer).path("code").asText()).isEqualTo("UNSUPPORTED_CODEC");
    assertThat(json(answer).path("task_id").asText()).isNotEmpty();
    assertThat(json(answer).path("hint").asText()).isNotEmpty();
  }

  @Test
  void aRecordingThatIsTooLargeIsRefusedAndNothingOfItStays() throws Exception {
    assertThat(send(form("/v1/process", 200_000)).statusCode()).isEqualTo(413);
    await().untilAsserted(() -> assertThat(home.resolve("work")).isEmptyDirectory());
  }

  @Test
  void aBodyThatBreaksOffLeavesNothing() throws Exception {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
      socket
          .getOutputStream()
          .write(
              ("POST /v1/process HTTP/1.1\r\nHost: localhost\r\nX-API-Key: "
                      + KEY
                      + "\r\nContent-Type: multipart/form-data; boundary=b\r\n"
                      + "Content-Length: 50000\r\n\r\n--b\r\nContent-Disposition: form-data;"
                      + " name=\"file\"; filename=\"a.wav\"\r\n\r\nabc")
                  .getBytes(UTF_8));
      socket.getOutputStream().flush();
      await().untilAsserted(() -> assertThat(home.resolve("work")).isNotEmptyDirectory());
    }
    await().untilAsserted(() -> assertThat(home.resolve("work")).isEmptyDirectory());
    assertThat(send(form("/v1/process-sync", 64)).statusCode()).isEqualTo(200);
  }

  @Test
  void aFullQueueSaysWhenToComeAgain() throws Exception {
    holdDecoding();
    send(form("/v1/process", 64));
    send(form("/v1/process", 64));

    HttpResponse<String> answer = send(form("/v1/process", 64));

    assertThat(answer.statusCode()).isEqualTo(429);
    assertThat(answer.headers().firstValue("Retry-After")).isPresent();
    hold.countDown();
    await()
        .untilAsserted(() -> assertThat(send(form("/v1/process", 64)).statusCode()).isEqualTo(202));
  }

  @Test
  void whoeverWaitsNoLongerIsSentToTheStatus() throws Exception {
    holdDecoding();

    HttpResponse<String> answer = send(form("/v1/process-sync?timeout=0", 64));

    assertThat(answer.statusCode()).isEqualTo(202);
    String location = answer.headers().firstValue("Location").orElseThrow();
    hold.countDown();
    await()
        .untilAsserted(
            () -> assertThat(json(get(location)).path("status").asText()).isEqualTo("COMPLETE"));
  }

  @Test
  void aTaskIsCancelledOnRequest() throws Exception {
    holdDecoding();
    String id = json(send(form("/v1/process", 64))).path("task_id").asText();
    String second = json(send(form("/v1/process", 64))).path("task_id").asText();

    HttpRequest request =
        HttpRequest.newBuilder(uri("/v1/tasks/" + second))
            .header("X-API-Key", KEY)
            .DELETE()
            .build();
    assertThat(send(request).statusCode()).isEqualTo(202);
    await()
        .until(
            () -> {
              try (Stream<Path> requests = Files.list(home.resolve("state/requests"))) {
                return requests.findAny().isEmpty();
              }
            });
    hold.countDown();

    await()
        .untilAsserted(
            () -> assertThat(get("/v1/tasks/" + second + "/result").statusCode()).isEqualTo(409));
    await()
        .untilAsserted(
            () ->
                assertThat(json(get("/v1/status/" + second)).path("error_code").asText())
                    .isEqualTo("CANCELLED"));
    await()
        .untilAsserted(
            () ->
                assertThat(json(get("/v1/status/" + id)).path("status").asText())
                    .isEqualTo("COMPLETE"));
  }

  @Test
  void aClientThatLeavesCancelsItsTask() throws Exception {
    CountDownLatch decoding = holdDecoding();
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
      String body =
          """
          --b
          Content-Disposition: form-data; name="file"; filename="a.wav"

          abcd
          --b--
          """
              .replace("\n", "\r\n");
      String head =
          "POST /v1/process-sync HTTP/1.1\r\nHost: localhost\r\nX-API-Key: "
              + KEY
              + "\r\nContent-Type: multipart/form-data; boundary=b\r\nContent-Length: "
              + body.length()
              + "\r\n\r\n";
      socket.getOutputStream().write((head + body).getBytes(UTF_8));
      socket.getOutputStream().flush();
      assertThat(decoding.await(30, TimeUnit.SECONDS)).isTrue();
    }
    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(
            () -> {
              assertThat(json(get("/v1/tasks")).at("/ended/0/error_code").asText())
                  .isEqualTo("CANCELLED");
            });
  }

  @Test
  void namesOfClientsAreNoPaths() throws Exception {
    HttpResponse<String> answer = send(named("/v1/process-sync", "../../etc/passwd"));

    assertThat(json(answer).path("source").path("path").asText()).isEqualTo("passwd");
    await().untilAsserted(() -> assertThat(daemon.spool.files("archive")).contains("passwd"));
  }

  @Test
  void noPathLeadsToAFile() throws Exception {
    for (String path :
        List.of("/../../etc/passwd", "/v1/tasks/..%2f..%2fetc/result", "/v1/tasks/../tasks.json")) {
      String answer = raw("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nX-API-Key: " + KEY);
      assertThat(answer).as(path).containsAnyOf(" 400 ", " 404 ");
    }
  }

  @Test
  void anotherHostOrOriginIsRefused() throws Exception {
    assertThat(raw("GET /v1/tasks HTTP/1.1\r\nHost: evil.example\r\nX-API-Key: " + KEY))
        .contains(" 421 ");
    assertThat(
            raw(
                "POST /v1/process HTTP/1.1\r\nHost: localhost\r\nOrigin: https://evil.example"
                    + "\r\nContent-Length: 0\r\nX-API-Key: "
                    + KEY))
        .contains(" 403 ");
  }

  @Test
  void tooManyBytesOfHeadersAreRefused() throws Exception {
    assertThat(raw("GET /health HTTP/1.1\r\nHost: localhost\r\nX-Long: " + "x".repeat(10_000)))
        .contains(" 431 ");
  }

  @Test
  void theIdOfARequestComesBack() throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(uri("/health")).header("X-Request-ID", "abc-1").build();

    assertThat(send(request).headers().firstValue("X-Request-ID")).hasValue("abc-1");
    assertThat(get("/health").headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
  }

  @Test
  void withoutEnoughDiskAnUploadIsRefused() throws Exception {
    server.close();
    ApiTasks tasks =
        new ApiTasks(
            daemon.spool.store, new TaskIds(Clock.systemUTC(), new Random(6)), Clock.systemUTC());
    HttpOptions options =
        new HttpOptions(
            "127.0.0.1", 0, List.of(KEY), List.of(), MOST_BYTES, 2, Long.MAX_VALUE, false);
    server =
        ApiServer.of(options, tasks, daemon.spool.places.stored(), new DaemonProcessing(daemon));
    server.start();

    assertThat(send(form("/v1/process", 64)).statusCode()).isEqualTo(507);
    assertThat(home.resolve("work")).isEmptyDirectory();
  }

  @Test
  void whileNothingIsProcessedNothingIsTaken() throws Exception {
    daemon.pause.pause();
    await().untilAsserted(() -> assertThat(get("/ready").statusCode()).isEqualTo(503));

    HttpResponse<String> answer = send(form("/v1/process", 64));

    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(answer.body()).contains("Paused by the operator");
  }

  private CountDownLatch holdDecoding() {
    CountDownLatch reached = new CountDownLatch(1);
    daemon.spool.engines.on(
        Stage.DECODE,
        context -> {
          reached.countDown();
          while (hold.getCount() > 0) {
            LockSupport.parkNanos(PAUSE_NANOS);
            context.tick(0.5);
          }
        });
    return reached;
  }

  private HttpResponse<String> withKey(String key) throws Exception {
    return send(HttpRequest.newBuilder(uri("/v1/tasks")).header("X-API-Key", key).build());
  }

  private String raw(String head) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
      socket.getOutputStream().write((head + "\r\nConnection: close\r\n\r\n").getBytes(UTF_8));
      socket.getOutputStream().flush();
      return new String(socket.getInputStream().readAllBytes(), UTF_8);
    }
  }

  private HttpRequest form(String path, int bytes, String... fields) {
    return form(path, "talk.wav", bytes, fields);
  }

  private HttpRequest named(String path, String name) {
    return form(path, name, 64);
  }

  private HttpRequest form(String path, String name, int bytes, String... fields) {
    StringBuilder body = new StringBuilder();
    for (int i = 0; i < fields.length; i += 2) {
      body.append("--bound\r\nContent-Disposition: form-data; name=\"").append(fields[i]);
      body.append("\"\r\n\r\n").append(fields[i + 1]).append("\r\n");
    }
    body.append("--bound\r\nContent-Disposition: form-data; name=\"file\"; filename=\"");
    body.append(name).append("\"\r\nContent-Type: audio/wav\r\n\r\n");
    body.append("s".repeat(bytes)).append("\r\n--bound--\r\n");
    return HttpRequest.newBuilder(uri(path))
        .header("X-API-Key", KEY)
        .header("Content-Type", "multipart/form-data; boundary=bound")
        .POST(HttpRequest.BodyPublishers.ofString(body.toString()))
        .build();
  }

  private HttpResponse<String> get(String path) throws Exception {
    return send(HttpRequest.newBuilder(uri(path)).header("X-API-Key", KEY).build());
  }

  private HttpResponse<String> send(HttpRequest request) throws Exception {
    return client.send(request, HttpResponse.BodyHandlers.ofString());
  }

  private static JsonNode json(HttpResponse<String> answer) throws IOException {
    return JSON.readTree(answer.body());
  }

  private URI uri(String path) {
    return URI.create("http://127.0.0.1:" + server.port() + path);
  }
}
