package io.maie.edge.daemon;

import static java.util.Objects.requireNonNull;

import io.maie.edge.progress.TaskStoppedException.Reason;
import io.maie.edge.spool.EntryState;
import io.maie.edge.spool.InboxView;
import io.maie.edge.task.Task;
import io.maie.edge.telemetry.LifeState;
import io.maie.edge.telemetry.Status;
import io.maie.edge.time.Sleeper;
import io.maie.edge.time.Ticker;
import java.io.IOException;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The program while it watches the inbox. Four threads: one scans, one works, one looks after the
 * installation, one watches the others. The caller holds the {@link InstanceLock} meanwhile.
 */
public final class Daemon {
  private static final Logger LOG = LoggerFactory.getLogger(Daemon.class);
  private static final Duration TICK = Duration.ofSeconds(1);
  private static final int HISTORY_BYTES = 64 * 1024;
  private static final long JOIN_MILLIS = 100;

  private final DaemonParts parts;
  private final DaemonOptions options;
  private final ThreadFactory threads;
  private final Ticker ticker;

  private final ClaimGate gate = new ClaimGate();
  private final TaskCounters counters = new TaskCounters();
  private final WorkQueue queue;
  private final WakeUp work = new WakeUp();
  private final WakeUp upkeepBell = new WakeUp();
  private final LateSidecars late;
  private final @Nullable AccessRequest access;
  private final FaultBackoff faults;
  private final ScanLoop scans;
  private final Worker worker;
  private final CancelRequests cancels;
  private final Upkeep upkeep;
  private final ModelWatch models;
  private final StatusReporter reporter;
  private final Heartbeat workerBeat;
  private final Heartbeat upkeepBeat;
  private final Supervisor supervisor;

  private final AtomicBoolean hasBegunToStop = new AtomicBoolean();
  private final CountDownLatch drained = new CountDownLatch(1);
  private final CountDownLatch ended = new CountDownLatch(1);
  private final List<Thread> running = new ArrayList<>();
  private volatile @Nullable Thread workerThread;
  private volatile boolean isDraining;
  private volatile boolean hasFailed;

  /** The time at which the worker last did something; scans that began earlier do not show it. */
  private volatile long lastWorkNanos;

  private String lastLine = "";

  /** A daemon that does nothing before {@link #start}. */
  public Daemon(DaemonParts parts, DaemonOptions options, ThreadFactory threads) {
    this.parts = requireNonNull(parts, "parts is null");
    this.options = requireNonNull(options, "options is null");
    this.threads = requireNonNull(threads, "threads is null");
    this.ticker = parts.clock().ticker();
    this.lastWorkNanos = ticker.nanos();
    queue = new WorkQueue(parts.longestPause());
    late = new LateSidecars(counters, parts.history(), parts.clock().wall());
    access =
        options.accessRequest() == null ? null : new AccessRequest(options.accessRequest(), ticker);
    faults = new FaultBackoff(gate, ticker);
    scans =
        new ScanLoop(
            parts.inbox(), parts.inbox()::isLocal, parts.doorbell(), options.scan(), ticker);
    worker =
        new Worker(
            parts.claims(),
            parts.runner(),
            parts.clock().wall(),
            new Worker.SharedState(queue, gate, faults, counters, parts.operator().failed()));
    cancels = new CancelRequests(parts.operator(), parts.runner(), queue);
    upkeep = new Upkeep(parts.upkeep(), options, gate, ticker);
    models = new ModelWatch(parts.operator().failed(), parts.upkeep().recognizers());
    reporter =
        new StatusReporter(
            new StatusReporter.Sources(
                scans, queue, gate, parts.runner(), counters, late, upkeep, parts.upkeep()),
            options,
            ProcessHandle.current().pid(),
            parts.clock().wall().instant());
    workerBeat = new Heartbeat(options.silenceLimit(), ticker);
    upkeepBeat = new Heartbeat(options.silenceLimit(), ticker);
    supervisor =
        new Supervisor(
            parts.runner(),
            new Supervisor.Threads(scans, workerBeat, upkeepBeat),
            parts.notifier(),
            Supervisor.watchdog(options.watchdog(), ticker));
  }

  /**
   * Recovers what an earlier run left, and begins to work.
   *
   * @throws IOException if the folders cannot be read or written at all
   */
  public void start() throws IOException {
    parts.upkeep().status().beat();
    parts.upkeep().status().write(reporter.status(LifeState.STARTING));
    parts.inbox().recover(parts.recordings()).ifPresent(scans::beginWith);
    gate.set(ClaimGate.Blocker.INBOX, scans.problems());
    for (Task task : parts.recovery().recover()) {
      queue.hold(task, "continues after a restart");
    }
    counters.remember(parts.history().recent(HISTORY_BYTES));
    new BackgroundPass("Upkeep", upkeep::tick).run();
    pauseIfAsked();
    BackgroundPass supervision = new BackgroundPass("Supervision", supervisor::tick);
    startThread("supervisor", () -> everyTick(supervision, new WakeUp()));
    BackgroundPass looking = new BackgroundPass("Upkeep", this::lookAfter);
    startThread("upkeep", () -> everyTick(looking, upkeepBell));
    startThread("scan", () -> scans.run(this::scanned, Sleeper.system()));
    workerThread = startThread("worker", this::work);
    parts.notifier().ready();
    LOG.info(
        "Started; version={} watching={} tasks_left={} blocked={}",
        options.version(),
        parts.doorbell().isWatching(),
        queue.held().size(),
        gate.reasons());
  }

  private Thread startThread(String name, Runnable body) {
    Thread thread = threads.newThread(body);
    thread.setName(name);
    thread.setUncaughtExceptionHandler(this::died);
    synchronized (running) {
      running.add(thread);
    }
    thread.start();
    return thread;
  }

  /** An error that nobody may catch: the process must end, and start again from a clean state. */
  private void died(Thread thread, Throwable error) {
    LOG.error("Thread '{}' died; the daemon cannot go on", thread.getName(), error);
    giveUp();
  }

  /** Ends the daemon, which cannot go on; {@link #awaitEnd} tells so. */
  public void giveUp() {
    hasFailed = true;
    drained.countDown();
    ended.countDown();
  }

  private static void everyTick(BackgroundPass pass, WakeUp wakeUp) {
    try {
      while (!Thread.currentThread().isInterrupted()) {
        pass.run();
        wakeUp.await(TICK);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void scanned(ScanLoop.Report report) {
    gate.set(ClaimGate.Blocker.INBOX, scans.problems());
    pauseIfAsked();
    queue.offer(report.view());
    if (report.view().problem().isEmpty()) {
      parts.runner().restartIfParametersArrived();
    }
    work.ring();
    late.tell(report.view());
    if (access != null) {
      access.tell(report.view());
    }
  }

  private void work() {
    try {
      while (!hasBegunToStop.get()) {
        workerBeat.beat();
        boolean[] worked = {false};
        new BackgroundPass("Working", () -> worked[0] = worker.step()).run();
        if (worked[0]) {
          lastWorkNanos = ticker.nanos();
          upkeepBell.ring();
        } else {
          finishIfDrained();
          work.await(TICK);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void lookAfter() throws IOException {
    upkeepBeat.beat();
    if (cancels.serve()) {
      scans.ring();
    }
    pauseIfAsked();
    gate.set(ClaimGate.Blocker.INBOX, scans.problems());
    upkeep.tick();
    if (models.tick()) {
      scans.ring();
    }
    faults.review(upkeep.checksAreFine());
    if (!hasBegunToStop.get()) {
      Status status = reporter.status(null);
      parts.upkeep().status().beat();
      parts.upkeep().status().offer(status);
      tellManager(status);
    }
  }

  private void pauseIfAsked() {
    gate.set(ClaimGate.Blocker.OPERATOR, pause().stream().toList());
  }

  /** Gives one reason at most: the one that the operator has to end first. */
  private Optional<String> pause() {
    if (cancels.isPaused()) {
      return Optional.of("Paused by the operator; 'maie-edge resume' continues");
    }
    Optional<String> file = scans.report().view().pausedBy();
    if (file.isPresent()) {
      return Optional.of(
          "Paused by the file " + file.get() + " in the inbox; delete it to continue");
    }
    WorkingHours hours = options.hours();
    ZonedDateTime now = parts.clock().wall().instant().atZone(ZoneId.systemDefault());
    return hours == null || hours.contains(now) ? Optional.empty() : Optional.of(hours.whyNot(now));
  }

  private void tellManager(Status status) {
    String line = StatusLine.of(status);
    if (!line.equals(lastLine)) {
      parts.notifier().status(line);
      lastLine = line;
    }
  }

  /** Takes a task that lies in the work folder already, such as one sent to the local API. */
  public void accept(Task task) {
    queue.hold(task, "waits for its turn");
    work.ring();
  }

  /** Present status of the daemon. */
  public Status status() {
    return reporter.status(null);
  }

  /**
   * Waits until nothing is left to do: everything that settles has settled and is processed, or
   * something must be put right first. The daemon runs on; stop it next.
   */
  public RunSummary drain() throws InterruptedException {
    // so that only a scan from now on counts
    lastWorkNanos = ticker.nanos();
    isDraining = true;
    scans.ring();
    work.ring();
    drained.await();
    InboxView view = scans.report().view();
    int waiting = (int) view.entries().stream().filter(entry -> entry.state().isWaiting()).count();
    Status.Counts counts = counters.counts();
    return new RunSummary(
        counts.published(), counts.failed(), queue.held().size(), waiting, gate.reasons());
  }

  private void finishIfDrained() {
    if (!isDraining) {
      return;
    }
    ScanLoop.Report report = scans.report();
    boolean isCurrent = report.startNanos() - lastWorkNanos > 0;
    boolean nothingComes =
        queue.held().isEmpty()
            && report.view().entries().stream()
                .noneMatch(entry -> entry.state().isWaiting() && entry.state() != EntryState.HELD);
    if (!gate.isOpen() || (isCurrent && nothingComes)) {
      drained.countDown();
    } else if (!isCurrent) {
      scans.ring();
    }
  }

  /** The settings are about to be read again. */
  public void reloading() {
    parts.notifier().reloading();
  }

  /** They have been read, or turned out not to be valid. */
  public void reloaded() {
    scans.ring();
    parts.notifier().ready();
  }

  /**
   * Waits until the daemon has stopped, with all that it uses still there.
   *
   * @return whether it stopped because it was asked to; false if it cannot go on
   */
  public boolean awaitEnd() throws InterruptedException {
    ended.await();
    if (hasFailed) {
      // the other threads are alive: what they run ends before the caller closes the engines
      stop();
    }
    return !hasFailed;
  }

  /**
   * Stops: claims nothing more, interrupts the running task at its next checkpoint without counting
   * the attempt, and ends all threads. Bounded in time; a second call waits for the first.
   */
  public void stop() {
    if (!hasBegunToStop.compareAndSet(false, true)) {
      awaitOtherStop();
      return;
    }
    gate.set(ClaimGate.Blocker.SHUTDOWN, List.of("The program is stopping"));
    parts.notifier().stopping();
    parts.notifier().extendTimeout(options.stopLimit().plusSeconds(10));
    parts.upkeep().status().write(reporter.status(LifeState.STOPPING));
    work.ring();
    stopWorker();
    synchronized (running) {
      running.forEach(Thread::interrupt);
    }
    parts.doorbell().close();
    parts.upkeep().status().write(reporter.status(LifeState.STOPPED));
    Status.Counts counts = counters.counts();
    LOG.info(
        "Stopped; published={} failed={} deferred={}",
        counts.published(),
        counts.failed(),
        queue.held().size());
    ended.countDown();
  }

  private void awaitOtherStop() {
    try {
      boolean hasEnded =
          ended.await(options.stopLimit().plusSeconds(10).toMillis(), TimeUnit.MILLISECONDS);
      LOG.debug("Waited for the stop that goes on; ended={}", hasEnded);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Asks again and again, since the worker may be about to begin a task when it is asked first. */
  private void stopWorker() {
    Thread thread = workerThread;
    if (thread == null) {
      return;
    }
    long deadline = ticker.nanos() + options.stopLimit().toNanos();
    try {
      while (thread.isAlive() && ticker.nanos() - deadline < 0) {
        parts
            .runner()
            .running()
            .ifPresent(task -> task.stop(Reason.SHUTDOWN, "The program is stopping"));
        thread.join(JOIN_MILLIS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (thread.isAlive()) {
      LOG.warn("The running task did not stop in time; it continues at the next start");
      parts.runner().abandon();
    }
  }
}
