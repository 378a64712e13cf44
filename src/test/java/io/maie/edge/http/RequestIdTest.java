package io.maie.edge.http;

import static io.maie.edge.http.ScratchApi.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import io.maie.edge.failure.FailureCode;
import io.maie.edge.failure.ProcessingException;
import io.maie.edge.progress.Stage;
import java.net.http.HttpRequest;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** The id of a request leads to all lines of the log that the request causes. */
final class RequestIdTest extends ApiScenario {
  private final Logger ours = (Logger) LoggerFactory.getLogger("io.maie.edge");
  private final Level before = ours.getLevel();
  private final Lines lines = new Lines();

  @BeforeEach
  void listen() {
    ours.setLevel(Level.DEBUG);
    ours.addAppender(lines);
    lines.start();
  }

  @AfterEach
  void stopListening() {
    ours.detachAppender(lines);
    ours.setLevel(before);
  }

  @Test
  void everyLineAboutATaskHasTheIdOfTheRequestThatBroughtIt() throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(api.form("/v1/process-sync", 64), (name, value) -> true)
            .header("X-Request-ID", "abc-7")
            .build();

    String id = json(api.send(request)).path("task_id").asText();

    await().untilAsserted(() -> assertThat(lines.about(id)).isNotEmpty());
    assertThat(lines.about(id)).containsOnly("abc-7");
  }

  @Test
  void aTaskThatIsTriedAgainHasTheIdOfTheRequestThatAskedForIt() throws Exception {
    api.daemon.spool.engines.on(
        Stage.ASR,
        context -> {
          throw new ProcessingException(FailureCode.UNSUPPORTED_CODEC, "broken");
        });
    String failed = json(api.send(api.form("/v1/process-sync", 64))).path("task_id").asText();
    // the answer may come before the last line about the failure
    await().untilAsserted(() -> assertThat(lines.about(failed)).isNotEmpty());
    lines.forget();
    HttpRequest retry =
        api.request("/v1/tasks/" + failed + "/retry")
            .header("X-API-Key", ScratchApi.KEY)
            .header("X-Request-ID", "abc-8")
            .POST(HttpRequest.BodyPublishers.noBody())
            .build();

    String id = json(api.send(retry)).path("task_id").asText();

    await().untilAsserted(() -> assertThat(lines.about(id)).isNotEmpty());
    assertThat(lines.about(id)).containsOnly("abc-8");
  }

  /** The contexts of all lines, taken on the threads that write them. */
  private static final class Lines extends AppenderBase<ILoggingEvent> {
    private final List<Map<String, String>> contexts = new CopyOnWriteArrayList<>();

    @Override
    protected void append(ILoggingEvent event) {
      contexts.add(Map.copyOf(event.getMDCPropertyMap()));
    }

    void forget() {
      contexts.clear();
    }

    /** The ids of requests on the lines about a task. */
    List<String> about(String task) {
      return contexts.stream()
          .filter(context -> task.equals(context.get("task")))
          .map(context -> context.getOrDefault("request", "none"))
          .toList();
    }
  }
}
