package io.maie.edge.task;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.maie.edge.failure.FailureCode;
import io.maie.edge.failure.ProcessingException;
import io.maie.edge.progress.Stage;
import io.maie.edge.task.TaskOutcome.Published;
import io.maie.edge.testing.ScratchSpool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.commons.io.FileUtils;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Recordings that come again are answered from the store of results. */
final class DuplicatesTest extends TaskScenario {
  private static final String EVERY_FORM =
      "\"output_formats\": [\"json\", \"txt\", \"srt\", \"vtt\", \"md\", \"html\"]";

  private final AtomicInteger heard = new AtomicInteger();

  @BeforeEach
  @Override
  void openSpool() throws IOException {
    spool = fresh(FaultPoint.disabled());
    spool.drop("talk.wav", 64_000);
    sidecar("talk.wav", "{" + EVERY_FORM + ", \"features\": [\"clean_transcript\"]}");
    assertThat(runNext()).isInstanceOf(Published.class);
    assertThat(heard).hasValue(1);
  }

  private ScratchSpool fresh(FaultPoint faults) {
    ScratchSpool opened =
        new ScratchSpool(home, new TaskClock(time, time), TaskSettings.DEFAULTS, faults);
    opened.engines.called("models of today").on(Stage.ASR, context -> heard.incrementAndGet());
    return opened;
  }

  @Test
  void theSameContentUnderAnotherNameIsAnsweredWithoutTheEngines() throws IOException {
    JsonNode first = json("outbox/talk.wav.json");
    spool.drop("b/copy of talk.wav", 64_000);
    sidecar(
        "b/copy of talk.wav",
        "{" + EVERY_FORM + ", \"features\": [\"clean_transcript\"], \"metadata\": {\"case\": 7}}");

    Published published = (Published) runNext();

    assertThat(heard).hasValue(1);
    JsonNode answer = json("outbox/b/copy of talk.wav.json");
    assertThat(answer.path("duplicate_of")).isEqualTo(first.path("task_id"));
    assertThat(answer.path("task_id").asText()).isEqualTo(published.task().id());
    assertThat(answer.at("/source/path").asText()).isEqualTo("b/copy of talk.wav");
    assertThat(answer.at("/source/sha256")).isEqualTo(first.at("/source/sha256"));
    assertThat(answer.at("/parameters/metadata/case").asInt()).isEqualTo(7);
    for (String same : new String[] {"results", "metrics", "versions", "warnings"}) {
      assertThat(answer.path(same)).isEqualTo(first.path(same));
    }
    assertThat(home.resolve("archive/b/copy of talk.wav")).exists();
  }

  @Test
  void theOtherFormsAreThoseOfTheFirstResultUnderTheNewName() throws IOException {
    spool.drop("other.wav", 64_000);
    sidecar("other.wav", "{" + EVERY_FORM + ", \"features\": [\"clean_transcript\"]}");
    runNext();

    for (String form : new String[] {"txt", "srt", "vtt"}) {
      assertThat(home.resolve("outbox/other.wav." + form))
          .hasSameBinaryContentAs(home.resolve("outbox/talk.wav." + form));
    }
    for (String form : new String[] {"md", "html"}) {
      assertThat(Files.readString(home.resolve("outbox/other.wav." + form)))
          .isEqualTo(
              Files.readString(home.resolve("outbox/talk.wav." + form))
                  .replace("talk.wav", "other.wav"));
    }
  }

  @Test
  void aDuplicateGetsFormsThatTheFirstDidNotAskFor() throws IOException {
    spool.drop("rec.wav", 64_000);
    sidecar("rec.wav", "{\"output_formats\": [\"vtt\"], \"features\": [\"clean_transcript\"]}");
    runNext();

    assertThat(heard).hasValue(1);
    assertThat(home.resolve("outbox/rec.wav.vtt")).exists();
    assertThat(home.resolve("outbox/rec.wav.txt")).doesNotExist();
  }

  @Test
  void aRestartBetweenChangesNothing() throws IOException {
    spool = fresh(FaultPoint.disabled());

    assertThat(again("{\"features\": [\"clean_transcript\"]}").has("duplicate_of")).isTrue();
  }

  @Test
  void allowingDuplicatesProcessesTheRecording() throws IOException {
    JsonNode result = again("{\"features\": [\"clean_transcript\"], \"allow_duplicate\": true}");

    assertThat(result.has("duplicate_of")).isFalse();
    assertThat(heard).hasValue(2);
  }

  @Test
  void otherParametersMeanAnotherResult() throws IOException {
    assertThat(again("{}").has("duplicate_of")).isFalse();
    assertThat(heard).hasValue(2);
  }

  @Test
  void otherModelsMeanAnotherResult() throws IOException {
    spool.engines.called("models of tomorrow");

    assertThat(again("{\"features\": [\"clean_transcript\"]}").has("duplicate_of")).isFalse();
    assertThat(heard).hasValue(2);
  }

  @Test
  void otherContentOfTheSameSizeMeansAnotherResult() throws IOException {
    Path other = spool.drop("again.wav", 64_000);
    byte[] content = Files.readAllBytes(other);
    content[content.length - 1]++;
    Files.write(other, content);
    sidecar("again.wav", "{\"features\": [\"clean_transcript\"]}");
    runNext();

    assertThat(json("outbox/again.wav.json").has("duplicate_of")).isFalse();
    assertThat(heard).hasValue(2);
  }

  @Test
  void aFailureAnswersNothing() throws IOException {
    spool.engines.on(
        Stage.ASR,
        context -> {
          throw new ProcessingException(FailureCode.PROCESSING_ERROR, "scripted failure");
        });
    spool.drop("bad.wav", 32_000);
    TaskOutcome outcome = runNext();
    for (int i = 0; i < 10 && !(outcome instanceof TaskOutcome.Quarantined); i++) {
      outcome = spool.runner.run(outcome.task());
    }
    assertThat(outcome).isInstanceOf(TaskOutcome.Quarantined.class);
    spool = fresh(FaultPoint.disabled());
    spool.drop("good.wav", 32_000);
    runNext();

    assertThat(json("outbox/good.wav.json").has("duplicate_of")).isFalse();
  }

  @Test
  void anAnswerAnswersInTurnAndNamesTheTaskThatDidTheWork() throws IOException {
    String original = json("outbox/talk.wav.json").path("task_id").asText();
    again("{\"features\": [\"clean_transcript\"]}");
    FileUtils.deleteDirectory(home.resolve("state/results").resolve(original).toFile());
    spool.drop("third.wav", 64_000);
    sidecar("third.wav", "{\"features\": [\"clean_transcript\"]}");
    runNext();

    assertThat(heard).hasValue(1);
    assertThat(json("outbox/third.wav.json").path("duplicate_of").asText()).isEqualTo(original);
  }

  @Test
  void aResultFromTheFolderAnswersTheApi() throws IOException {
    ApiTasks api = new ApiTasks(spool.store, new TaskIds(time, new Random(3)), time);
    ApiTasks.Arriving arriving = api.begin();
    Path bytes = arriving.folder().resolve("upload");
    Files.copy(home.resolve("archive/talk.wav"), bytes);
    Task task =
        api.complete(
            arriving,
            bytes,
            new ApiTasks.SentRecording(
                "sent.wav", "{\"features\": [\"clean_transcript\"]}", 0, Intake.API, "r-1"));

    assertThat(spool.runner.run(task)).isInstanceOf(Published.class);

    assertThat(heard).hasValue(1);
    assertThat(json("state/results/" + task.id() + "/result.json").has("duplicate_of")).isTrue();
  }

  @ParameterizedTest
  @EnumSource(
      value = FaultPoint.Step.class,
      names = {
        "ATTEMPT_STARTED",
        "DOCUMENT_WRITTEN",
        "TASK_FINISHED",
        "RESULT_STORED",
        "DOCUMENTS_PUBLISHED"
      })
  void aCrashWhileAnsweringLeavesOneAnswer(FaultPoint.Step where) throws IOException {
    spool =
        fresh(
            step -> {
              if (step == where) {
                throw new AssertionError("vanished");
              }
            });
    spool.drop("again.wav", 64_000);
    sidecar("again.wav", "{\"features\": [\"clean_transcript\"]}");
    try {
      runNext();
    } catch (AssertionError e) {
      assertThat(e).hasMessage("vanished");
    }
    spool = fresh(FaultPoint.disabled());

    assertThat(spool.runner.run(spool.recovery.recover().get(0))).isInstanceOf(Published.class);

    assertThat(heard).hasValue(1);
    assertThat(json("outbox/again.wav.json").has("duplicate_of")).isTrue();
    assertThat(spool.files("outbox")).filteredOn(name -> name.startsWith("again")).hasSize(2);
    assertThat(spool.files("work")).isEmpty();
  }

  private JsonNode again(String sidecar) throws IOException {
    spool.drop("again.wav", 64_000);
    sidecar("again.wav", sidecar);
    runNext();
    return json("outbox/again.wav.json");
  }
}
