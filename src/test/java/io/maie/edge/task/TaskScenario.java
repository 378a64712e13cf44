package io.maie.edge.task;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.maie.edge.failure.FailureCode;
import io.maie.edge.failure.ProcessingException;
import io.maie.edge.progress.Stage;
import io.maie.edge.spool.Candidate;
import io.maie.edge.spool.SettleOptions;
import io.maie.edge.testing.ManualTicker;
import io.maie.edge.testing.ScratchSpool;
import io.maie.edge.testing.ShippedSchema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A scratch spool with steps that tests of tasks share. Every document must obey its schema. */
abstract class TaskScenario {
  /** After which a file that nobody touched counts as finished. */
  static final Duration SETTLED = SettleOptions.DEFAULTS.local().plusSeconds(1);

  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path home;

  final ManualTicker time = new ManualTicker();

  ScratchSpool spool;

  @BeforeEach
  void openSpool() throws IOException {
    spool = fresh();
  }

  @AfterEach
  void everyDocumentObeysTheSchema() throws IOException {
    ShippedSchema.acceptsAllDocumentsOf(home);
  }

  ScratchSpool fresh() {
    return new ScratchSpool(
        home, new TaskClock(time, time), TaskSettings.DEFAULTS, FaultPoint.disabled());
  }

  ScratchSpool vanishingAt(FaultPoint.Step where) {
    return acting(
        where,
        () -> {
          throw new AssertionError("vanished");
        });
  }

  ScratchSpool failingAt(FaultPoint.Step where, RuntimeException failure) {
    return acting(
        where,
        () -> {
          throw failure;
        });
  }

  ScratchSpool acting(FaultPoint.Step where, Runnable fault) {
    return new ScratchSpool(
        home,
        new TaskClock(time, time),
        TaskSettings.DEFAULTS,
        step -> {
          if (step == where) {
            fault.run();
          }
        });
  }

  static Task begun(Task task, Attempt.Open attempt) {
    return task.with(task.facts().begun(attempt));
  }

  static Task withInputThatCannotBeLookedAt(Task task) {
    return task.with(task.facts().withInputName("x".repeat(300)));
  }

  TaskOutcome runNext() throws IOException {
    return spool.runner.run(claimNext());
  }

  Task claimNext() throws IOException {
    return spool.claims.claim(settled().get(0)).orElseThrow();
  }

  List<Candidate> settled() {
    spool.inbox.scan();
    time.advance(Duration.ofSeconds(30));
    return spool.inbox.scan().ready();
  }

  void failIn(Stage stage, FailureCode code) {
    spool.engines.on(
        stage,
        context -> {
          throw new ProcessingException(code, "scripted failure");
        });
  }

  void sidecar(String recording, String content) throws IOException {
    Files.writeString(home.resolve("inbox").resolve(recording + ".job.json"), content);
  }

  JsonNode json(String file) throws IOException {
    return JSON.readTree(home.resolve(file).toFile());
  }
}
