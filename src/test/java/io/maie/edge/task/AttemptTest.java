package io.maie.edge.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.maie.edge.failure.FailureCode;
import io.maie.edge.progress.Stage;
import io.maie.edge.task.Attempt.End;
import java.io.IOException;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class AttemptTest extends TaskScenario {
  @ParameterizedTest
  @EnumSource(
      value = End.class,
      names = {"OUT_OF_MEMORY", "KILLED_FOR_MEMORY", "FAILED_FOR_MEMORY"})
  void afterMemoryRanOutEveryAttemptTakesLittleAndTheResultSaysSo(End lack) throws IOException {
    spool.drop("a.wav", 64);
    Task claimed = claimNext();
    TaskFacts facts = claimed.facts().begun(Attempt.Open.begin(time.instant(), spool.process));
    facts = endedInAsr(facts, lack).begun(Attempt.Open.begin(time.instant(), spool.process));
    facts = endedInAsr(facts, End.FAILED);
    Task task = claimed.with(facts);
    spool.store.save(task);

    assertThat(spool.runner.run(task)).isInstanceOf(TaskOutcome.Published.class);

    JsonNode result = json("outbox/a.wav.json");
    assertThat(result.at("/warnings/0/code").asText()).isEqualTo("LITTLE_MEMORY");
    assertThat(result.at("/warnings/0/stage").asText()).isEqualTo("asr");
    assertThat(result.at("/versions/asr_backend/decoding_params/spares_memory").asBoolean())
        .isTrue();
  }

  @Test
  void anOrdinaryAttemptSparesNoMemory() throws IOException {
    spool.drop("a.wav", 64);
    runNext();

    JsonNode result = json("outbox/a.wav.json");
    assertThat(result.path("warnings").findValuesAsText("code")).doesNotContain("LITTLE_MEMORY");
    assertThat(result.at("/versions/asr_backend/decoding_params").has("spares_memory")).isFalse();
  }

  @Test
  void aKilledProgramLackedMemoryIfTheSystemEndedProcessesForThat() {
    assumeTrue(MemoryKills.count().isPresent(), "the system counts no such ends");

    FailureCode killed = FailureCode.PROCESS_KILLED;
    assertThat(begunAt(-1).endWith(killed)).isEqualTo(End.KILLED_FOR_MEMORY);
    assertThat(begunAt(Long.MAX_VALUE).endWith(killed)).isEqualTo(End.KILLED);
  }

  @Test
  void aModelThatFindsNoMemoryIsTriedAgainWithLittle() throws IOException {
    spool.drop("a.wav", 64);
    failIn(Stage.ASR, FailureCode.MODEL_MEMORY_ERROR);
    TaskOutcome.Deferred first = (TaskOutcome.Deferred) runNext();
    assertThat(first.task().facts().countedAttempts()).isEqualTo(1);
    spool.engines.on(Stage.ASR, context -> {});

    assertThat(spool.runner.run(first.task())).isInstanceOf(TaskOutcome.Published.class);

    assertThat(json("outbox/a.wav.json").path("warnings").findValuesAsText("code"))
        .contains("LITTLE_MEMORY");
  }

  /** An attempt that began when the system had ended {@code memoryKills} processes. */
  private Attempt.Open begunAt(long memoryKills) {
    return new Attempt.Open(
        new Attempt.Start(time.instant(), "boot", 1, OptionalLong.of(memoryKills)));
  }

  private TaskFacts endedInAsr(TaskFacts facts, End end) {
    Attempt.Open open = facts.openAttempt().orElseThrow();
    return facts.withLast(open.end(time.instant(), end).inStage("asr"));
  }
}
