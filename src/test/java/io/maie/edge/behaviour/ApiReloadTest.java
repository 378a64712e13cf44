package io.maie.edge.behaviour;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.maie.edge.testing.ExternalProgram;
import io.maie.edge.testing.SelfSigned;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole program, encrypted, gets new keys and a new certificate and a signal. */
final class ApiReloadTest {
  private static final Duration LIMIT = Duration.ofMinutes(2);
  private static final String OLD_KEY = "0123456789abcdef0123456789abcdef";
  private static final String NEW_KEY = "fedcba9876543210fedcba9876543210";

  /** Java hears no signal that its parent ignores, as under nohup. */
  private static final List<String> HEARING = List.of("env", "--default-signal=HUP");

  @TempDir private Path folder;

  @Test
  void aReloadTakesTheNewKeysAndTheRenewedCertificate() throws Exception {
    Path home = Files.createDirectory(folder.resolve("home"));
    Path keys = Files.writeString(folder.resolve("keys"), OLD_KEY + "\n");
    SelfSigned files = SelfSigned.in(folder);
    files.make("first", "ec");
    X509Certificate first = files.read();
    Map<String, String> settings =
        Map.of(
            "MAIE_HTTP__API_KEY_FILE", keys.toString(),
            "MAIE_HTTP__TLS_CERTIFICATE", files.certificate().toString(),
            "MAIE_HTTP__TLS_KEY", files.key().toString());

    try (RunningProgram program = RunningProgram.start(home, settings, HEARING)) {
      assertThat(status(program, OLD_KEY, first)).isEqualTo(200);
      assertThat(status(program, NEW_KEY, first)).isEqualTo(401);
      files.make("second", "ec");
      files.touch(1);
      Files.writeString(keys, NEW_KEY + "\n");

      hangUp(program);

      // the last thing that a reload does
      await().atMost(LIMIT).until(() -> program.log().contains("Read the settings again"));
      X509Certificate second = files.read();
      assertThat(subject(program, second)).isEqualTo("CN=second");
      assertThat(status(program, NEW_KEY, second)).isEqualTo(200);
      assertThat(status(program, OLD_KEY, second)).isEqualTo(401);
      assertThat(program.log())
          .contains("Uses the renewed certificate")
          .doesNotContain(OLD_KEY, NEW_KEY);
      String code = program.link().getQuery().replace("code=", "");
      assertThat(Files.readString(home.resolve("state/logs/maie-edge.log")))
          .contains("The API listens")
          .doesNotContain(code)
          .doesNotContain(NEW_KEY);
    }
  }

  /** The shell has the command built in. */
  private static void hangUp(RunningProgram program) {
    ExternalProgram.run(List.of("sh", "-c", "kill -HUP " + program.pid()));
  }

  private static int status(RunningProgram program, String key, X509Certificate trusted)
      throws Exception {
    return ask(program, key, trusted).statusCode();
  }

  private static String subject(RunningProgram program, X509Certificate trusted) throws Exception {
    X509Certificate shown =
        (X509Certificate)
            ask(program, NEW_KEY, trusted).sslSession().orElseThrow().getPeerCertificates()[0];
    return shown.getSubjectX500Principal().getName();
  }

  /** Each question has a connection of its own, and so a handshake. */
  private static HttpResponse<String> ask(
      RunningProgram program, String key, X509Certificate trusted) throws Exception {
    HttpClient client = SelfSigned.client(trusted);
    HttpRequest request =
        HttpRequest.newBuilder(program.address().resolve("/v1/models"))
            .header("X-API-Key", key)
            .build();
    return client.send(request, BodyHandlers.ofString());
  }
}
