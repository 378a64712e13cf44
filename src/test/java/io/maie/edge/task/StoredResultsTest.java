package io.maie.edge.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.maie.edge.failure.FailureCode;
import io.maie.edge.progress.Stage;
import io.maie.edge.retention.Area;
import io.maie.edge.retention.Cleanup;
import io.maie.edge.retention.Deletion;
import io.maie.edge.testing.ScratchCleanup;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class StoredResultsTest extends TaskScenario {
  private StoredResults stored;

  @BeforeEach
  void openStore() {
    stored = spool.places.stored();
  }

  @Test
  void aSuccessIsKeptInEveryFormatAndNotOnlyInThoseThatWerePublished() throws IOException {
    spool.drop("sub/a.wav", 64);
    Task task = processNext();

    StoredResult result = stored.find(task.id()).orElseThrow();
    assertThat(result.isSuccess()).isTrue();
    assertThat(result.task().source().path()).isEqualTo("sub/a.wav");
    assertThat(result.task().source().intake()).isEqualTo(Intake.FOLDER);
    assertThat(result.document("result.json").orElseThrow())
        .hasSameBinaryContentAs(home.resolve("outbox/sub/a.wav.json"));
    assertThat(result.document("result.txt")).isPresent();
    assertThat(result.document("result.srt")).isPresent();
    assertThat(result.document("result.vtt").orElseThrow()).content().startsWith("WEBVTT");
    assertThat(home.resolve("outbox/sub/a.wav.vtt")).doesNotExist();
  }

  @Test
  void aFailureIsKeptWithItsExplanation() throws IOException {
    failIn(Stage.DECODE, FailureCode.UNSUPPORTED_CODEC);
    spool.drop("a.wav", 64);
    Task task = processNext();

    StoredResult result = stored.find(task.id()).orElseThrow();
    assertThat(result.isSuccess()).isFalse();
    assertThat(result.failure().orElseThrow())
        .extracting(TaskFailure::code)
        .isEqualTo(FailureCode.UNSUPPORTED_CODEC);
    assertThat(result.document("error.json").orElseThrow())
        .hasSameBinaryContentAs(home.resolve("failed/a.wav.error.json"));
    assertThat(result.document("result.json")).isEmpty();
  }

  @Test
  void stageDocumentsKeepTheirOwnNamesInTheStore() throws IOException {
    spool.drop("a.wav", 64);
    Task task = claimNext();
    Files.writeString(spool.store.folder(task).stored("speakers.json"), "[1]");
    spool.runner.run(task);

    StoredResult result = stored.find(task.id()).orElseThrow();
    assertThat(result.document("speakers.json").orElseThrow()).hasContent("[1]");
  }

  @Test
  void theLatestTasksComeFirstAndPagesFollow() throws IOException {
    List<String> ids = List.of(idOf("a.wav"), idOf("b.wav"), idOf("c.wav"));

    assertThat(stored.latest(2, Optional.empty()))
        .extracting(result -> result.task().id())
        .containsExactly(ids.get(2), ids.get(1));
    assertThat(stored.latest(2, Optional.of(ids.get(1))))
        .extracting(result -> result.task().id())
        .containsExactly(ids.get(0));
  }

  @Test
  void noIdOrNameLeadsOutOfTheStore() throws IOException {
    String id = idOf("a.wav");
    StoredResult result = stored.find(id).orElseThrow();

    assertThat(stored.find("../results/" + id)).isEmpty();
    assertThatThrownBy(() -> result.document("../" + id + "/task.json"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void resultsOfBothDoorsHaveAgeLimitsOfTheirOwn() throws IOException {
    idOf("a.wav");
    Task task = claimNext("b.wav");
    TaskSource source = task.source();
    spool.store.save(
        new Task.Claimed(
            TaskFacts.received(
                task.id(),
                new TaskSource(
                    source.name(), source.path(), null, null, source.signature(), Intake.API, null),
                task.facts().receivedAt())));
    spool.runner.run(spool.store.read(task.id()));

    assertThat(areasToGoAfter(Duration.ofHours(23))).isEmpty();
    assertThat(areasToGoAfter(Duration.ofHours(25))).containsExactly(Area.API_RESULTS);
    assertThat(areasToGoAfter(Duration.ofDays(8))).contains(Area.API_RESULTS, Area.STORED_RESULTS);
  }

  private List<Area> areasToGoAfter(Duration age) throws IOException {
    Cleanup cleanup = ScratchCleanup.of(home, (area, path) -> false, () -> Instant.now().plus(age));
    return cleanup.plan().deletions().stream()
        .map(Deletion::item)
        .map(item -> item.area())
        .toList();
  }

  private String idOf(String name) throws IOException {
    Task task = claimNext(name);
    spool.runner.run(task);
    return task.id();
  }

  private Task claimNext(String name) throws IOException {
    spool.drop(name, 64);
    return claimNext();
  }

  private Task processNext() throws IOException {
    Task task = claimNext();
    spool.runner.run(task);
    return task;
  }
}
