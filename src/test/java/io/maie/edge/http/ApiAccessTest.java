package io.maie.edge.http;

import static io.maie.edge.http.ScratchApi.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rights of clients of the API, and headers of every answer. */
final class ApiAccessTest {
  @TempDir Path home;
  @TempDir Path other;
  private ScratchApi api;

  @BeforeEach
  void start() throws IOException {
    api = ScratchApi.start(home, ScratchApi.options());
  }

  @AfterEach
  void stop() {
    api.close();
  }

  @Test
  void aServerThatNobodyAskedStopsListening() throws Exception {
    ScratchApi quiet = ScratchApi.start(other, ScratchApi.options());
    int port = quiet.port();
    quiet.close();

    assertThatThrownBy(() -> new Socket(InetAddress.getLoopbackAddress(), port).close())
        .isInstanceOf(ConnectException.class);
  }

  @Test
  void withoutAKeyOnlyHealthIsAnswered() throws Exception {
    HttpResponse<String> answer = api.send(api.request("/v1/tasks").build());

    assertThat(answer.statusCode()).isEqualTo(401);
    assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
    assertThat(json(answer).path("code").asText()).isEqualTo("UNAUTHORIZED");
    assertThat(api.send(api.request("/health").build()).body()).contains("healthy");
    assertThat(api.send(api.request("/metrics").build()).body())
        .contains("maie_tasks_total{outcome=\"published\"} 0");
  }

  @Test
  void anAddressThatSendsManyWrongKeysIsClosedForAWhile() throws Exception {
    for (int i = 0; i < 10; i++) {
      assertThat(withKey("wrong").statusCode()).isEqualTo(401);
    }

    assertThat(withKey("wrong").statusCode()).isEqualTo(429);
    assertThat(withKey(ScratchApi.KEY).statusCode()).isEqualTo(429);
  }

  @Test
  void keysAreReadAgainAndAWithdrawnOneEndsTheSessions() throws Exception {
    AtomicReference<List<String>> keys = new AtomicReference<>(List.of(ScratchApi.KEY));
    api.close();
    api =
        ScratchApi.start(
            home, ScratchApi.options(() -> List.copyOf(keys.get()), 1, Optional.empty()));
    HttpResponse<String> session =
        api.send(
            api.request("/session")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{\"key\": \"" + ScratchApi.KEY + "\"}"))
                .build());
    String cookie = session.headers().firstValue("Set-Cookie").orElseThrow();
    HttpRequest byCookie = api.request("/v1/tasks").header("Cookie", cookie).build();
    String other = "f".repeat(32);

    keys.set(List.of(ScratchApi.KEY, other));
    api.renew();

    HttpRequest byOther = api.request("/v1/tasks").header("X-API-Key", other).build();
    assertThat(api.send(byOther).statusCode()).isEqualTo(200);
    assertThat(api.send(byCookie).statusCode()).isEqualTo(200);

    keys.set(List.of(other));
    api.renew();

    assertThat(api.send(byOther).statusCode()).isEqualTo(200);
    assertThat(api.get("/v1/tasks").statusCode()).isEqualTo(401);
    assertThat(api.send(byCookie).statusCode()).isEqualTo(401);
  }

  @Test
  void everyCallThatIsNotOpenNeedsAKey() throws Exception {
    List<Route> closed =
        api.routes().all().stream().filter(route -> route.access() == Route.Access.KEY).toList();
    assertThat(closed).hasSizeGreaterThan(15);

    for (Route route : closed) {
      String path = route.path().replaceAll("\\{[a-z_]+}", "x");
      HttpRequest request =
          api.request(path).method(route.method(), BodyPublishers.noBody()).build();

      assertThat(api.send(request).statusCode()).as(route.method() + " " + path).isEqualTo(401);
    }
  }

  @Test
  void aPlaceThatIsTakenIsNamed() {
    HttpOptions usual = ScratchApi.options();
    HttpOptions taken =
        new HttpOptions(
            usual.address(),
            api.port(),
            usual.keys(),
            usual.names(),
            usual.maxUploadBytes(),
            usual.maxQueue(),
            usual.minFreeBytes(),
            usual.publishesToOutbox(),
            usual.corsOrigins(),
            usual.tls());

    assertThatThrownBy(() -> ScratchApi.start(other, taken))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("The API cannot listen at 127.0.0.1:" + api.port() + ": ")
        .hasMessageContaining("in use");
  }

  @Test
  void aBearerIsAKeyToo() throws Exception {
    HttpRequest request =
        api.request("/v1/tasks").header("Authorization", "Bearer " + ScratchApi.KEY).build();

    assertThat(api.send(request).statusCode()).isEqualTo(200);
  }

  @Test
  void noPathLeadsToAFile() throws Exception {
    for (String path :
        List.of("/../../etc/passwd", "/v1/tasks/..%2f..%2fetc/result", "/v1/tasks/../tasks.json")) {
      String answer =
          api.raw("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nX-API-Key: " + ScratchApi.KEY);
      assertThat(answer).as(path).containsAnyOf(" 400 ", " 404 ");
    }
  }

  @Test
  void anotherHostOrOriginIsRefused() throws Exception {
    assertThat(
            api.raw("GET /v1/tasks HTTP/1.1\r\nHost: evil.example\r\nX-API-Key: " + ScratchApi.KEY))
        .contains(" 421 ");
    assertThat(
            api.raw(
                "POST /v1/process HTTP/1.1\r\nHost: localhost\r\nOrigin: https://evil.example"
                    + "\r\nContent-Length: 0\r\nX-API-Key: "
                    + ScratchApi.KEY))
        .contains(" 403 ");
  }

  @Test
  void tooManyBytesOfHeadersAreRefused() throws Exception {
    assertThat(api.raw("GET /health HTTP/1.1\r\nHost: localhost\r\nX-Long: " + "x".repeat(10_000)))
        .contains(" 431 ");
  }

  @Test
  void theIdOfARequestComesBack() throws Exception {
    HttpRequest request = api.request("/health").header("X-Request-ID", "abc-1").build();

    assertThat(api.send(request).headers().firstValue("X-Request-ID")).hasValue("abc-1");
    assertThat(api.get("/health").headers().firstValue("X-Content-Type-Options"))
        .hasValue("nosniff");
  }

  @Test
  void refusalsOfTheServerItselfHaveTheUsualHeaders() throws Exception {
    String answer = api.raw("GET /health HTTP/1.1\r\nHost: localhost\r\nX: " + "x".repeat(10_000));

    assertThat(answer)
        .contains("X-Request-ID: ", "X-Content-Type-Options: nosniff", "Content-Security-Policy: ")
        .contains("Content-Type: application/problem+json", "\"status\" : 431");
  }

  @Test
  void theAddressOfTheConnectionIsANameOfTheDevice() throws Exception {
    assertThat(api.raw("GET /health HTTP/1.1\r\nHost: 127.0.0.1:" + api.uri("/").getPort()))
        .contains(" 200 ");
    assertThat(api.raw("GET /health HTTP/1.1\r\nHost: 192.0.2.1")).contains(" 421 ");
  }

  @Test
  void anotherMethodIsAnsweredWithThoseThatAreAllowed() throws Exception {
    HttpResponse<String> answer =
        api.send(api.keyed("/v1/tasks").PUT(HttpRequest.BodyPublishers.noBody()).build());

    assertThat(answer.statusCode()).isEqualTo(405);
    assertThat(answer.headers().firstValue("Allow")).hasValue("GET, HEAD, OPTIONS");
  }

  @Test
  void theMethodsOfAnAddressCanBeAskedFor() throws Exception {
    assertThat(api.raw("OPTIONS /v1/process HTTP/1.1\r\nHost: localhost"))
        .contains(" 204 ", "Allow: OPTIONS, POST");
    assertThat(api.raw("OPTIONS /v1/tasks/7/result HTTP/1.1\r\nHost: localhost"))
        .contains("Allow: GET, HEAD, OPTIONS");
    assertThat(api.raw("OPTIONS /v1/nothing/here HTTP/1.1\r\nHost: localhost")).contains(" 404 ");
  }

  @Test
  void theLinkOpensASessionOnce() throws Exception {
    String path = api.link().substring(api.link().indexOf("/?"));
    HttpResponse<String> opened = api.send(api.request(path).build());

    assertThat(opened.statusCode()).isEqualTo(303);
    assertThat(opened.headers().firstValue("Location")).hasValue("/");
    assertThat(opened.headers().firstValue("Set-Cookie").orElseThrow())
        .startsWith("maie_session=")
        .contains("HttpOnly", "SameSite=Strict", "Max-Age=43200", "Path=/")
        .doesNotContain("Secure");
    assertThat(api.send(api.request(path).build()).headers().firstValue("Set-Cookie")).isEmpty();
  }

  @Test
  void aPageWithASessionReadsAndNeedsItsTokenForChanges() throws Exception {
    Session session = login("{\"key\": \"" + ScratchApi.KEY + "\"}");
    HttpRequest.Builder change =
        api.request("/v1/tasks/0-unknown").header("Cookie", session.cookie).DELETE();

    assertThat(json(api.send(with(session, "/session"))).path("csrf").asText())
        .isEqualTo(session.csrf);
    assertThat(api.send(with(session, "/v1/tasks")).statusCode()).isEqualTo(200);
    assertThat(json(api.send(change.build())).path("code").asText())
        .isEqualTo("CSRF_TOKEN_MISSING");
    assertThat(api.send(change.copy().header("X-CSRF-Token", "guess").build()).statusCode())
        .isEqualTo(403);
    assertThat(api.send(change.copy().header("X-CSRF-Token", session.csrf).build()).statusCode())
        .isEqualTo(404);
  }

  @Test
  void aCodeOpensASessionForAPageToo() throws Exception {
    String code = api.link().substring(api.link().indexOf("code=") + "code=".length());
    String body = "{\"code\": \"" + code + "\"}";

    assertThat(api.send(with(login(body), "/v1/tasks")).statusCode()).isEqualTo(200);
    assertThat(api.send(post(body)).statusCode()).isEqualTo(401);
  }

  @Test
  void loggingOutEndsTheSession() throws Exception {
    Session session = login("{\"key\": \"" + ScratchApi.KEY + "\"}");
    HttpRequest logout =
        api.request("/session")
            .header("Cookie", session.cookie)
            .header("X-CSRF-Token", session.csrf)
            .DELETE()
            .build();

    assertThat(api.send(logout).statusCode()).isEqualTo(204);
    assertThat(api.send(with(session, "/session")).statusCode()).isEqualTo(401);
    assertThat(api.send(with(session, "/v1/tasks")).statusCode()).isEqualTo(401);
  }

  @Test
  void aBodyThatOpensNoSessionIsExplained() throws Exception {
    assertThat(api.send(post("{\"key\": \"wrong\"}")).statusCode()).isEqualTo(401);
    assertThat(api.send(post("[]")).statusCode()).isEqualTo(400);
    assertThat(api.send(post("{")).statusCode()).isEqualTo(400);
    assertThat(api.send(post(" ".repeat(5_000))).statusCode()).isEqualTo(413);
    HttpRequest form =
        api.request("/session").POST(HttpRequest.BodyPublishers.ofString("key=x")).build();
    assertThat(api.send(form).statusCode()).isEqualTo(415);
  }

  @Test
  void theAddressOfAPageFileReachesNoOtherFile() throws Exception {
    for (String path :
        List.of("/Guard.class", "/..%2fGuard.class", "/package-info.class", "/x.js")) {
      assertThat(api.raw("GET " + path + " HTTP/1.1\r\nHost: localhost"))
          .as(path)
          .containsAnyOf(" 404 ", " 400 ");
    }
  }

  @Test
  void aPageOfAConfiguredPlaceMayAskWithAKey() throws Exception {
    String question =
        api.raw(
            "OPTIONS /v1/tasks HTTP/1.1\r\nHost: localhost\r\nOrigin: "
                + ScratchApi.PLACE
                + "\r\nAccess-Control-Request-Method: GET");
    String stranger =
        api.raw(
            "OPTIONS /v1/tasks HTTP/1.1\r\nHost: localhost\r\nOrigin: https://evil.example"
                + "\r\nAccess-Control-Request-Method: GET");

    assertThat(question)
        .contains(" 204 ", "Access-Control-Allow-Origin: " + ScratchApi.PLACE)
        .doesNotContain("Allow-Credentials");
    assertThat(stranger).contains(" 204 ").doesNotContain("Access-Control");
  }

  private record Session(String cookie, String csrf) {}

  private Session login(String body) throws Exception {
    HttpResponse<String> answer = api.send(post(body));
    String cookie = answer.headers().firstValue("Set-Cookie").orElseThrow();
    return new Session(
        cookie.substring(0, cookie.indexOf(';')), json(answer).path("csrf").asText());
  }

  private HttpRequest post(String body) {
    return api.request("/session")
        .header("Content-Type", "application/json")
        .POST(HttpRequest.BodyPublishers.ofString(body))
        .build();
  }

  private HttpRequest with(Session session, String path) {
    return api.request(path).header("Cookie", session.cookie).build();
  }

  private HttpResponse<String> withKey(String key) throws Exception {
    return api.send(api.request("/v1/tasks").header("X-API-Key", key).build());
  }
}
