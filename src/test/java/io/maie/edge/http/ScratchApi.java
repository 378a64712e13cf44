package io.maie.edge.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.maie.edge.failure.FailureCode;
import io.maie.edge.failure.ProcessingException;
import io.maie.edge.modelfile.ListedModel;
import io.maie.edge.progress.Stage;
import io.maie.edge.request.AsrBackend;
import io.maie.edge.request.RecordingParameters;
import io.maie.edge.schema.Problem;
import io.maie.edge.spool.RecordingFolder;
import io.maie.edge.task.ApiTasks;
import io.maie.edge.task.CancelRequest;
import io.maie.edge.task.KeptRecordings;
import io.maie.edge.task.Retries;
import io.maie.edge.task.RunningTask;
import io.maie.edge.task.Task;
import io.maie.edge.task.TaskIds;
import io.maie.edge.telemetry.Status;
import io.maie.edge.testing.ScratchDaemon;
import io.maie.edge.text.template.CheckedTemplate;
import io.maie.edge.text.template.Template;
import io.maie.edge.time.Ticker;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;

/** The real server on loopback, with a daemon whose engines are scripted. */
final class ScratchApi implements AutoCloseable {
  static final String KEY = "0123456789abcdef0123456789abcdef";

  /** Whose pages may ask with a key. */
  static final String PLACE = "https://notes.example";

  static final long MOST_BYTES = 100_000;
  private static final long PAUSE_NANOS = 5_000_000;
  private static final JsonMapper JSON = new JsonMapper();

  final ScratchDaemon daemon;
  private final HttpClient client = HttpClient.newHttpClient();
  private final CountDownLatch hold = new CountDownLatch(1);
  private final ApiServer server;

  private ScratchApi(ScratchDaemon daemon, HttpOptions options) throws IOException {
    this.daemon = daemon;
    TaskIds ids = new TaskIds(Clock.systemUTC(), new Random(5));
    ApiTasks tasks = new ApiTasks(daemon.spool.store, ids, Clock.systemUTC());
    ApiParts parts = parts(daemon, tasks, ids);
    this.server = ApiServer.of(options, parts);
  }

  private static ApiParts parts(ScratchDaemon daemon, ApiTasks tasks, TaskIds ids) {
    Path home = requireNonNull(tasks.folder().getParent());
    KeptRecordings recordings =
        new KeptRecordings(
            daemon.spool.store,
            new RecordingFolder(home.resolve("archive")),
            new RecordingFolder(home.resolve("failed")));
    return new ApiParts(
        tasks,
        daemon.spool.places.stored(),
        recordings,
        new Retries(daemon.spool.store, ids, recordings, Clock.systemUTC()),
        new DaemonProcessing(daemon),
        new SampleCatalogue(),
        Ticker.system());
  }

  static HttpOptions options() {
    return options(1, Optional.empty());
  }

  static HttpOptions options(long minFreeBytes, Optional<TlsFiles> tls) {
    return options(() -> List.of(KEY), minFreeBytes, tls);
  }

  /** Listens at every address of this machine. */
  static HttpOptions everywhere() {
    return new HttpOptions(
        "0.0.0.0",
        0,
        () -> List.of(KEY),
        List.of(),
        MOST_BYTES,
        2,
        1,
        false,
        List.of(),
        Optional.empty());
  }

  static HttpOptions options(KeySource keys, long minFreeBytes, Optional<TlsFiles> tls) {
    return new HttpOptions(
        "127.0.0.1", 0, keys, List.of(), MOST_BYTES, 2, minFreeBytes, false, List.of(PLACE), tls);
  }

  static ScratchApi start(Path home, HttpOptions options) throws IOException {
    ScratchDaemon daemon = ScratchDaemon.prepare(home, false);
    daemon.daemon.start();
    ScratchApi api = new ScratchApi(daemon, options);
    try {
      api.server.start();
      return api;
    } catch (IOException e) {
      api.close();
      throw e;
    }
  }

  /** An English model in use, one that translates, and one template that is fit. */
  private record SampleCatalogue() implements Catalogue {
    @Override
    public List<ListedModel> models() {
      return List.of(
          model("tiny-en", "asr", "moonshine", List.of("en"), "the only one"),
          model("whisper-small", "asr", "whisper", List.of("en", "de", "vi"), ""),
          model("silero", "vad", "silero", List.of(), "the only one"));
    }

    private static ListedModel model(
        String name, String task, String family, List<String> languages, String choice) {
      return new ListedModel(
          name, task, family, "1", languages, 100, "MIT", false, choice, "ok", "", "");
    }

    @Override
    public void requireRecognizer(RecordingParameters parameters) throws ProcessingException {
      if (parameters.asrBackend() == AsrBackend.CHUNKFORMER) {
        throw new ProcessingException(
            FailureCode.INVALID_PARAMETERS, "No chunkformer model here", "Pull one");
      }
      if (parameters.languagesToKnow().contains("zu")) {
        throw new ProcessingException(FailureCode.LANGUAGE_UNSUPPORTED, "nobody knows it");
      }
    }

    @Override
    public List<CheckedTemplate> templates() {
      return List.of(
          fit("minutes", "Minutes", "{\"a\": 1}"),
          new CheckedTemplate(
              "torn",
              Path.of("torn"),
              null,
              List.of(new Problem("torn", "", "there is no schema"))),
          fit("voice_memo", "Voice memo", "{}"));
    }

    private static CheckedTemplate fit(String id, String title, String example) {
      Template template = new Template(id, title, "", "{}", "Sum up", example, "[]");
      return new CheckedTemplate(id, Path.of(id), template, List.of());
    }
  }

  private record DaemonProcessing(ScratchDaemon scratch) implements Processing {
    @Override
    public Status status() {
      return scratch.daemon.status();
    }

    @Override
    public Optional<RunningTask> running() {
      return scratch.spool.runner.running();
    }

    @Override
    public RecordingParameters defaults() {
      return RecordingParameters.DEFAULTS;
    }

    @Override
    public void accept(Task task) {
      scratch.daemon.accept(task);
    }

    @Override
    public void cancel(CancelRequest request) throws IOException {
      scratch.cancel(request);
    }
  }

  @Override
  public void close() {
    release();
    server.close();
    daemon.close();
  }

  Routes routes() {
    return server.routes();
  }

  void renew() {
    server.renew();
  }

  String link() {
    return server.link();
  }

  /** Lets decoding wait for {@link #release}; what is returned opens when the first one waits. */
  CountDownLatch holdDecoding() {
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

  void release() {
    hold.countDown();
  }

  Socket connect() throws IOException {
    return new Socket(InetAddress.getLoopbackAddress(), server.port());
  }

  /** The whole answer to a request of which {@code head} is all but the last header. */
  String raw(String head) throws IOException {
    try (Socket socket = connect()) {
      socket.getOutputStream().write((head + "\r\nConnection: close\r\n\r\n").getBytes(UTF_8));
      socket.getOutputStream().flush();
      return new String(socket.getInputStream().readAllBytes(), UTF_8);
    }
  }

  /** A form with {@code fields}, each a name and a value, and a recording of so many bytes. */
  HttpRequest form(String path, int bytes, String... fields) {
    return named(path, "talk.wav", bytes, fields);
  }

  int port() {
    return server.port();
  }

  HttpRequest named(String path, String name, int bytes, String... fields) {
    StringBuilder body = new StringBuilder();
    for (int i = 0; i < fields.length; i += 2) {
      body.append("--bound\r\nContent-Disposition: form-data; name=\"").append(fields[i]);
      body.append("\"\r\n\r\n").append(fields[i + 1]).append("\r\n");
    }
    body.append("--bound\r\nContent-Disposition: form-data; name=\"file\"; filename=\"");
    body.append(name).append("\"\r\nContent-Type: audio/wav\r\n\r\n");
    body.append("s".repeat(bytes)).append("\r\n--bound--\r\n");
    return keyed(path)
        .header("Content-Type", "multipart/form-data; boundary=bound")
        .POST(HttpRequest.BodyPublishers.ofString(body.toString()))
        .build();
  }

  /** Sends a recording of 64 bytes and waits for the end of its task, which is returned. */
  String finished() throws IOException, InterruptedException {
    String id = taskId(send(form("/v1/process", 64)));
    await()
        .until(
            () ->
                List.of("COMPLETE", "FAILED")
                    .contains(json(get("/v1/status/" + id)).path("status").asText()));
    return id;
  }

  HttpRequest.Builder keyed(String path) {
    return request(path).header("X-API-Key", KEY);
  }

  HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(uri(path));
  }

  HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return send(keyed(path).build());
  }

  HttpResponse<String> send(HttpRequest request) throws IOException, InterruptedException {
    return client.send(request, HttpResponse.BodyHandlers.ofString());
  }

  /** A whole request that uploads four bytes, as a client writes it on its connection. */
  static byte[] upload(String path) {
    String body =
        String.join(
            "\r\n",
            "--b",
            "Content-Disposition: form-data; name=\"file\"; filename=\"a.wav\"",
            "",
            "abcd",
            "--b--",
            "");
    String head =
        String.join(
            "\r\n",
            "POST " + path + " HTTP/1.1",
            "Host: localhost",
            "X-API-Key: " + KEY,
            "Content-Type: multipart/form-data; boundary=b",
            "Content-Length: " + body.length(),
            "",
            "");
    return (head + body).getBytes(UTF_8);
  }

  /** The id of the task that {@code answer} tells. */
  static String taskId(HttpResponse<String> answer) throws IOException {
    return json(answer).path("task_id").asText();
  }

  static JsonNode json(HttpResponse<String> answer) throws IOException {
    return JSON.readTree(answer.body());
  }

  URI uri(String path) {
    return URI.create("http://127.0.0.1:" + server.port() + path);
  }
}
