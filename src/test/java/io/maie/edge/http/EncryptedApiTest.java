package io.maie.edge.http;

import static io.maie.edge.http.ScratchApi.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.maie.edge.testing.SelfSigned;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The API with certificates that openssl made. */
final class EncryptedApiTest {
  private static final Duration LIMIT = Duration.ofMinutes(2);

  /** The first bytes of a record of TLS 1.2, whose rest a slow client never sends. */
  private static final byte[] BEGUN_HANDSHAKE = {0x16, 0x03, 0x01, 0x02, 0x00, 0x01};

  @TempDir Path home;
  @TempDir Path folder;
  private SelfSigned files;

  @BeforeEach
  void name() {
    files = SelfSigned.in(folder);
  }

  @Test
  void connectionsAreEncryptedAndTheCookieIsForThemOnly() throws Exception {
    files.make("first", "rsa:2048");
    try (ScratchApi api = start()) {
      assertThat(api.link()).startsWith("https://127.0.0.1:");
      HttpResponse<String> answer = get(api.link(), files.read());

      assertThat(answer.statusCode()).isEqualTo(303);
      assertThat(answer.headers().firstValue("Set-Cookie").orElseThrow()).contains("Secure");
      assertThat(subject(answer)).isEqualTo("CN=first");
    }
  }

  @Test
  void aRenewedCertificateIsUsedAndADamagedOneIsNot() throws Exception {
    files.make("first", "ec");
    try (ScratchApi api = start()) {
      files.make("second", "ec");
      files.touch(1);
      api.renew();
      assertThat(subject(get(api.link(), files.read()))).isEqualTo("CN=second");

      X509Certificate used = files.read();
      Files.writeString(files.certificate(), "torn");
      files.touch(2);
      api.renew();
      assertThat(subject(get(api.link(), used))).isEqualTo("CN=second");
    }
  }

  @Test
  void aRequestThatWaitsIsAnsweredAlthoughTheCertificateIsRenewedMeanwhile() throws Exception {
    files.make("first", "ec");
    try (ScratchApi api = start()) {
      CountDownLatch decoding = api.holdDecoding();
      HttpClient before = SelfSigned.client(files.read());
      CompletableFuture<HttpResponse<String>> waiting =
          before.sendAsync(encrypted(api, "/v1/process-sync"), BodyHandlers.ofString());
      assertThat(decoding.await(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();

      files.make("second", "ec");
      files.touch(1);
      api.renew();
      assertThat(subject(get(api.link(), files.read()))).isEqualTo("CN=second");
      api.release();

      assertThat(waiting).succeedsWithin(LIMIT);
      assertThat(waiting.join().statusCode()).isEqualTo(200);
      assertThat(subject(waiting.join())).isEqualTo("CN=first");
    }
  }

  @Test
  void aClientThatLeavesCancelsItsTask() throws Exception {
    files.make("first", "ec");
    try (ScratchApi api = start()) {
      CountDownLatch decoding = api.holdDecoding();
      try (Socket socket =
          SelfSigned.trusting(files.read())
              .getSocketFactory()
              .createSocket("127.0.0.1", api.port())) {
        socket.getOutputStream().write(ScratchApi.upload("/v1/process-sync"));
        socket.getOutputStream().flush();
        assertThat(decoding.await(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
      }

      HttpClient client = SelfSigned.client(files.read());
      HttpRequest tasks =
          HttpRequest.newBuilder(encrypted(api, "/v1/tasks").uri())
              .header("X-API-Key", ScratchApi.KEY)
              .build();
      await()
          .atMost(LIMIT)
          .until(
              () ->
                  json(client.send(tasks, BodyHandlers.ofString()))
                      .at("/ended/0/error_code")
                      .asText()
                      .equals("CANCELLED"));
    }
  }

  @Test
  void clientsThatNeverEndTheirHandshakeGiveWay() throws Exception {
    files.make("first", "ec");
    try (ScratchApi api = start()) {
      try (Crowd crowd = Crowd.of(api, BEGUN_HANDSHAKE)) {
        crowd.awaitEnd(LIMIT);
      }
      assertThat(get(api.link(), files.read()).statusCode()).isEqualTo(303);
    }
  }

  @Test
  void aKeyOfAnotherCertificateIsRefused() throws Exception {
    files.make("first", "ec");
    Path key = Files.copy(files.key(), folder.resolve("kept.key"));
    files.make("second", "ec");
    files = new SelfSigned(files.certificate(), key);

    assertThatThrownBy(this::start)
        .isInstanceOf(IOException.class)
        .hasMessageContaining("is not the key of the certificate");
  }

  private ScratchApi start() throws IOException {
    TlsFiles tls = new TlsFiles(files.certificate(), files.key());
    return ScratchApi.start(home, ScratchApi.options(1, Optional.of(tls)));
  }

  private static HttpRequest encrypted(ScratchApi api, String path) {
    HttpRequest plain = api.form(path, 64);
    URI address = URI.create(plain.uri().toString().replace("http://", "https://"));
    return HttpRequest.newBuilder(plain, (name, value) -> true).uri(address).build();
  }

  private static String subject(HttpResponse<String> answer) throws Exception {
    X509Certificate shown =
        (X509Certificate) answer.sslSession().orElseThrow().getPeerCertificates()[0];
    return shown.getSubjectX500Principal().getName();
  }

  private static HttpResponse<String> get(String address, X509Certificate trusted)
      throws Exception {
    return SelfSigned.client(trusted)
        .send(HttpRequest.newBuilder(URI.create(address)).build(), BodyHandlers.ofString());
  }
}
