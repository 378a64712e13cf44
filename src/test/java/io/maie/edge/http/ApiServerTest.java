package io.maie.edge.http;

import static io.maie.edge.http.ScratchApi.json;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.maie.edge.failure.FailureCode;
import io.maie.edge.failure.ProcessingException;
import io.maie.edge.progress.Stage;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The calls that bring recordings and tell of them, by the real server on loopback. */
final class ApiServerTest extends ApiScenario {
  @Test
  void aRecordingIsAnsweredWithItsResult() throws Exception {
    HttpResponse<String> answer =
        api.send(
            api.form("/v1/process-sync", 64, "features", "raw_transcript", "enable_vad", "yes"));

    JsonNode result = json(answer);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    assertThat(result.path("status").asText()).isEqualTo("COMPLETE");
    assertThat(result.path("source").path("name").asText()).isEqualTo("talk.wav");
    assertThat(result.at("/results/raw_transcript").asText()).isNotEmpty();
    assertThat(api.daemon.spool.files("outbox")).noneMatch(name -> name.endsWith(".json"));
    await().untilAsserted(() -> assertThat(home.resolve("work")).isEmptyDirectory());
    assertThat(api.daemon.spool.files("archive")).containsExactly("talk.wav", "talk.wav.job.json");
  }

  @Test
  void aTaskCanBeFollowedAndItsResultFetchedInEveryFormat() throws Exception {
    HttpResponse<String> accepted = api.send(api.form("/v1/process", 64));
    String id = json(accepted).path("task_id").asText();

    assertThat(accepted.statusCode()).isEqualTo(202);
    assertThat(accepted.headers().firstValue("Location")).hasValue("/v1/status/" + id);
    await()
        .untilAsserted(
            () ->
                assertThat(json(api.get("/v1/status/" + id)).path("status").asText())
                    .isEqualTo("COMPLETE"));
    JsonNode status = json(api.get("/v1/status/" + id));
    assertThat(status.at("/result/task_id").asText()).isEqualTo(id);
    assertThat(Instant.parse(status.path("completed_at").asText()))
        .isAfterOrEqualTo(Instant.parse(status.path("submitted_at").asText()));
    assertThat(api.get("/v1/tasks/" + id + "/result.vtt").body()).startsWith("WEBVTT");
    assertThat(api.get("/v1/tasks/" + id + "/result.txt").body()).isNotEmpty();
    assertThat(api.get("/v1/tasks/" + id + "/result.srt").statusCode()).isEqualTo(200);
    assertThat(api.get("/v1/tasks/" + id + "/result").headers().firstValue("Content-Type"))
        .hasValue("application/json");
    assertThat(json(api.get("/v1/tasks")).at("/ended/0/task_id").asText()).isEqualTo(id);
  }

  @Test
  void aParameterThatIsNotValidIsNamed() throws Exception {
    HttpResponse<String> answer = api.send(api.form("/v1/process-sync", 64, "vad_threshold", "2"));

    assertThat(answer.statusCode()).isEqualTo(422);
    assertThat(json(answer).at("/errors/0/field").asText()).isEqualTo("vad_threshold");
    assertThat(home.resolve("work")).isEmptyDirectory();
  }

  @Test
  void aTemplateThatDoesNotExistIsNamedWhetherItIsNeededOrNot() throws Exception {
    HttpResponse<String> answer =
        api.send(
            api.form("/v1/process", 64, "features", "raw_transcript", "template_id", "minuts"));

    assertThat(answer.statusCode()).isEqualTo(422);
    assertThat(json(answer).at("/errors/0/field").asText()).isEqualTo("template_id");
    assertThat(json(answer).at("/errors/0/message").asText()).contains("did you mean 'minutes'");
    assertThat(home.resolve("work")).isEmptyDirectory();
  }

  @Test
  void aFamilyWithoutAnInstalledModelIsRefusedBeforeTheRecordingWaits() throws Exception {
    HttpResponse<String> answer =
        api.send(api.form("/v1/process", 64, "asr_backend", "chunkformer"));

    assertThat(answer.statusCode()).isEqualTo(422);
    assertThat(json(answer).path("detail").asText())
        .isEqualTo("asr_backend: No chunkformer model here");
    assertThat(json(answer).at("/errors/0/message").asText())
        .isEqualTo("No chunkformer model here");
    assertThat(json(answer).path("hint").asText()).isEqualTo("Pull one");
    assertThat(json(answer).at("/errors/0/field").asText()).isEqualTo("asr_backend");
    assertThat(home.resolve("work")).isEmptyDirectory();
  }

  @Test
  void aTextNeedsNoModelForSpeech() throws Exception {
    HttpResponse<String> answer =
        api.send(
            OddForms.request(
                api,
                OddForms.part("name=\"text\"", "Call Bob tomorrow."),
                OddForms.part("name=\"asr_backend\"", "chunkformer")));

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
  }

  @Test
  void aFieldThatIsNotKnownIsNamedWithTheOneThatWasMeant() throws Exception {
    HttpResponse<String> answer =
        api.send(api.form("/v1/process", 64, "enable_diarisation", "true"));

    assertThat(answer.statusCode()).isEqualTo(422);
    assertThat(json(answer).at("/errors/0/field").asText()).isEqualTo("enable_diarisation");
    assertThat(json(answer).at("/errors/0/message").asText()).contains("'enable_diarization'");
  }

  @Test
  void everyFieldOfUpstreamIsTaken() throws Exception {
    HttpResponse<String> answer =
        api.send(
            api.form(
                "/v1/process-sync",
                64,
                "features",
                "raw_transcript",
                "features",
                "clean_transcript",
                "asr_backend",
                " Whisper ",
                "enable_diarization",
                "no",
                "enable_vad",
                "Yes",
                "vad_threshold",
                "0.4",
                "template_id",
                ""));

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
  }

  @Test
  void aFileOfAnotherFieldIsTakenForItsTextIfTheFieldIsKnown() throws Exception {
    String file = "\"; filename=\"p.json";
    HttpResponse<String> known =
        api.send(api.form("/v1/process", 64, "parameters" + file, "{\"language\": \"xyzzy\"}"));
    HttpResponse<String> unknown = api.send(api.form("/v1/process", 64, "audio" + file, "ssss"));

    assertThat(json(known).at("/errors/0/field").asText()).isEqualTo("language");
    assertThat(json(unknown).at("/errors/0/field").asText()).isEqualTo("audio");
    assertThat(json(unknown).at("/errors/0/message").asText()).contains("'file'");
  }

  @Test
  void aTextInPlaceOfARecordingIsCleaned() throws Exception {
    String body =
        """
        --bound\r
        Content-Disposition: form-data; name="features"\r
        \r
        clean_transcript\r
        --bound\r
        Content-Disposition: form-data; name="text"\r
        \r
        S1: we met on tuesday

        S2: and then we left\r
        --bound--\r
        """;
    HttpResponse<String> answer =
        api.send(
            api.keyed("/v1/process-sync")
                .header("Content-Type", "multipart/form-data; boundary=bound")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build());

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    assertThat(json(answer).at("/source/name").asText()).isEqualTo("text.txt");
    assertThat(json(answer).at("/source/format").asText()).isEqualTo("text/plain");
    assertThat(json(answer).at("/results/clean_transcript").asText())
        .isEqualTo("S1: We met on Tuesday.\n\nS2: And then we left.");
  }

  @Test
  void aTextFileKeepsItsName() throws Exception {
    String body =
        """
        --bound\r
        Content-Disposition: form-data; name="text"; filename="notes.md"\r
        \r
        we met on tuesday\r
        --bound--\r
        """;
    HttpResponse<String> answer =
        api.send(
            api.keyed("/v1/process-sync")
                .header("Content-Type", "multipart/form-data; boundary=bound")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build());

    assertThat(json(answer).at("/source/name").asText()).isEqualTo("notes.md");
  }

  @Test
  void aFormWithoutARecordingIsRefused() throws Exception {
    HttpResponse<String> answer = api.send(api.form("/v1/process", 0));

    assertThat(answer.statusCode()).isEqualTo(422);
    assertThat(json(answer).at("/errors/0/field").asText()).isEqualTo("file");
    assertThat(json(answer).path("detail").asText())
        .isEqualTo("file: expected a recording, found nothing");
  }

  @Test
  void theAnswerToABodyWithoutAFormExplainsHowToSendOne() throws Exception {
    HttpRequest request =
        api.keyed("/v1/process").POST(HttpRequest.BodyPublishers.ofString("sound")).build();

    HttpResponse<String> answer = api.send(request);

    assertThat(answer.statusCode()).isEqualTo(415);
    assertThat(json(answer).path("hint").asText()).contains("curl -F file=@talk.wav");
  }

  @Test
  void aFailureOfTheRecordingHasItsStatusAndCode() throws Exception {
    api.daemon.spool.engines.on(
        Stage.DECODE,
        context -> {
          throw new ProcessingException(FailureCode.NO_AUDIO_STREAM, "scripted failure");
        });

    HttpResponse<String> answer = api.send(api.form("/v1/process-sync", 64));

    assertThat(answer.statusCode()).isEqualTo(415);
    assertThat(json(answer).path("code").asText()).isEqualTo("NO_AUDIO_STREAM");
    assertThat(json(answer).path("task_id").asText()).isNotEmpty();
    assertThat(json(answer).path("hint").asText()).isNotEmpty().doesNotContain("inbox");
  }

  @Test
  void aRecordingThatIsTooLargeIsRefusedAndNothingOfItStays() throws Exception {
    assertThat(api.send(api.form("/v1/process", 200_000)).statusCode()).isEqualTo(413);
    await().untilAsserted(() -> assertThat(home.resolve("work")).isEmptyDirectory());
  }

  @Test
  void aBodyThatBreaksOffLeavesNothing() throws Exception {
    try (Socket socket = api.connect()) {
      socket
          .getOutputStream()
          .write(
              ("POST /v1/process HTTP/1.1\r\nHost: localhost\r\nX-API-Key: "
                      + ScratchApi.KEY
                      + "\r\nContent-Type: multipart/form-data; boundary=b\r\n"
                      + "Content-Length: 50000\r\n\r\n--b\r\nContent-Disposition: form-data;"
                      + " name=\"file\"; filename=\"a.wav\"\r\n\r\nabc")
                  .getBytes(UTF_8));
      socket.getOutputStream().flush();
      await().untilAsserted(() -> assertThat(home.resolve("work")).isNotEmptyDirectory());
    }
    await().untilAsserted(() -> assertThat(home.resolve("work")).isEmptyDirectory());
    assertThat(api.send(api.form("/v1/process-sync", 64)).statusCode()).isEqualTo(200);
  }

  @Test
  void aFullQueueSaysWhenToComeAgain() throws Exception {
    api.holdDecoding();
    api.send(api.form("/v1/process", 64));
    api.send(api.form("/v1/process", 64));

    HttpResponse<String> answer = api.send(api.form("/v1/process", 64));

    assertThat(answer.statusCode()).isEqualTo(429);
    assertThat(answer.headers().firstValue("Retry-After")).isPresent();
    api.release();
    await()
        .untilAsserted(
            () -> assertThat(api.send(api.form("/v1/process", 64)).statusCode()).isEqualTo(202));
  }

  @Test
  void anExpiredWaitLeadsToTheStatusAddress() throws Exception {
    api.holdDecoding();

    HttpResponse<String> answer = api.send(api.form("/v1/process-sync?timeout=0", 64));

    assertThat(answer.statusCode()).isEqualTo(202);
    String location = answer.headers().firstValue("Location").orElseThrow();
    api.release();
    await()
        .untilAsserted(
            () ->
                assertThat(json(api.get(location)).path("status").asText()).isEqualTo("COMPLETE"));
  }

  @Test
  void aTaskIsCancelledOnRequest() throws Exception {
    api.holdDecoding();
    String id = json(api.send(api.form("/v1/process", 64))).path("task_id").asText();
    String second = json(api.send(api.form("/v1/process", 64))).path("task_id").asText();

    HttpRequest request =
        api.request("/v1/tasks/" + second).header("X-API-Key", ScratchApi.KEY).DELETE().build();
    assertThat(api.send(request).statusCode()).isEqualTo(202);
    await()
        .until(
            () -> {
              try (Stream<Path> requests = Files.list(home.resolve("state/requests"))) {
                return requests.findAny().isEmpty();
              }
            });
    api.release();

    await()
        .untilAsserted(
            () ->
                assertThat(api.get("/v1/tasks/" + second + "/result").statusCode()).isEqualTo(409));
    await()
        .untilAsserted(
            () ->
                assertThat(json(api.get("/v1/status/" + second)).path("error_code").asText())
                    .isEqualTo("CANCELLED"));
    JsonNode cancelled = json(api.get("/v1/status/" + second));
    assertThat(cancelled.path("error").asText()).isEqualTo("Cancelled through the API");
    assertThat(Instant.parse(cancelled.path("completed_at").asText()))
        .isAfterOrEqualTo(Instant.parse(cancelled.path("submitted_at").asText()));
    await()
        .untilAsserted(
            () ->
                assertThat(json(api.get("/v1/status/" + id)).path("status").asText())
                    .isEqualTo("COMPLETE"));
  }

  @Test
  void aClientThatLeavesCancelsItsTask() throws Exception {
    CountDownLatch decoding = api.holdDecoding();
    try (Socket socket = api.connect()) {
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
              + ScratchApi.KEY
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
              assertThat(json(api.get("/v1/tasks")).at("/ended/0/error_code").asText())
                  .isEqualTo("CANCELLED");
            });
    assertThat(json(api.get("/v1/tasks")).at("/ended/0/error").asText())
        .isEqualTo("Cancelled, because the client that waited for the result left");
  }

  @Test
  void namesOfClientsAreNoPaths() throws Exception {
    HttpResponse<String> answer = api.send(api.named("/v1/process-sync", "../../etc/passwd", 64));

    assertThat(json(answer).path("source").path("path").asText()).isEqualTo("passwd");
    await().untilAsserted(() -> assertThat(api.daemon.spool.files("archive")).contains("passwd"));
  }

  @Test
  void withoutEnoughDiskAnUploadIsRefusedBeforeItsBody() throws Exception {
    api.close();
    api = ScratchApi.start(home, ScratchApi.options(Long.MAX_VALUE, Optional.empty()));

    assertThat(api.send(api.form("/v1/process", 64)).statusCode()).isEqualTo(507);
    String withoutBody =
        "POST /v1/process HTTP/1.1\r\nHost: localhost\r\nX-API-Key: "
            + ScratchApi.KEY
            + "\r\nContent-Type: multipart/form-data; boundary=b\r\nContent-Length: 70000";
    assertThat(api.raw(withoutBody)).contains(" 507 ", "DISK_FULL");
    assertThat(home.resolve("work")).isEmptyDirectory();
  }

  @Test
  void whileNothingIsProcessedNothingIsTaken() throws Exception {
    api.daemon.pause.pause();
    await().untilAsserted(() -> assertThat(api.get("/ready").statusCode()).isEqualTo(503));

    HttpResponse<String> answer = api.send(api.form("/v1/process", 64));

    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(answer.body()).contains("Paused by the operator");
  }
}
