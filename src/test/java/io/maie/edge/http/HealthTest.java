package io.maie.edge.http;

import static io.maie.edge.http.ScratchApi.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.maie.edge.telemetry.Check;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Health as the device itself and others hear it. */
final class HealthTest {
  private static final Duration LIMIT = Duration.ofMinutes(2);
  private static final String REASON = "scripted check: the model is damaged";

  @TempDir Path home;
  private ScratchApi api;

  @BeforeEach
  void ail() throws IOException {
    api = ScratchApi.start(home, ScratchApi.everywhere());
    api.daemon.setFinding(Check.Finding.failure("the model is damaged", "fetch it again"));
    // the checks run again only while a disk is short
    api.daemon.freeBytes.set(10);
    await()
        .atMost(LIMIT)
        .until(() -> api.send(api.request("/health").build()).body().contains(REASON));
  }

  @AfterEach
  void stop() {
    api.close();
  }

  @Test
  void theDeviceItselfHearsEveryReasonWithoutAKey() throws Exception {
    HttpResponse<String> answer = api.send(api.request("/health").build());

    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(json(answer).path("status").asText()).isEqualTo("unhealthy");
    assertThat(json(answer).path("reasons")).hasSizeGreaterThan(1);
  }

  @Test
  void beyondTheDeviceOnlyAKeyOpensTheReasons() throws Exception {
    HttpResponse<String> stranger = api.send(beyond("/health").build());
    HttpResponse<String> guesser =
        api.send(beyond("/health").header("X-API-Key", "x".repeat(32)).build());
    HttpResponse<String> friend =
        api.send(beyond("/health").header("X-API-Key", ScratchApi.KEY).build());

    assertThat(json(stranger)).hasToString("{\"status\":\"unhealthy\"}");
    assertThat(stranger.statusCode()).isEqualTo(503);
    assertThat(json(guesser)).hasToString("{\"status\":\"unhealthy\"}");
    assertThat(friend.body()).contains(REASON);
    assertThat(friend.statusCode()).isEqualTo(503);
  }

  @Test
  void figuresAreForTheDeviceItself() throws Exception {
    HttpRequest request = beyond("/metrics").header("X-API-Key", ScratchApi.KEY).build();

    assertThat(api.send(request).statusCode()).isEqualTo(403);
  }

  /** A request that comes from the network, as far as the server can see. */
  private HttpRequest.Builder beyond(String path) throws SocketException {
    Optional<String> address =
        NetworkInterface.networkInterfaces()
            .flatMap(NetworkInterface::inetAddresses)
            .filter(one -> one instanceof Inet4Address && !one.isLoopbackAddress())
            .map(one -> one.getHostAddress())
            .findFirst();
    assumeTrue(address.isPresent(), "this machine has no address but its loopback");
    return HttpRequest.newBuilder(
        URI.create("http://" + address.orElseThrow() + ":" + api.port() + path));
  }
}
