package io.maie.edge.http;

import static io.maie.edge.http.ScratchApi.json;
import static io.maie.edge.http.ScratchApi.taskId;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.maie.edge.failure.FailureCode;
import io.maie.edge.failure.ProcessingException;
import io.maie.edge.progress.PreviewText;
import io.maie.edge.progress.Stage;
import io.maie.edge.testing.StageHook;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** A page's calls for a task: follow it, hear its recording, try it again. */
final class FollowedTaskTest extends ApiScenario {
  private static final long PAUSE_NANOS = 5_000_000;

  @Test
  void eventsCarryProgressTextAndTheEnd() throws Exception {
    CountDownLatch go = new CountDownLatch(1);
    String id = taskThatWaits(go, new PreviewText(0.5, 1.25, "good morning"));

    try (Socket socket = api.connect();
        BufferedReader lines = follow(socket, id)) {
      String begin = readUntil(lines, "event: progress");
      assertThat(begin).contains("HTTP/1.1 200", "text/event-stream");
      assertThat(begin)
          .contains("event: text\ndata: {\"start\":0.5,\"end\":1.25,\"text\":\"good morning\"}");
      assertThat(lines.readLine()).contains("\"status\":\"PROCESSING_ASR\"", "\"percent\":");
      go.countDown();
      readUntil(lines, "event: end");
      assertThat(lines.readLine())
          .isEqualTo("data: {\"task_id\":\"" + id + "\",\"status\":\"COMPLETE\"}");
    }
  }

  @Test
  void aStreamThatBrokeGoesOnWhereItEnded() throws Exception {
    CountDownLatch go = new CountDownLatch(1);
    String id =
        taskThatWaits(
            go,
            new PreviewText(0.5, 1.25, "good morning"),
            new PreviewText(1.5, 2.25, "good night"));

    try (Socket socket = api.connect();
        BufferedReader lines = follow(socket, id, "Last-Event-ID: 1-1\r\n")) {
      String begin = readUntil(lines, "event: progress");
      assertThat(begin).contains("id: 1-2\nevent: text", "good night");
      assertThat(begin).doesNotContain("good morning");
      go.countDown();
      readUntil(lines, "event: end");
    }
    assertThat(
            api.send(
                    api.keyed("/v1/tasks/" + id + "/events").header("Last-Event-ID", "end").build())
                .statusCode())
        .isEqualTo(204);
  }

  /** A task that has shown {@code previews} and waits for {@code go} in its recognition. */
  private String taskThatWaits(CountDownLatch go, PreviewText... previews) throws Exception {
    CountDownLatch reached = new CountDownLatch(1);
    api.daemon.spool.engines.on(
        Stage.ASR,
        context -> {
          for (PreviewText preview : previews) {
            context.progress().preview(preview);
          }
          reached.countDown();
          while (go.getCount() > 0) {
            context.tick(0.5);
            LockSupport.parkNanos(PAUSE_NANOS);
          }
        });
    String id = taskId(api.send(api.form("/v1/process", 64)));
    assertThat(reached.await(30, TimeUnit.SECONDS)).isTrue();
    return id;
  }

  @Test
  void theEndOfATaskThatFailedTellsItsCode() throws Exception {
    failDecoding();
    String id = api.finished();

    assertThat(api.get("/v1/tasks/" + id + "/events").body())
        .contains("event: end\n", "\"status\":\"FAILED\",\"code\":\"UNSUPPORTED_CODEC\"");
    assertThat(api.get("/v1/tasks/unknown/events").statusCode()).isEqualTo(404);
  }

  @Test
  void theRecordingIsHeardWholeOrInPart() throws Exception {
    String id = api.finished();
    String path = "/v1/tasks/" + id + "/audio";
    await().until(() -> api.daemon.spool.files("archive").contains("talk.wav"));

    HttpResponse<String> whole = api.get(path);
    HttpResponse<String> part = api.send(api.keyed(path).header("Range", "bytes=10-19").build());

    assertThat(whole.statusCode()).isEqualTo(200);
    assertThat(whole.body()).isEqualTo("s".repeat(64));
    assertThat(whole.headers().firstValue("Content-Type")).hasValue("audio/wav");
    assertThat(whole.headers().firstValue("Content-Security-Policy").orElseThrow())
        .contains("sandbox");
    assertThat(part.statusCode()).isEqualTo(206);
    assertThat(part.body()).hasSize(10);
    assertThat(part.headers().firstValue("Content-Range")).hasValue("bytes 10-19/64");
    assertThat(api.send(api.keyed(path).header("Range", "bytes=-5").build()).body()).hasSize(5);
    assertThat(api.send(api.keyed(path).header("Range", "bytes=60-").build()).body()).hasSize(4);
    assertThat(rangeStatus(path, "bytes=64-")).isEqualTo(416);
    assertThat(rangeStatus(path, "bytes=-0")).isEqualTo(416);
    assertThat(rangeStatus(path, "Bytes=0-99999999999999999999")).isEqualTo(206);
    assertThat(rangeStatus(path, "bytes=5-2")).isEqualTo(200);
    assertThat(rangeStatus(path, "bytes=0-1,5-6")).isEqualTo(200);
  }

  private int rangeStatus(String path, String range) throws Exception {
    return api.send(api.keyed(path).header("Range", range).build()).statusCode();
  }

  @Test
  void aPartGoesOnFromTheSameRecordingOnly() throws Exception {
    String path = "/v1/tasks/" + api.finished() + "/audio";
    await().until(() -> api.daemon.spool.files("archive").contains("talk.wav"));
    String tag = api.get(path).headers().firstValue("ETag").orElseThrow();

    HttpRequest.Builder same = api.keyed(path).header("Range", "bytes=10-").header("If-Range", tag);
    HttpRequest.Builder other =
        api.keyed(path).header("Range", "bytes=10-").header("If-Range", "\"other\"");

    assertThat(api.send(same.build()).statusCode()).isEqualTo(206);
    assertThat(api.send(other.build()).body()).hasSize(64);
  }

  @Test
  void theRecordingOfATaskThatWaitsIsHeardToo() throws Exception {
    api.holdDecoding();
    String id = taskId(api.send(api.form("/v1/process", 64)));

    assertThat(api.get("/v1/tasks/" + id + "/audio").body()).hasSize(64);
  }

  @Test
  void activeContentIsOfferedForDownloadOnly() throws Exception {
    String id = taskId(api.send(api.named("/v1/process", "page.html", 64)));

    HttpResponse<String> answer = api.get("/v1/tasks/" + id + "/audio");

    assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/octet-stream");
    assertThat(answer.headers().firstValue("Content-Disposition").orElseThrow())
        .startsWith("attachment");
  }

  @Test
  void aRecordingRemovedByRetentionIsReportedAsGone() throws Exception {
    String id = api.finished();
    await().until(() -> api.daemon.spool.files("archive").contains("talk.wav"));
    Files.delete(home.resolve("archive/talk.wav"));

    HttpResponse<String> answer = api.get("/v1/tasks/" + id + "/audio");

    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(json(answer).path("code").asText()).isEqualTo("RECORDING_GONE");
  }

  @Test
  void aTaskThatFailedIsTriedAgainWithItsParameters() throws Exception {
    failDecoding();
    String failed = taskId(api.send(api.form("/v1/process", 64, "vad_threshold", "0.25")));
    await().until(() -> api.daemon.spool.files("failed").contains("talk.wav"));
    await().until(() -> home.resolve("work").toFile().list().length == 0);
    api.daemon.spool.engines.on(Stage.DECODE, StageHook.none());

    HttpResponse<String> answer = retry(failed);

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
    String again = taskId(answer);
    assertThat(again).isNotEqualTo(failed);
    await()
        .untilAsserted(
            () ->
                assertThat(
                        json(api.get("/v1/status/" + again))
                            .at("/result/parameters/vad_threshold")
                            .asDouble())
                    .isEqualTo(0.25));
    assertThat(api.daemon.spool.files("failed")).isEmpty();
    assertThat(api.daemon.spool.files("outbox")).noneMatch(name -> name.endsWith(".json"));
    assertThat(json(retry(failed)).path("code").asText()).isEqualTo("RECORDING_GONE");
    assertThat(json(retry(again)).path("code").asText()).isEqualTo("NOT_FAILED");
  }

  private void failDecoding() {
    api.daemon.spool.engines.on(
        Stage.DECODE,
        context -> {
          throw new ProcessingException(FailureCode.UNSUPPORTED_CODEC, "scripted failure");
        });
  }

  private HttpResponse<String> retry(String id) throws Exception {
    return api.send(
        api.keyed("/v1/tasks/" + id + "/retry").POST(HttpRequest.BodyPublishers.noBody()).build());
  }

  private static BufferedReader follow(Socket socket, String id) throws IOException {
    return follow(socket, id, "");
  }

  private static BufferedReader follow(Socket socket, String id, String header) throws IOException {
    socket
        .getOutputStream()
        .write(
            ("GET /v1/tasks/"
                    + id
                    + "/events HTTP/1.1\r\nHost: localhost\r\nX-API-Key: "
                    + ScratchApi.KEY
                    + "\r\n"
                    + header
                    + "\r\n")
                .getBytes(StandardCharsets.UTF_8));
    return new BufferedReader(
        new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
  }

  private static String readUntil(BufferedReader lines, String wanted) throws IOException {
    StringBuilder read = new StringBuilder();
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      read.append(line).append('\n');
      if (line.equals(wanted)) {
        return read.toString();
      }
    }
    throw new IOException("the stream ended after " + read);
  }
}
