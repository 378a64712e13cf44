package io.maie.edge.spool;

import static org.assertj.core.api.Assertions.assertThat;

import io.maie.edge.failure.FailureCode;
import io.maie.edge.spool.Candidate.Evidence;
import io.maie.edge.spool.FileLease.Grant;
import io.maie.edge.spool.SettleTracker.Tracked;
import io.maie.edge.spool.WholenessCheck.Verdict;
import io.maie.edge.spool.WholenessCheck.Wholeness;
import io.maie.edge.testing.ManualTicker;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Every verdict of the container, answer of the system and time without a change. */
final class ReadinessTest {
  private static final SettleOptions OPTIONS = SettleOptions.DEFAULTS;

  @TempDir Path folder;
  private final ManualTicker ticker = new ManualTicker();
  private final SettleTracker tracker = new SettleTracker(ticker);
  private Grant grant = Grant.UNAVAILABLE;
  private final Readiness readiness =
      new Readiness(OPTIONS, tracker, file -> new FileLease.NoLease(grant), new StoreKinds());
  private Path path;

  @BeforeEach
  void makeFile() throws Exception {
    path = Files.writeString(folder.resolve("a.wav"), "a");
  }

  @ParameterizedTest(name = "{0} {1} after {2} s: {3} {4}")
  @CsvSource({
    "WHOLE,       GRANTED,        0,   READY,            WHOLE_AND_CLOSED",
    "WHOLE,       OPEN_ELSEWHERE, 0,   OPEN_FOR_WRITING, ",
    "WHOLE,       OPEN_ELSEWHERE, 599, OPEN_FOR_WRITING, ",
    "WHOLE,       OPEN_ELSEWHERE, 600, READY,            GRACE_OVER",
    "WHOLE,       UNAVAILABLE,    4,   SETTLING,         ",
    "WHOLE,       UNAVAILABLE,    5,   READY,            SETTLED",
    "CANNOT_TELL, GRANTED,        4,   SETTLING,         ",
    "CANNOT_TELL, GRANTED,        5,   READY,            SETTLED",
    "CANNOT_TELL, OPEN_ELSEWHERE, 5,   OPEN_FOR_WRITING, ",
    "CANNOT_TELL, OPEN_ELSEWHERE, 600, READY,            GRACE_OVER",
    "CANNOT_TELL, UNAVAILABLE,    5,   READY,            SETTLED",
    "GROWING,     GRANTED,        119, GROWING,          ",
    "GROWING,     GRANTED,        120, READY,            SETTLED",
    "GROWING,     UNAVAILABLE,    599, GROWING,          ",
    "GROWING,     UNAVAILABLE,    600, READY,            GRACE_OVER",
    "INCOMPLETE,  GRANTED,        599, INCOMPLETE,       ",
    "INCOMPLETE,  GRANTED,        600, READY,            GRACE_OVER",
  })
  void aFileWithContentIsJudged(
      Wholeness wholeness, Grant answer, long quietSeconds, EntryState state, Evidence evidence) {
    Tracked file = observe(1, 1);
    grant = answer;
    ticker.advance(Duration.ofSeconds(quietSeconds));

    Readiness.Judgement judgement = readiness.judge(file, new Verdict(wholeness, "so far"));

    assertThat(judgement.state()).isEqualTo(state);
    assertThat(judgement.evidence()).isEqualTo(evidence);
    assertThat(judgement.defect()).isNull();
  }

  @Test
  void aFileOfSeveralNamesSettlesEvenIfItIsWhole() {
    Tracked file = observe(1, 2);
    grant = Grant.GRANTED;

    assertThat(readiness.judge(file, new Verdict(Wholeness.WHOLE, "")).state())
        .isEqualTo(EntryState.SETTLING);
  }

  @Test
  void aFileOnWhichAnswersChangeIsJudgedAnewUntilItsProofIsKept() {
    Tracked file = observe(1, 1);
    grant = Grant.GRANTED;
    Readiness.Judgement ready = readiness.judge(file, new Verdict(Wholeness.WHOLE, ""));
    grant = Grant.OPEN_ELSEWHERE;

    assertThat(readiness.judge(file, new Verdict(Wholeness.WHOLE, "")).state())
        .isEqualTo(EntryState.OPEN_FOR_WRITING);

    file.findings().proved(ready.proof().orElseThrow());

    assertThat(readiness.judge(file, new Verdict(Wholeness.WHOLE, "")).state())
        .isEqualTo(EntryState.READY);
  }

  @ParameterizedTest
  @EnumSource(Grant.class)
  void anEmptyFileFailsAfterItsGraceTime(Grant answer) {
    Tracked file = observe(0, 1);
    grant = answer;
    ticker.advance(OPTIONS.zeroByteGrace().minusSeconds(1));
    assertThat(readiness.judgeEmpty(file).state()).isEqualTo(EntryState.EMPTY);

    ticker.advance(Duration.ofSeconds(1));

    assertThat(readiness.judgeEmpty(file).defect())
        .extracting(Candidate.Defect::code)
        .isEqualTo(FailureCode.EMPTY_FILE);
  }

  @Test
  void aRecordingWaitsForItsSidecarUpToTheLimit() {
    Tracked file = observe(1, 1);
    assertThat(readiness.judgeHeld(file, "its sidecar is missing").state())
        .isEqualTo(EntryState.HELD);

    ticker.advance(OPTIONS.sidecarGrace());

    assertThat(readiness.judgeHeld(file, "its sidecar is missing").defect())
        .extracting(Candidate.Defect::code)
        .isEqualTo(FailureCode.INVALID_PARAMETERS);
  }

  private Tracked observe(long bytes, int links) {
    FileSignature signature = new FileSignature(1, 1, bytes, 7, 1);
    return tracker.observe(path, new FileFacts(FileFacts.Kind.FILE, signature, links, 0, 0644));
  }
}
