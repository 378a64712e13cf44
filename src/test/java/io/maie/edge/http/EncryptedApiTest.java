package io.maie.edge.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.maie.edge.testing.ExternalProgram;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The API with certificates that openssl made. */
final class EncryptedApiTest {
  @TempDir Path home;
  @TempDir Path folder;
  private TlsFiles files;

  @BeforeEach
  void name() {
    files = new TlsFiles(folder.resolve("device.pem"), folder.resolve("device.key"));
  }

  @Test
  void connectionsAreEncryptedAndTheCookieIsForThemOnly() throws Exception {
    make("first", "rsa:2048");
    try (ScratchApi api = start()) {
      assertThat(api.link()).startsWith("https://127.0.0.1:");
      HttpResponse<String> answer = get(api.link());

      assertThat(answer.statusCode()).isEqualTo(303);
      assertThat(answer.headers().firstValue("Set-Cookie").orElseThrow()).contains("Secure");
      assertThat(subject(answer)).isEqualTo("CN=first");
    }
  }

  @Test
  void aRenewedCertificateIsUsedAndADamagedOneIsNot() throws Exception {
    make("first", "ec");
    try (ScratchApi api = start()) {
      make("second", "ec");
      touch(1);
      api.renewCertificate();
      assertThat(subject(get(api.link()))).isEqualTo("CN=second");

      X509Certificate used = certificate();
      Files.writeString(files.certificate(), "torn");
      touch(2);
      api.renewCertificate();
      HttpResponse<String> answer = get(api.link(), used);
      assertThat(subject(answer)).isEqualTo("CN=second");
    }
  }

  @Test
  void aKeyOfAnotherCertificateIsRefused() throws Exception {
    make("first", "ec");
    Path key = Files.copy(files.key(), folder.resolve("kept.key"));
    make("second", "ec");
    files = new TlsFiles(files.certificate(), key);

    assertThatThrownBy(this::start)
        .isInstanceOf(IOException.class)
        .hasMessageContaining("is not the key of the certificate");
  }

  private ScratchApi start() throws IOException {
    return ScratchApi.start(home, ScratchApi.options(1, Optional.of(files)));
  }

  private void make(String name, String kind) {
    List<String> command =
        new java.util.ArrayList<>(
            List.of(
                ExternalProgram.require("openssl").toString(),
                "req",
                "-x509",
                "-nodes",
                "-days",
                "2",
                "-subj",
                "/CN=" + name,
                "-addext",
                "subjectAltName=IP:127.0.0.1",
                "-newkey",
                kind,
                "-keyout",
                files.key().toString(),
                "-out",
                files.certificate().toString()));
    if (kind.equals("ec")) {
      command.addAll(List.of("-pkeyopt", "ec_paramgen_curve:prime256v1"));
    }
    ExternalProgram.run(command);
  }

  /** Makes the files look younger than those before, however quick the test is. */
  private void touch(int minutes) throws IOException {
    FileTime time = FileTime.from(Instant.now().plusSeconds(60L * minutes));
    Files.setLastModifiedTime(files.certificate(), time);
  }

  private X509Certificate certificate() throws IOException, GeneralSecurityException {
    try (InputStream stream = Files.newInputStream(files.certificate())) {
      return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(stream);
    }
  }

  private static String subject(HttpResponse<String> answer) throws Exception {
    X509Certificate shown =
        (X509Certificate) answer.sslSession().orElseThrow().getPeerCertificates()[0];
    return shown.getSubjectX500Principal().getName();
  }

  private HttpResponse<String> get(String address) throws Exception {
    return get(address, certificate());
  }

  private static HttpResponse<String> get(String address, X509Certificate trusted)
      throws Exception {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    store.setCertificateEntry("device", trusted);
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(store);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    return HttpClient.newBuilder()
        .sslContext(context)
        .build()
        .send(
            HttpRequest.newBuilder(URI.create(address)).build(),
            HttpResponse.BodyHandlers.ofString());
  }
}
