package io.maie.edge.app;

import io.maie.edge.cli.CommandException;
import io.maie.edge.cli.ExitCode;
import io.maie.edge.cli.RecordingListener;
import io.maie.edge.cli.RecordingOutcome;
import io.maie.edge.cli.RunMode;
import io.maie.edge.config.LoadedSettings;
import io.maie.edge.config.Settings;
import io.maie.edge.config.SettingsReport;
import io.maie.edge.daemon.InstanceLock;
import io.maie.edge.daemon.RunSummary;
import io.maie.edge.http.ApiServer;
import io.maie.edge.modelfile.ModelListing;
import io.maie.edge.onnx.StaleLibraries;
import io.maie.edge.task.TaskSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The process while it is the daemon: lock, log, daemon, shutdown. */
final class DaemonProcess {
  private static final Logger LOG = LoggerFactory.getLogger(DaemonProcess.class);

  /** By the name of the signal, its number. */
  private static final Map<String, Integer> END_SIGNALS = Map.of("INT", 2, "TERM", 15);

  private static final String RELOAD_SIGNAL = "HUP";

  /** Offset that shells add to the number of a signal. */
  private static final int SIGNAL_EXIT = 128;

  /** True once a signal has come that ends the process. */
  private final AtomicBoolean isEnding = new AtomicBoolean();

  private final Supplier<LoadedSettings> source;
  private final LoadedSettings loaded;
  private final Settings settings;
  private final BuildFacts build;
  private final Map<String, String> environment;
  private final List<Path> configFolders;

  /** Settings for new tasks; replaced as a whole when the settings are read again. */
  private final AtomicReference<TaskSettings> taskSettings;

  /**
   * A process that does nothing yet.
   *
   * @param source reads the settings, once now and again at each SIGHUP
   * @param configFolders the folders that templates are looked for in, strongest first; each may
   *     not exist
   * @throws CommandException if they are not valid
   */
  DaemonProcess(
      Supplier<LoadedSettings> source,
      BuildFacts build,
      Map<String, String> environment,
      List<Path> configFolders)
      throws CommandException {
    this.source = source;
    this.loaded = source.get();
    this.settings = InstalledProgram.settings(loaded);
    this.taskSettings = new AtomicReference<>(settings.tasks());
    this.build = build;
    this.environment = environment;
    this.configFolders = List.copyOf(configFolders);
  }

  /**
   * Runs until stopped, or until the inbox is empty.
   *
   * @param link hears the address of the page if the command line asked for the API
   */
  ExitCode run(RunMode mode, Consumer<String> link) throws CommandException, IOException {
    // there is nothing to reload yet, and the signal would end the process
    AtomicBoolean isReloadAsked = new AtomicBoolean();
    ProcessSignals.on(RELOAD_SIGNAL, () -> isReloadAsked.set(true));
    try (InstanceLock lock = lock();
        EngineFactory engines = EngineFactory.open(settings, build, SystemTime.clock().ticker());
        OnFinished finished = OnFinished.of(settings)) {
      startLog();
      DaemonAssembly.Assembled assembled = assemble(engines);
      Thread hook = new Thread(() -> stop(assembled, finished), "shutdown");
      Runtime.getRuntime().addShutdownHook(hook);
      LockWatch watch = new LockWatch(lock, assembled.daemon()::giveUp);
      boolean listens = mode == RunMode.WITH_API || settings.http().isEnabled();
      Optional<ApiServer> api =
          listens && mode != RunMode.ONCE
              ? Optional.of(
                  ApiDoor.open(settings, assembled, taskSettings::get, catalogue(engines)))
              : Optional.empty();
      assembled.daemon().start();
      watch.start();
      ProcessSignals.on(RELOAD_SIGNAL, () -> reload(assembled, api));
      if (isReloadAsked.get()) {
        reload(assembled, api);
      }
      endOnSignals(assembled);
      if (mode == RunMode.ONCE) {
        ExitCode code = once(assembled, hook);
        finished.pass();
        return code;
      }
      finished.start();
      return forever(assembled, api, mode == RunMode.WITH_API ? link : address -> {});
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return ExitCode.INTERNAL;
    }
  }

  private ApiCatalogue catalogue(EngineFactory engines) {
    return new ApiCatalogue(
        new ModelListing(engines.catalog(), EngineFactory.allWishes(settings)),
        engines.recognizers(),
        configFolders);
  }

  private ExitCode once(DaemonAssembly.Assembled assembled, Thread hook)
      throws InterruptedException {
    RunSummary summary = assembled.daemon().drain();
    awaitEndBySignal();
    assembled.daemon().stop();
    forget(hook);
    if (!assembled.daemon().awaitEnd()) {
      return ExitCode.INTERNAL;
    }
    if (!summary.blocked().isEmpty()) {
      summary.blocked().forEach(reason -> LOG.error("Cannot continue: {}", reason));
      return ExitCode.TRY_AGAIN;
    }
    return summary.failed() > 0 ? ExitCode.FAILED : ExitCode.OK;
  }

  private ExitCode forever(
      DaemonAssembly.Assembled assembled, Optional<ApiServer> api, Consumer<String> link)
      throws CommandException, InterruptedException {
    if (api.isEmpty()) {
      return untilTheEnd(assembled);
    }
    try (ApiServer server = api.get()) {
      listen(server);
      tell(server, link);
      return untilTheEnd(assembled);
    }
  }

  private static void listen(ApiServer api) throws CommandException {
    try {
      api.start();
    } catch (IOException e) {
      throw new CommandException(
          ExitCode.UNAVAILABLE,
          String.valueOf(e.getMessage()),
          "Stop the other program, or set http.port or http.address",
          e);
    }
  }

  private ExitCode untilTheEnd(DaemonAssembly.Assembled assembled) throws InterruptedException {
    boolean isFine = assembled.daemon().awaitEnd();
    awaitEndBySignal();
    return isFine ? ExitCode.OK : ExitCode.INTERNAL;
  }

  /** Prints nothing in a service, whose output ends in the journal, where a code must not be. */
  private void tell(ApiServer api, Consumer<String> link) {
    if (!environment.containsKey("JOURNAL_STREAM")) {
      link.accept(api.link());
    }
  }

  /** Ends the work first, and the process only then. */
  private void endOnSignals(DaemonAssembly.Assembled assembled) {
    END_SIGNALS.forEach(
        (name, number) ->
            ProcessSignals.on(
                name,
                () -> {
                  isEnding.set(true);
                  assembled.daemon().stop();
                  System.exit(SIGNAL_EXIT + number);
                }));
  }

  /** For the main thread, whose exit code would be that of a run without a signal. */
  private void awaitEndBySignal() throws InterruptedException {
    if (isEnding.get()) {
      new CountDownLatch(1).await();
    }
  }

  /** Runs until the inbox is empty and tells what becomes of each recording. */
  List<RecordingOutcome> drain(RecordingListener listener) throws CommandException, IOException {
    try (InstanceLock lock = lock();
        EngineFactory engines = EngineFactory.open(settings, build, SystemTime.clock().ticker())) {
      DaemonAssembly.Assembled assembled = assemble(engines);
      new LockWatch(lock, assembled.daemon()::giveUp).start();
      Thread hook = new Thread(assembled.daemon()::stop, "shutdown");
      Runtime.getRuntime().addShutdownHook(hook);
      DrainWatch watch =
          new DrainWatch(assembled, settings.folders().outbox(), listener, SystemTime.clock());
      assembled.daemon().start();
      endOnSignals(assembled);
      watch.start();
      RunSummary summary = assembled.daemon().drain();
      awaitEndBySignal();
      assembled.daemon().stop();
      forget(hook);
      List<RecordingOutcome> outcomes = watch.finish();
      if (!summary.blocked().isEmpty()) {
        throw new CommandException(
            ExitCode.TRY_AGAIN,
            String.join("\n", summary.blocked()),
            "'maie-edge doctor' looks at the installation");
      }
      return outcomes;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return List.of();
    }
  }

  /** For an end that needs no hook. */
  static void forget(Thread hook) {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      LOG.debug("The process is ending already; its hook runs: {}", e.toString());
    }
  }

  private InstanceLock lock() throws CommandException, IOException {
    Path state = settings.folders().state();
    Path work = settings.folders().work();
    return InstanceLock.tryAcquire(state, work, ProcessHandle.current().pid())
        .orElseThrow(() -> alreadyRuns(state, work));
  }

  private static CommandException alreadyRuns(Path state, Path work) {
    String holder = "";
    Path taken = state;
    try {
      taken = InstanceLock.isHeld(state) ? state : work;
      holder =
          InstanceLock.holder(taken).stream()
              .mapToObj(pid -> " (process " + pid + ")")
              .findFirst()
              .orElse("");
    } catch (IOException e) {
      LOG.debug("Reading the holder of the lock failed: {}", e.toString());
    }
    return new CommandException(
        ExitCode.UNAVAILABLE,
        "Another instance works on '" + taken + "' already" + holder,
        "Stop it first, or give this one a home of its own with --home");
  }

  private DaemonAssembly.Assembled assemble(EngineFactory engines) throws IOException {
    purgeLibraries();
    return new DaemonAssembly(settings, build, engines, environment).assemble(taskSettings::get);
  }

  /** A running task keeps what it began with; folders and models change with a restart only. */
  private void reload(DaemonAssembly.Assembled assembled, Optional<ApiServer> api) {
    assembled.daemon().reloading();
    api.ifPresent(ApiServer::renew);
    LoadedSettings fresh = source.get();
    if (fresh.settings().isPresent()) {
      taskSettings.set(fresh.best().tasks());
      Logging.setLevel(fresh.best().logging().level());
      LOG.info("Read the settings again; default parameters, limits and log level are in force");
    } else {
      SettingsReport.check(fresh).forEach(problem -> LOG.error("Kept the settings: {}", problem));
    }
    assembled.daemon().reloaded();
  }

  private static void purgeLibraries() {
    try {
      StaleLibraries.purge(
          Path.of(System.getProperty("java.io.tmpdir")), SystemTime.clock().wall().instant());
    } catch (IOException e) {
      LOG.debug("Removing left-over libraries failed; starting continues: {}", e.toString());
    }
  }

  private void startLog() throws IOException {
    Logging.start(settings.logging(), environment);
    SettingsReport.changes(loaded).forEach(change -> LOG.info("Setting {}", change));
  }

  private static void stop(DaemonAssembly.Assembled assembled, OnFinished finished) {
    assembled.daemon().stop();
    // with all that its program started: that has no end of its own
    finished.close();
    Logging.stop();
  }
}
