package io.maie.edge.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.maie.edge.durable.Sha256;
import io.maie.edge.progress.Checkpoint;
import io.maie.edge.progress.Stage;
import io.maie.edge.task.Attempt.End;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class CrashCountTest extends TaskScenario {
  @Test
  void threeCrashesMakeARecordingPoison() throws IOException {
    spool.drop("a.wav", 64);
    Task task = claimNext();
    for (int i = 0; i < 3; i++) {
      spool.store.save(begun(task, Attempt.Open.begin(time.instant(), spool.process)));
      Files.writeString(spool.store.folder(task).stage(), "asr");
      Files.writeString(spool.store.folder(task).step(), "asr window 1");
      spool = fresh();
      task = spool.recovery.recover().get(0);
    }

    assertThat(spool.runner.run(task)).isInstanceOf(TaskOutcome.Quarantined.class);
    assertThat(json("failed/a.wav.error.json").at("/error/code").asText()).isEqualTo("POISON_FILE");
    assertThat(json("failed/a.wav.error.json").at("/error/stage").asText()).isEqualTo("asr");
  }

  @Test
  void aPoisonedRecordingIsKnownByItsChecksum() throws IOException {
    spool.drop("a.wav", 64);
    Task task = claimNext();
    String sha256 = Sha256.ofRegular(spool.store.folder(task).input(task));
    for (int i = 0; i < 3; i++) {
      task = crashedIn(task, "diarization", 0);
    }

    spool.runner.run(task);

    JsonNode error = json("failed/a.wav.error.json").at("/error");
    assertThat(error.at("/details/sha256").asText()).isEqualTo(sha256);
    assertThat(error.at("/message").asText()).contains("3 times in stage 'diarization'");
  }

  @ParameterizedTest
  @ValueSource(strings = {"decode", "vad", "asr"})
  void crashesWhileOtherProgramsWorkOrModelsOpenCountLikePowerCuts(String stage)
      throws IOException {
    spool.drop("a.wav", 64);
    Task task = claimNext();
    for (int i = 0; i < TaskLimits.DEFAULTS.powerCuts() - 1; i++) {
      task = crashedIn(task, stage, 0);
    }
    assertThat(failureOf(task)).isEmpty();

    task = crashedIn(task, stage, 0);

    assertThat(failureOf(task).orElseThrow().message())
        .contains("10 times in stage '" + stage + "'");
  }

  @Test
  void aCrashBeforeTheFirstStageIsNotOneOfTheStageBefore() throws IOException {
    spool.drop("a.wav", 64);
    Task task = claimNext();
    for (int i = 0; i < 2; i++) {
      task = crashedIn(task, "vad", 0);
    }
    Path stage = spool.store.folder(task).stage();
    AtomicBoolean isNamed = new AtomicBoolean(true);
    spool = acting(FaultPoint.Step.ATTEMPT_STARTED, () -> isNamed.set(Files.exists(stage)));

    spool.runner.run(task);

    assertThat(isNamed).isFalse();
  }

  @Test
  void crashesBehindGrowingCheckpointsDoNotAddUp() throws IOException {
    spool.drop("a.wav", 64);
    Task task = claimNext();
    for (int i = 0; i < 12; i++) {
      task = crashedIn(task, "asr", i);
    }

    assertThat(spool.runner.run(task)).isInstanceOf(TaskOutcome.Published.class);
  }

  @Test
  void crashesInDifferentStagesDoNotAddUpUntilThereAreVeryMany() throws IOException {
    spool.drop("a.wav", 64);
    Task task = claimNext();
    for (int i = 0; i < 9; i++) {
      task = crashedIn(task, i % 2 == 0 ? "decode" : "asr", 0);
    }
    assertThat(failureOf(task)).isEmpty();

    task = crashedIn(task, "asr", 0);

    assertThat(spool.runner.run(task)).isInstanceOf(TaskOutcome.Quarantined.class);
  }

  @Test
  void crashesInDifferentStepsOfAStageAreNotAtOnePlace() throws IOException {
    spool.drop("a.wav", 64);
    Task task = claimNext();
    for (int i = 0; i < 6; i++) {
      task = crashedIn(task, "asr", "asr window " + i % 2, 0);
    }

    assertThat(spool.runner.run(task)).isInstanceOf(TaskOutcome.Published.class);
  }

  @Test
  void aFailureNamesTheStepThatCrashedTheProgram() throws IOException {
    spool.drop("a.wav", 64);
    Task task = claimNext();
    for (int i = 0; i < 3; i++) {
      task = crashedIn(task, "asr", "asr window 0.000-1.000 s", 0);
    }

    spool.runner.run(task);

    assertThat(json("failed/a.wav.error.json").at("/error/message").asText())
        .contains("3 times in stage 'asr', at 'window 0.000-1.000 s'");
  }

  @Test
  void theEngineLearnsTheNumberOfCrashesInAStep() throws IOException {
    spool.drop("a.wav", 64);
    Task task = claimNext();
    task = crashedIn(task, "asr", "asr window 1", 0);
    task = crashedIn(task, "asr", "asr window 2", 10);
    task = crashedIn(task, "asr", "asr window 2", 10);
    task = crashedIn(task, "diarization", "asr window 2", 20);
    AtomicReference<List<Integer>> told = new AtomicReference<>(List.of());
    spool.engines.on(
        Stage.ASR,
        context -> {
          Checkpoint own = context.checkpoint();
          told.set(
              List.of(
                  own.crashes(""),
                  own.crashes("window 1"),
                  own.within("window ").crashes("2"),
                  own.crashes("window 3"),
                  own.within("window ").repeatedCrashes()));
        });

    spool.runner.run(task);

    assertThat(told.get()).containsExactly(3, 1, 2, 0, 1);
  }

  @Test
  void aStepOfAnEarlierAttemptIsForgotten() throws IOException {
    spool.drop("a.wav", 64);
    Task task = claimNext();
    Path step = spool.store.folder(task).step();
    Files.writeString(step, "asr window 1");
    spool.engines.on(Stage.ASR, context -> assertThat(step).doesNotExist());

    assertThat(spool.runner.run(task)).isInstanceOf(TaskOutcome.Published.class);
  }

  @Test
  void powerCutsAreForgivenLongerThanCrashes() throws IOException {
    spool.drop("a.wav", 64);
    Task task = claimNext();
    for (int i = 0; i < 3; i++) {
      ProcessIdentity otherBoot = new ProcessIdentity("boot " + i, 1);
      spool.store.save(begun(task, Attempt.Open.begin(time.instant(), otherBoot)));
      spool = fresh();
      task = spool.recovery.recover().get(0);
    }

    assertThat(task.facts().attemptsEnding(End.POWER_LOST)).isEqualTo(3);
    assertThat(spool.runner.run(task)).isInstanceOf(TaskOutcome.Published.class);
  }

  /** The count of ended processes has grown by the next start, as it does after a real kill. */
  @Test
  void aRecordingThatUsesUpTheMemorySaysSo() throws IOException {
    assumeTrue(MemoryKills.count().isPresent(), "the system counts no such ends");
    spool.drop("a.wav", 64);
    Task task = claimNext();
    ProcessIdentity process = spool.process;
    for (int i = 0; i < 3; i++) {
      spool.store.save(
          begun(
              task,
              new Attempt.Open(
                  new Attempt.Start(
                      time.instant(), process.bootId(), process.pid(), OptionalLong.of(-1)))));
      Files.writeString(spool.store.folder(task).stage(), "asr");
      spool = fresh();
      task = spool.recovery.recover().get(0);
      assertThat(task.facts().attemptsEnding(End.OUT_OF_MEMORY)).isEqualTo(i + 1);
    }

    assertThat(spool.runner.run(task)).isInstanceOf(TaskOutcome.Quarantined.class);
    JsonNode error = json("failed/a.wav.error.json").at("/error");
    assertThat(error.path("code").asText()).isEqualTo("POISON_FILE");
    assertThat(error.path("message").asText()).contains("3 times because memory ran out");
    assertThat(error.path("hint").asText()).contains("edge_small");
    assertThat(error.at("/details/sha256").asText()).hasSize(64);
  }

  private Optional<TaskFailure> failureOf(Task task) throws IOException {
    return CrashCount.of(task.facts())
        .failure(spool.store.folder(task).input(task), TaskLimits.DEFAULTS);
  }

  private Task crashedIn(Task task, String stage, int checkpointBytes) throws IOException {
    return crashedIn(task, stage, "", checkpointBytes);
  }

  private Task crashedIn(Task task, String stage, String step, int checkpointBytes)
      throws IOException {
    spool.store.save(begun(task, Attempt.Open.begin(time.instant(), spool.process)));
    TaskFolder folder = spool.store.folder(task);
    Files.writeString(folder.stage(), stage);
    Files.writeString(folder.step(), step);
    Files.createDirectories(folder.checkpoints());
    Files.writeString(folder.checkpoints().resolve("asr.x"), "x".repeat(checkpointBytes));
    spool = fresh();
    return spool.recovery.recover().get(0);
  }
}
