package io.maie.edge.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Clients that are slow, torn, too many or too large; bench/http tries more of them. */
final class HostileClientTest extends ApiScenario {
  private static final Duration LIMIT = Duration.ofMinutes(2);
  private static final String FILE =
      "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.wav\"\r\n\r\n";

  private static String head(String line) {
    return "POST /v1/process HTTP/1.1\r\nHost: localhost\r\nX-API-Key: "
        + ScratchApi.KEY
        + "\r\nContent-Type: multipart/form-data; boundary=b\r\n"
        + line
        + "\r\n\r\n";
  }

  /** The status of the answer that comes after all of {@code parts} were written. */
  private int status(String... parts) throws IOException {
    try (Socket socket = api.connect()) {
      OutputStream stream = socket.getOutputStream();
      for (String part : parts) {
        stream.write(part.getBytes(UTF_8));
      }
      stream.flush();
      return status(socket);
    }
  }

  private static int status(Socket socket) throws IOException {
    String line = new String(socket.getInputStream().readNBytes(12), UTF_8);
    return Integer.parseInt(line.substring(line.indexOf(' ') + 1));
  }

  @Test
  void aClientRefusedWhileSendingGetsTheReason() throws Exception {
    String sound = "s".repeat(5_000_000);

    int announced =
        status(head("Content-Length: " + (FILE.length() + sound.length())), FILE, sound);
    int chunked =
        status(
            head("Transfer-Encoding: chunked"),
            Integer.toHexString(FILE.length()) + "\r\n" + FILE + "\r\n",
            Integer.toHexString(sound.length()) + "\r\n",
            sound,
            "\r\n0\r\n\r\n");

    assertThat(announced).isEqualTo(413);
    assertThat(chunked).isEqualTo(413);
    await().atMost(LIMIT).untilAsserted(() -> assertThat(home.resolve("work")).isEmptyDirectory());
  }

  @Test
  void aFormOfAnotherBoundaryOrWithoutItsEndIsRefused() throws Exception {
    String other = FILE.replace("--b", "--other") + "sound\r\n--other--\r\n";

    assertThat(status(head("Content-Length: " + other.length()), other)).isEqualTo(400);
    assertThat(status(head("Content-Length: " + FILE.length()), FILE)).isEqualTo(400);
    assertThat(home.resolve("work")).isEmptyDirectory();
  }

  @Test
  void aLengthThatNobodyCouldSendIsRefusedAtOnce() throws Exception {
    assertThat(status(head("Content-Length: 10000000000"))).isEqualTo(413);
  }

  @Test
  void idleConnectionsGiveWayAndWaitingClientsStay() throws Exception {
    api.holdDecoding();
    CompletableFuture<HttpResponse<String>> waiting =
        HttpClient.newHttpClient()
            .sendAsync(api.form("/v1/process-sync", 64), BodyHandlers.ofString());
    try (Crowd crowd = Crowd.of(api)) {
      crowd.awaitEnd(LIMIT);
    }
    assertThat(api.get("/health").statusCode()).isEqualTo(200);
    api.release();
    assertThat(waiting).succeedsWithin(LIMIT);
    assertThat(waiting.join().statusCode()).isEqualTo(200);
  }
}
