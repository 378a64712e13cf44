package io.maie.edge.http;

import static io.maie.edge.http.ScratchApi.json;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients that wait for a result, and those that do not. */
final class WaitingClientTest extends ApiScenario {
  private static final Duration LIMIT = Duration.ofMinutes(1);

  @ParameterizedTest
  @ValueSource(strings = {"respond-async, wait=1", "wait=0", "respond-async", "Respond-Async"})
  void aPreferredWaitEndsWithTheAddressOfTheStatus(String preference) throws Exception {
    api.holdDecoding();
    HttpRequest form = api.form("/v1/process-sync", 64);
    HttpRequest patient =
        HttpRequest.newBuilder(form, (name, value) -> true).header("Prefer", preference).build();

    HttpResponse<String> answer = api.send(patient);

    assertThat(answer.statusCode()).isEqualTo(202);
    assertThat(answer.headers().firstValue("Location"))
        .hasValue("/v1/status/" + ScratchApi.taskId(answer));
  }

  @Test
  void aLimitThatIsNoNumberIsRefused() throws Exception {
    assertThat(api.send(api.form("/v1/process-sync?timeout=soon", 64)).statusCode()).isEqualTo(400);
  }

  @Test
  void anotherWishForTheTimeAfterItsClientIsRefused() throws Exception {
    HttpResponse<String> answer = api.send(api.form("/v1/process-sync?on_disconnect=perhaps", 64));

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("cancel or continue, found 'perhaps'");
  }

  @Test
  void aTaskContinuesWithoutItsClientOnRequest() throws Exception {
    CountDownLatch decoding = api.holdDecoding();
    try (Socket socket = api.connect()) {
      send(socket, "/v1/process-sync?on_disconnect=continue");
      assertThat(decoding.await(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
    }
    assertThat(api.get("/v1/tasks").statusCode()).isEqualTo(200);
    api.release();

    await().atMost(LIMIT).until(() -> lastEnded().path("status").asText().equals("COMPLETE"));
  }

  /** HTTP/1.1 allows a client to send its next request before the answer to the last. */
  @Test
  void aClientThatSendsItsNextRequestAtOnceIsStillThere() throws Exception {
    CountDownLatch decoding = api.holdDecoding();
    try (Socket socket = api.connect()) {
      send(socket, "/v1/process-sync");
      assertThat(decoding.await(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
      String next = "GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n";
      socket.getOutputStream().write(next.getBytes(UTF_8));
      socket.getOutputStream().flush();
      assertThat(api.get("/v1/tasks").statusCode()).isEqualTo(200);
      api.release();
      socket.setSoTimeout((int) LIMIT.toMillis());

      String answer = new String(socket.getInputStream().readAllBytes(), UTF_8);

      assertThat(answer).startsWith("HTTP/1.1 200 ").contains("raw_transcript");
      assertThat(answer.lines().filter(line -> line.startsWith("HTTP/1.1 ")))
          .allMatch(line -> line.startsWith("HTTP/1.1 200 "));
    }
    assertThat(lastEnded().path("status").asText()).isEqualTo("COMPLETE");
  }

  private JsonNode lastEnded() throws Exception {
    return json(api.get("/v1/tasks")).at("/ended/0");
  }

  private static void send(Socket socket, String path) throws IOException {
    socket.getOutputStream().write(ScratchApi.upload(path));
    socket.getOutputStream().flush();
  }
}
