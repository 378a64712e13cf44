package io.maie.edge.testing;

import io.maie.edge.pipeline.Pipeline;
import io.maie.edge.result.RuntimeEnvironment;
import io.maie.edge.spool.ArrivalChecks;
import io.maie.edge.spool.FileLease;
import io.maie.edge.spool.Inbox;
import io.maie.edge.spool.InboxOptions;
import io.maie.edge.spool.Outbox;
import io.maie.edge.spool.RecordingFolder;
import io.maie.edge.spool.SettleOptions;
import io.maie.edge.spool.WholenessCheck;
import io.maie.edge.task.Claims;
import io.maie.edge.task.FaultPoint;
import io.maie.edge.task.FinishedNotes;
import io.maie.edge.task.History;
import io.maie.edge.task.Installation;
import io.maie.edge.task.KeptRecordings;
import io.maie.edge.task.ProcessIdentity;
import io.maie.edge.task.SidecarRanking;
import io.maie.edge.task.StoredResults;
import io.maie.edge.task.TaskClock;
import io.maie.edge.task.TaskIds;
import io.maie.edge.task.TaskPlaces;
import io.maie.edge.task.TaskRecovery;
import io.maie.edge.task.TaskRunner;
import io.maie.edge.task.TaskSettings;
import io.maie.edge.task.TaskStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/** All folders of the program under one temporary folder, and everything that works on them. */
public final class ScratchSpool {
  private static final RuntimeEnvironment RUNTIME =
      new RuntimeEnvironment("17", "none", "cpu", 1, "test", "test");

  public final Path home;
  public final ScriptedEngines engines = new ScriptedEngines();
  public final Inbox inbox;
  public final TaskStore store;
  public final TaskPlaces places;
  public final KeptRecordings recordings;
  public final Claims claims;
  public final Pipeline pipeline;
  public final Installation installation;
  public final ProcessIdentity process = ProcessIdentity.current();
  public final TaskRecovery recovery;
  public final TaskRunner runner;
  private final TaskClock clock;

  /** Folders with what an earlier process left in them, as a fresh process sees them. */
  public ScratchSpool(Path home, TaskClock clock, TaskSettings settings, FaultPoint faults) {
    this(home, clock, settings, faults, SettleOptions.DEFAULTS.local());
  }

  /** The same with a settling time of its own. */
  public ScratchSpool(
      Path home, TaskClock clock, TaskSettings settings, FaultPoint faults, Duration settleTime) {
    this(
        InboxOptions.of(home.resolve("inbox"))
            .withSettle(SettleOptions.DEFAULTS.withSettleTime(settleTime)),
        clock,
        settings,
        faults);
  }

  /** The same with an inbox of its own kind, in the home. */
  public ScratchSpool(
      InboxOptions options, TaskClock clock, TaskSettings settings, FaultPoint faults) {
    this.home = options.folder().resolveSibling("");
    this.clock = clock;
    folders();
    ArrivalChecks judges =
        new ArrivalChecks(
            WholenessCheck.disabled(), new SidecarRanking(() -> settings), FileLease.disabled());
    inbox = new Inbox(options, judges, clock.ticker());
    store = new TaskStore(home.resolve("work"), faults);
    places =
        new TaskPlaces(
            inbox,
            new Outbox(home.resolve("outbox")),
            new RecordingFolder(home.resolve("archive")),
            new RecordingFolder(home.resolve("failed")),
            new History(home.resolve("state")),
            new StoredResults(home.resolve("state")),
            FinishedNotes.in(home.resolve("state")));
    recordings = new KeptRecordings(store, places.archive(), places.failed());
    TaskIds ids = new TaskIds(clock.wall(), new Random(1));
    claims = new Claims(inbox, store, ids, clock.wall());
    pipeline = new Pipeline(engines.engines(), ScriptedEngines.RULES, clock.ticker());
    installation = new Installation("test", RUNTIME, engines::identity);
    recovery = new TaskRecovery(store, process, clock.wall());
    runner = new TaskRunner(store, places, pipeline, installation, process, () -> settings, clock);
  }

  public TaskClock clock() {
    return clock;
  }

  private void folders() {
    try {
      for (String name : List.of("inbox", "work", "outbox", "archive", "failed", "state")) {
        Files.createDirectories(home.resolve(name));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Puts a file of that many bytes of noise into the inbox. */
  public Path drop(String name, int bytes) throws IOException {
    byte[] noise = new byte[bytes];
    new Random(bytes).nextBytes(noise);
    Path target = home.resolve("inbox").resolve(name);
    Files.createDirectories(target.resolveSibling(""));
    return Files.write(target, noise);
  }

  /** The regular files below {@code folder}, sorted, without dot files. */
  public List<String> files(String folder) throws IOException {
    Path root = home.resolve(folder);
    try (Stream<Path> files = Files.walk(root)) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> root.relativize(file).toString())
          .filter(name -> !name.startsWith(".") && !name.contains("/."))
          .sorted()
          .toList();
    }
  }
}
