package io.maie.edge.testing;

import io.maie.edge.daemon.Daemon;
import io.maie.edge.daemon.DaemonOptions;
import io.maie.edge.daemon.DaemonParts;
import io.maie.edge.daemon.Doorbell;
import io.maie.edge.daemon.FolderPulse;
import io.maie.edge.daemon.OperatorFiles;
import io.maie.edge.daemon.ScanOptions;
import io.maie.edge.daemon.UpkeepParts;
import io.maie.edge.daemon.WatcherDoorbell;
import io.maie.edge.retention.Cleanup;
import io.maie.edge.retention.DiskMonitor;
import io.maie.edge.retention.DiskRules;
import io.maie.edge.spool.RecordingFolder;
import io.maie.edge.task.CancelRequest;
import io.maie.edge.task.FailedRecordings;
import io.maie.edge.task.FaultPoint;
import io.maie.edge.task.PauseSwitch;
import io.maie.edge.task.RequestFolder;
import io.maie.edge.task.TaskClock;
import io.maie.edge.task.TaskIds;
import io.maie.edge.task.TaskSettings;
import io.maie.edge.telemetry.Check;
import io.maie.edge.telemetry.StatusFiles;
import io.maie.edge.time.Ticker;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/** A daemon on temporary folders with scripted engines, in real time but in a hurry. */
public final class ScratchDaemon implements AutoCloseable {
  private static final Duration SETTLE_TIME = Duration.ofMillis(60);
  private static final ScanOptions SCANS =
      new ScanOptions(
          Duration.ofMillis(20),
          Duration.ofMillis(500),
          Duration.ofMillis(40),
          Duration.ofMillis(10),
          Duration.ofMinutes(1));

  private static final Duration WATCHDOG = Duration.ofMillis(30);

  /** Worker and upkeep look around each second; a machine at its limits may be late. */
  private static final Duration SILENCE = Duration.ofMillis(1_500);

  public final ScratchSpool spool;
  public final Daemon daemon;
  public final RecordedNotifier notifier = new RecordedNotifier();

  private volatile Check.Finding finding = Check.Finding.ok("fine");
  private volatile boolean isBroken;

  /** Free bytes of every disk, of a million. */
  public final AtomicLong freeBytes = new AtomicLong(900_000);

  /** The speech models that are installed, in one word. */
  public final AtomicReference<String> models = new AtomicReference<>("small:1");

  /** The switch of {@code maie-edge pause} and {@code resume}. */
  public final PauseSwitch pause;

  /** The folder of {@code maie-edge retry}. */
  public final FailedRecordings failed;

  private final RequestFolder requests;
  private final TaskIds ids = new TaskIds(Clock.systemUTC(), new Random(7));

  private ScratchDaemon(Path home, boolean watching) {
    TaskClock clock = new TaskClock(Clock.systemUTC(), Ticker.system());
    spool =
        new ScratchSpool(home, clock, TaskSettings.DEFAULTS, FaultPoint.disabled(), SETTLE_TIME);
    requests = new RequestFolder(home.resolve("state"));
    pause = new PauseSwitch(home.resolve("state"));
    failed = new FailedRecordings(new RecordingFolder(home.resolve("failed")), spool.inbox);
    Path inbox = home.resolve("inbox");
    Doorbell doorbell =
        watching
            ? new WatcherDoorbell(inbox, clock.ticker(), Executors.defaultThreadFactory())
            : Doorbell.disabled();
    OperatorFiles operator = new OperatorFiles(requests, pause, failed);
    DaemonParts parts =
        new DaemonParts(
            spool.inbox,
            spool.recordings,
            spool.claims,
            spool.runner,
            spool.recovery,
            spool.places.history(),
            operator,
            upkeep(home, clock),
            doorbell,
            notifier,
            clock,
            TaskSettings.DEFAULTS.limits()::longestPause);
    DaemonOptions options =
        new DaemonOptions(
            "test",
            SCANS,
            Duration.ZERO,
            Duration.ofMinutes(1),
            WATCHDOG,
            Duration.ofSeconds(5),
            SILENCE,
            null,
            null);
    daemon = new Daemon(parts, options, Executors.defaultThreadFactory());
  }

  private UpkeepParts upkeep(Path home, TaskClock clock) {
    Cleanup cleanup = ScratchCleanup.of(home, spool.store.keep(), clock.wall());
    DiskMonitor disks =
        new DiskMonitor(
            Map.of("inbox", home.resolve("inbox")),
            new DiskRules(1_000, 0.01, 0.99),
            folder -> new DiskMonitor.Space(freeBytes.get(), 1_000_000));
    StatusFiles status =
        new StatusFiles(
            home.resolve("state"),
            new StatusFiles.SharedFolder(home.resolve("outbox"), () -> {}),
            Duration.ofMillis(50),
            clock.ticker(),
            clock.wall());
    return new UpkeepParts(
        cleanup,
        disks,
        new FolderPulse(Map.of("inbox", spool.home.resolve("inbox")), Ticker.system()),
        List.of(check()),
        status,
        List::of,
        models::get);
  }

  private Check check() {
    return new Check() {
      @Override
      public String name() {
        return "scripted check";
      }

      @Override
      public Finding run() {
        if (isBroken) {
          throw new StackOverflowError("as the test wishes");
        }
        return finding;
      }
    };
  }

  /** Not started yet, so that a test can prepare folders and engines. */
  public static ScratchDaemon prepare(Path home, boolean watching) {
    return new ScratchDaemon(home, watching);
  }

  /** Decides what the only check finds from now on. */
  public void setFinding(Check.Finding newFinding) {
    finding = newFinding;
  }

  /** Lets the only check end its thread with an error that nobody may catch. */
  public void breakUpkeep() {
    isBroken = true;
    // checks come often only while something is wrong
    freeBytes.set(10);
  }

  /** Files a request as the command does. */
  public void cancel(String target) throws IOException {
    cancel(CancelRequest.byOperator(target));
  }

  /** Files a request. */
  public void cancel(CancelRequest request) throws IOException {
    requests.submit(ids.next(), request);
  }

  @Override
  public void close() {
    daemon.stop();
  }
}
