package io.maie.edge.app;

import io.maie.edge.audio.decode.FfmpegCheck;
import io.maie.edge.config.FolderSettings;
import io.maie.edge.config.Settings;
import io.maie.edge.daemon.Daemon;
import io.maie.edge.daemon.DaemonParts;
import io.maie.edge.daemon.Doorbell;
import io.maie.edge.daemon.FolderPulse;
import io.maie.edge.daemon.OperatorFiles;
import io.maie.edge.daemon.ServiceNotifier;
import io.maie.edge.daemon.SystemdNotifier;
import io.maie.edge.daemon.UpkeepParts;
import io.maie.edge.daemon.WatcherDoorbell;
import io.maie.edge.durable.DurableFiles;
import io.maie.edge.durable.HangGuard;
import io.maie.edge.modelfile.ModelListing;
import io.maie.edge.retention.Cleanup;
import io.maie.edge.retention.DiskMonitor;
import io.maie.edge.retention.Keep;
import io.maie.edge.retention.LivedTime;
import io.maie.edge.retention.RetentionFolders;
import io.maie.edge.retention.RetentionPlanner;
import io.maie.edge.spool.ArrivalChecks;
import io.maie.edge.spool.Inbox;
import io.maie.edge.spool.Outbox;
import io.maie.edge.spool.RecordingFolder;
import io.maie.edge.spool.SystemFileLease;
import io.maie.edge.task.Claims;
import io.maie.edge.task.FailedRecordings;
import io.maie.edge.task.FaultPoint;
import io.maie.edge.task.FinishedNotes;
import io.maie.edge.task.History;
import io.maie.edge.task.KeptRecordings;
import io.maie.edge.task.PauseSwitch;
import io.maie.edge.task.ProcessIdentity;
import io.maie.edge.task.RequestFolder;
import io.maie.edge.task.SidecarRanking;
import io.maie.edge.task.StoredResults;
import io.maie.edge.task.TaskClock;
import io.maie.edge.task.TaskIds;
import io.maie.edge.task.TaskPlaces;
import io.maie.edge.task.TaskRecovery;
import io.maie.edge.task.TaskRunner;
import io.maie.edge.task.TaskSettings;
import io.maie.edge.task.TaskStore;
import io.maie.edge.telemetry.Check;
import io.maie.edge.telemetry.StatusFiles;
import io.maie.edge.time.Uptime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadFactory;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Puts the daemon together from the settings; nothing starts here. */
final class DaemonAssembly {
  private static final ThreadFactory THREADS =
      work -> {
        Thread thread = new Thread(work);
        thread.setDaemon(true);
        return thread;
      };

  private final Settings settings;
  private final BuildFacts build;
  private final EngineFactory engines;
  private final TaskClock clock;
  private final Map<String, String> environment;
  private final SpoolFolders spool;
  private final FaultPoint faults = HaltingFaultPoint.ofProperty();
  private final ProcessIdentity process = ProcessIdentity.current();

  DaemonAssembly(
      Settings settings, BuildFacts build, EngineFactory engines, Map<String, String> environment) {
    this.settings = settings;
    this.spool = SpoolFolders.of(settings.folders());
    this.build = build;
    this.engines = engines;
    this.clock = SystemTime.clock();
    this.environment = environment;
  }

  /** A daemon, what runs its tasks, and what it has done. */
  record Assembled(Daemon daemon, TaskRunner runner, History history, TaskStore store) {}

  /**
   * Makes the folders of the home that are missing, and the daemon.
   *
   * @param taskSettings asked at the beginning of every task
   */
  Assembled assemble(Supplier<TaskSettings> taskSettings) throws IOException {
    FolderSettings folders = settings.folders();
    makeFolders(folders);
    Inbox inbox = inbox(taskSettings);
    TaskStore store = new TaskStore(spool.work(), faults);
    History history = new History(folders.state());
    TaskRunner runner = runner(inbox, store, history, taskSettings);
    Claims claims =
        new Claims(inbox, store, new TaskIds(clock.wall(), new SecureRandom()), clock.wall());
    DaemonParts parts =
        new DaemonParts(
            inbox,
            new KeptRecordings(
                store, new RecordingFolder(spool.archive()), new RecordingFolder(spool.failed())),
            claims,
            runner,
            new TaskRecovery(store, process, clock.wall()),
            history,
            new OperatorFiles(
                new RequestFolder(folders.state()),
                new PauseSwitch(folders.state()),
                new FailedRecordings(new RecordingFolder(spool.failed()), inbox)),
            upkeep(store.keep()),
            doorbell(),
            notifier(),
            clock,
            () -> taskSettings.get().limits().longestPause());
    Daemon daemon = new Daemon(parts, settings.daemon(build.version(), watchdog()), THREADS);
    return new Assembled(daemon, runner, history, store);
  }

  /**
   * Follows links: the target may be on a disk that is yet to be mounted. A folder whose server
   * does not answer is there, as far as can be told.
   */
  private static void makeFolders(FolderSettings folders) throws IOException {
    for (Path folder :
        List.of(
            folders.inbox(),
            folders.outbox(),
            folders.failed(),
            folders.archive(),
            folders.work())) {
      if (folders.isMadeByAStart(folder)
          && !new HangGuard(folder).isSilent()
          && Files.notExists(folder, LinkOption.NOFOLLOW_LINKS)) {
        DurableFiles.createDirectories(folder);
      }
    }
  }

  private Inbox inbox(Supplier<TaskSettings> taskSettings) {
    ArrivalChecks checks =
        new ArrivalChecks(
            new ContainerWholeness(), new SidecarRanking(taskSettings), SystemFileLease.open());
    return new Inbox(settings.inbox(), spool.inbox(), checks, clock.ticker());
  }

  private TaskRunner runner(
      Inbox inbox, TaskStore store, History history, Supplier<TaskSettings> taskSettings) {
    FolderSettings folders = settings.folders();
    TaskPlaces places =
        new TaskPlaces(
            inbox,
            new Outbox(spool.outbox()),
            new RecordingFolder(spool.archive()),
            new RecordingFolder(spool.failed()),
            history,
            new StoredResults(folders.state()),
            settings.notesFinished()
                ? FinishedNotes.in(folders.state())
                : FinishedNotes.disabled());
    return new TaskRunner(
        store, places, engines.pipeline(), engines.installation(), process, taskSettings, clock);
  }

  /** Retention as the settings say; {@code keep} protects what a task still needs. */
  static Cleanup cleanup(Settings settings, BuildFacts build, Keep keep) {
    FolderSettings folders = settings.folders();
    return new Cleanup(
        new RetentionFolders(
            folders.archive(),
            folders.failed(),
            folders.work(),
            folders.outbox(),
            folders.state(),
            settings.logging().file()),
        new RetentionPlanner(settings.retention(), build.builtAt()),
        keep,
        new LivedTime(folders.state(), SystemTime.clock().wall(), Uptime.system()));
  }

  /** Conditions under which the daemon works; a failure stops claiming until it is put right. */
  private List<Check> checks() {
    List<Check> checks = new ArrayList<>(FolderCheck.ofAll(spool.all(), settings.inbox().mode()));
    checks.add(new FfmpegCheck(settings.decode(), SystemTime.clock().ticker()));
    engines.wishes().forEach(wish -> checks.add(new ModelCheck(engines.catalog(), wish)));
    return checks;
  }

  private UpkeepParts upkeep(Keep keep) {
    FolderSettings folders = settings.folders();
    Map<String, Path> disks = new LinkedHashMap<>();
    disks.put("work", folders.work());
    disks.put("outbox", folders.outbox());
    disks.put("failed", folders.failed());
    disks.put(DiskMonitor.ARCHIVE, folders.archive());
    disks.put("state", folders.state());
    ModelListing listing = new ModelListing(engines.catalog(), EngineFactory.allWishes(settings));
    InstalledModels models = new InstalledModels(listing, engines.catalog(), clock.ticker());
    return new UpkeepParts(
        cleanup(settings, build, keep),
        new DiskMonitor(disks, settings.disk(), DiskMonitor.fileStores()),
        pulse(),
        checks(),
        new StatusFiles(
            folders.state(),
            new StatusFiles.SharedFolder(folders.outbox(), spool.outbox()::require),
            settings.statusInterval(),
            clock.ticker(),
            clock.wall()),
        models::list,
        models::recognizers);
  }

  private FolderPulse pulse() {
    FolderSettings folders = settings.folders();
    Map<String, Path> asked = new LinkedHashMap<>();
    asked.put("inbox", folders.inbox());
    asked.put("outbox", folders.outbox());
    asked.put("failed", folders.failed());
    asked.put("archive", folders.archive());
    return new FolderPulse(asked, clock.ticker());
  }

  private Doorbell doorbell() {
    return settings.watchesInbox()
        ? new WatcherDoorbell(settings.folders().inbox(), clock.ticker(), THREADS)
        : Doorbell.disabled();
  }

  private ServiceNotifier notifier() {
    return SystemdNotifier.of(environment.get("NOTIFY_SOCKET"), clock.ticker());
  }

  /** Reads {@code WATCHDOG_USEC}, which systemd sets. */
  private @Nullable Duration watchdog() {
    String micros = environment.getOrDefault("WATCHDOG_USEC", "");
    return micros.matches("[1-9]\\d{0,15}")
        ? Duration.ofNanos(1000 * Long.parseLong(micros))
        : null;
  }
}
