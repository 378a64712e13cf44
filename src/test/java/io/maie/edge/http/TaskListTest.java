package io.maie.edge.http;

import static io.maie.edge.http.ScratchApi.json;
import static io.maie.edge.http.ScratchApi.taskId;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.maie.edge.failure.FailureCode;
import io.maie.edge.failure.ProcessingException;
import io.maie.edge.progress.Stage;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The queue as clients see it: what runs, what waits and why, what has ended. */
final class TaskListTest extends ApiScenario {
  private static final Duration LIMIT = Duration.ofMinutes(1);

  private JsonNode tasks(String query) throws Exception {
    return json(api.get("/v1/tasks" + query));
  }

  @Test
  void aTaskThatWaitsForAnotherSaysSo() throws Exception {
    CountDownLatch decoding = api.holdDecoding();
    String first = taskId(api.send(api.form("/v1/process", 64)));
    assertThat(decoding.await(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
    String second = taskId(api.send(api.form("/v1/process", 64)));

    JsonNode open = tasks("").path("open");

    assertThat(open.findValuesAsText("task_id")).containsExactly(first, second);
    assertThat(open.get(0).path("status").asText()).isEqualTo("PREPROCESSING");
    assertThat(open.get(0).has("waiting")).isFalse();
    assertThat(open.get(1).path("status").asText()).isEqualTo("PENDING");
    assertThat(open.get(1).at("/waiting/code").asText()).isEqualTo("QUEUED");
    assertThat(open.get(1).at("/waiting/reason").asText()).isEqualTo("waits for its turn");
    assertThat(json(api.get("/v1/status/" + second)).at("/waiting/code").asText())
        .isEqualTo("QUEUED");
  }

  @Test
  void aTaskThatIsTriedAgainLaterSaysWhenAndWhy() throws Exception {
    api.daemon.spool.engines.on(
        Stage.DECODE,
        context -> {
          throw new ProcessingException(FailureCode.FILE_SYSTEM_ERROR, "scripted failure");
        });
    String id = taskId(api.send(api.form("/v1/process", 64)));
    await()
        .atMost(LIMIT)
        .until(
            () ->
                json(api.get("/v1/status/" + id)).at("/waiting/code").asText().equals("DEFERRED"));

    JsonNode waiting = tasks("").at("/open/0/waiting");

    assertThat(waiting.path("code").asText()).isEqualTo("DEFERRED");
    assertThat(waiting.path("reason").asText()).contains("scripted failure", "next attempt at");
  }

  @Test
  void whileTheOperatorPausesTasksSaySo() throws Exception {
    CountDownLatch decoding = api.holdDecoding();
    api.send(api.form("/v1/process", 64));
    assertThat(decoding.await(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
    String second = taskId(api.send(api.form("/v1/process", 64)));
    api.daemon.pause.pause();
    await().atMost(LIMIT).until(() -> api.get("/ready").statusCode() == 503);
    api.release();
    api.daemon.spool.drop("third.wav", 64);
    await()
        .atMost(LIMIT)
        .until(() -> tasks("").at("/inbox/0/waiting/code").asText().equals("PAUSED"));

    await()
        .atMost(LIMIT)
        .untilAsserted(
            () -> {
              JsonNode waiting = json(api.get("/v1/status/" + second)).path("waiting");
              assertThat(waiting.path("code").asText()).isEqualTo("PAUSED");
              assertThat(waiting.path("reason").asText()).startsWith("Paused by the operator");
            });
  }

  @Test
  void recordingsOfTheInboxAreInTheQueueToo() throws Exception {
    CountDownLatch decoding = api.holdDecoding();
    api.daemon.spool.drop("first.wav", 64);
    assertThat(decoding.await(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
    api.daemon.spool.drop("second.wav", 65);
    await().atMost(LIMIT).until(() -> tasks("").path("inbox").size() == 1);

    JsonNode tasks = tasks("");
    JsonNode running = tasks.at("/open/0");
    assertThat(running.path("name").asText()).isEqualTo("first.wav");
    assertThat(tasks.at("/inbox/0/name").asText()).isEqualTo("second.wav");
    assertThat(tasks.at("/inbox/0/waiting/code").asText()).isIn("SETTLING", "READY");
    assertThat(tasks.at("/inbox/0/waiting/reason").asText()).isNotEmpty();

    api.release();
    String id = running.path("task_id").asText();
    await()
        .atMost(LIMIT)
        .until(() -> json(api.get("/v1/status/" + id)).path("status").asText().equals("COMPLETE"));
    assertThat(json(api.get("/v1/status/" + id)).at("/result/source/name").asText())
        .isEqualTo("first.wav");
  }

  @Test
  void aPageThatBeginsAtNoTaskIsRefused() throws Exception {
    HttpResponse<String> answer = api.get("/v1/tasks?before=yesterday");

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(json(answer).path("code").asText()).isEqualTo("BAD_PAGE");
  }

  @Test
  void resultsComePageByPage() throws Exception {
    List<String> sent = new ArrayList<>(List.of(api.finished()));
    for (int i = 1; i < 52; i++) {
      sent.add(storeAgain(sent.get(0), i));
    }

    JsonNode first = tasks("");
    JsonNode second = tasks("?before=" + first.path("next_before").asText());

    List<String> shown = new ArrayList<>(first.path("ended").findValuesAsText("task_id"));
    assertThat(shown).hasSize(50);
    shown.addAll(second.path("ended").findValuesAsText("task_id"));
    Collections.reverse(shown);
    assertThat(shown).containsExactlyElementsOf(sent);
    assertThat(second.has("next_before")).isFalse();
    assertThat(second.path("open")).isEmpty();
    assertThat(tasks("?limit=3").path("ended").findValuesAsText("task_id"))
        .containsExactly(sent.get(51), sent.get(50), sent.get(49));
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "201", "-1", "many", ""})
  void aPageHasOneToTwoHundredTasks(String limit) throws Exception {
    assertThat(api.get("/v1/tasks?limit=" + limit).statusCode()).isEqualTo(400);
  }

  /** Stores the result of a task for another one, which ended so many tasks later. */
  private String storeAgain(String id, int later) throws IOException {
    String other =
        Long.toHexString(Long.parseLong(id.substring(0, 8), 16) + later) + id.substring(8);
    String again = "0".repeat(id.length() - other.length()) + other;
    Path folder = Files.createDirectory(home.resolve("state/results").resolve(again));
    Path record = home.resolve("state/results").resolve(id).resolve("task.json");
    Files.writeString(folder.resolve("task.json"), Files.readString(record).replace(id, again));
    return again;
  }

  @Test
  void resultsAreInTheOutboxAsWellIfTheSettingsSaySo() throws Exception {
    api.close();
    HttpOptions usual = ScratchApi.options();
    api =
        ScratchApi.start(
            home,
            new HttpOptions(
                usual.address(),
                usual.port(),
                usual.keys(),
                usual.names(),
                usual.maxUploadBytes(),
                usual.maxQueue(),
                usual.minFreeBytes(),
                true,
                usual.corsOrigins(),
                Optional.empty()));

    api.finished();

    assertThat(home.resolve("outbox/talk.wav.json")).exists();
    assertThat(Files.readString(home.resolve("outbox/talk.wav.json"))).contains("raw_transcript");
  }
}
