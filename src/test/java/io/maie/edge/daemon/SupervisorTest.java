package io.maie.edge.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import io.maie.edge.progress.Stage;
import io.maie.edge.task.FaultPoint;
import io.maie.edge.task.Task;
import io.maie.edge.task.TaskClock;
import io.maie.edge.task.TaskLimits;
import io.maie.edge.task.TaskOutcome;
import io.maie.edge.task.TaskSettings;
import io.maie.edge.testing.ManualTicker;
import io.maie.edge.testing.RecordedNotifier;
import io.maie.edge.testing.ScratchSpool;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SupervisorTest {
  private static final Duration WATCHDOG = Duration.ofMinutes(2);
  private static final Duration SILENCE = Duration.ofMinutes(30);

  @TempDir private Path home;
  private final ManualTicker time = new ManualTicker();
  private final RecordedNotifier notifier = new RecordedNotifier();
  private ScratchSpool spool;
  private ScanLoop scans;
  private Heartbeat worker;
  private Heartbeat upkeep;
  private Supervisor.Threads threads;
  private Supervisor supervisor;

  @BeforeEach
  void setUp() {
    spool =
        new ScratchSpool(
            home, new TaskClock(time, time), TaskSettings.DEFAULTS, FaultPoint.disabled());
    scans = new ScanLoop(spool.inbox, () -> true, Doorbell.disabled(), ScanOptions.DEFAULTS, time);
    worker = new Heartbeat(SILENCE, time);
    upkeep = new Heartbeat(SILENCE, time);
    threads = new Supervisor.Threads(scans, worker, upkeep);
    supervisor =
        new Supervisor(spool.runner, threads, notifier, Supervisor.watchdog(WATCHDOG, time));
  }

  @Test
  void aSignOfLifeIsGivenThreeTimesPerInterval() {
    for (int second = 0; second < 240; second++) {
      scans.cycle();
      supervisor.tick();
      time.advance(Duration.ofSeconds(1));
    }

    assertThat(notifier.messages()).hasSize(6).containsOnly("watchdog");
  }

  @Test
  void aScannerThatIsStuckGivesNoSignOfLife() {
    scans.cycle();
    time.advance(ScanOptions.DEFAULTS.stall().plusSeconds(1));

    supervisor.tick();

    assertThat(notifier.messages()).isEmpty();
  }

  @Test
  void aStuckWorkerGivesNoSignOfLifeUntilItContinues() {
    time.advance(SILENCE.plusSeconds(1));
    scans.cycle();
    upkeep.beat();

    supervisor.tick();
    assertThat(notifier.messages()).isEmpty();

    worker.beat();
    supervisor.tick();
    assertThat(notifier.messages()).containsExactly("watchdog");
  }

  @Test
  void anUpkeepThatIsStuckGivesNoSignOfLife() {
    time.advance(SILENCE.plusSeconds(1));
    scans.cycle();
    worker.beat();

    supervisor.tick();

    assertThat(notifier.messages()).isEmpty();
  }

  @Test
  void aTaskThatDoesNotHearThatItShouldStopGivesNoSignOfLife() throws IOException {
    spool.engines.on(
        Stage.ASR,
        context -> {
          long seconds = TaskLimits.DEFAULTS.stall().multipliedBy(2).plusSeconds(1).toSeconds();
          for (long second = 0; second < seconds; second++) {
            time.advance(Duration.ofSeconds(1));
            spool.runner.running().orElseThrow().enforceLimits();
          }
          scans.cycle();
          supervisor.tick();
        });

    TaskOutcome outcome = runOne();

    assertThat(notifier.messages()).isEmpty();
    assertThat(((TaskOutcome.Deferred) outcome).reason()).contains("no progress");
  }

  @Test
  void aTaskThatReportsIsLeftAloneHoweverLongItTakes() throws IOException {
    spool.engines.on(
        Stage.ASR,
        context -> {
          for (int i = 0; i < 100; i++) {
            time.advance(Duration.ofMinutes(9));
            context.tick(i / 100.0);
            scans.cycle();
            upkeep.beat();
            supervisor.tick();
          }
        });

    assertThat(runOne()).isInstanceOf(TaskOutcome.Published.class);
    assertThat(notifier.messages()).hasSize(100);
  }

  @Test
  void withoutAWatchdogNothingIsSent() {
    new Supervisor(spool.runner, threads, notifier, null).tick();

    assertThat(notifier.messages()).isEmpty();
  }

  private TaskOutcome runOne() throws IOException {
    spool.drop("a.wav", 64);
    spool.inbox.scan();
    time.advance(Duration.ofSeconds(30));
    Task task = spool.claims.claim(spool.inbox.scan().ready().get(0)).orElseThrow();
    return spool.runner.run(task);
  }
}
