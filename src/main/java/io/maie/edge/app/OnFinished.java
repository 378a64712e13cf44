package io.maie.edge.app;

import static java.util.Objects.requireNonNull;

import io.maie.edge.amount.Amounts;
import io.maie.edge.audio.decode.ChildSession;
import io.maie.edge.config.Settings;
import io.maie.edge.task.FinishedNotes;
import io.maie.edge.task.FinishedNotes.Note;
import io.maie.edge.time.Ticker;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the operator's program for each published result: a list of arguments without a shell, the
 * path of the JSON behind them, an environment of its own, a session of its own, and a time limit.
 * The output of the program is discarded. It holds up neither the queue nor the next result for
 * longer than its limit, and is tried {@value #MOST_ATTEMPTS} times.
 */
final class OnFinished implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(OnFinished.class);
  private static final int MOST_ATTEMPTS = 3;
  private static final Duration LOOK = Duration.ofSeconds(1);
  private static final Duration PAUSE = Duration.ofSeconds(30);
  private static final Duration LONGEST_END = Duration.ofSeconds(5);
  private static final File NOTHING = new File("/dev/null");
  private static final Map<String, String> ENVIRONMENT =
      Map.of("PATH", "/usr/local/bin:/usr/bin:/bin", "LC_ALL", "C.UTF-8");

  private final Options options;
  private final FinishedNotes notes;
  private final Ticker ticker;
  private final CountDownLatch stop = new CountDownLatch(1);

  /** Notes whose program failed, by their files; used by one pass at a time. */
  private final Map<Path, Failed> failed = new HashMap<>();

  private final Thread thread;

  /**
   * Program to run.
   *
   * @param command empty = nothing
   * @param limit the longest time for it
   * @param pause before the second attempt; doubles for the third
   */
  record Options(List<String> command, Duration limit, Duration pause) {
    Options {
      command = List.copyOf(command);
      requireNonNull(limit, "limit is null");
      requireNonNull(pause, "pause is null");
    }
  }

  private record Failed(int attempts, long notBeforeNanos) {}

  OnFinished(Options options, FinishedNotes notes, Ticker ticker) {
    this.options = requireNonNull(options, "options is null");
    this.notes = requireNonNull(notes, "notes is null");
    this.ticker = requireNonNull(ticker, "ticker is null");
    this.thread = new Thread(this::work, "on-finished");
    thread.setDaemon(true);
  }

  /** The program in the settings. */
  static OnFinished of(Settings settings) {
    return new OnFinished(
        new Options(settings.onFinished(), settings.onFinishedTime(), PAUSE),
        FinishedNotes.in(settings.folders().state()),
        SystemTime.clock().ticker());
  }

  /** Begins to look for notes, if there is anything to run. */
  void start() {
    if (!options.command().isEmpty()) {
      thread.start();
    }
  }

  private void work() {
    try {
      while (!stop.await(LOOK.toMillis(), TimeUnit.MILLISECONDS)) {
        pass();
      }
    } catch (InterruptedException e) {
      LOG.debug("The program for finished results is stopped");
    }
  }

  /** Runs the program for every note that is due. */
  synchronized void pass() throws InterruptedException {
    if (options.command().isEmpty()) {
      return;
    }
    try {
      List<Note> due = notes.list();
      failed.keySet().retainAll(due.stream().map(Note::file).toList());
      for (Note note : due) {
        Failed before = failed.get(note.file());
        if (before == null || ticker.nanos() - before.notBeforeNanos() >= 0) {
          serve(note, before == null ? 1 : before.attempts() + 1);
        }
      }
    } catch (IOException e) {
      LOG.warn("Looking for finished results failed; tries again: {}", e.toString());
    }
  }

  private void serve(Note note, int attempt) throws IOException, InterruptedException {
    boolean isDone = !Files.exists(note.result(), LinkOption.NOFOLLOW_LINKS) || run(note.result());
    if (!isDone && attempt < MOST_ATTEMPTS) {
      long pause = options.pause().toNanos() << (attempt - 1);
      failed.put(note.file(), new Failed(attempt, ticker.nanos() + pause));
      return;
    }
    if (!isDone) {
      LOG.warn("Gave up running the program for '{}'; attempts={}", note.result(), attempt);
    }
    failed.remove(note.file());
    notes.remove(note);
  }

  private boolean run(Path result) throws InterruptedException {
    List<String> command = new ArrayList<>(ChildSession.wrap(options.command()));
    command.add(result.toString());
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().clear();
    builder.environment().putAll(ENVIRONMENT);
    builder
        .directory(new File("/"))
        .redirectInput(NOTHING)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .redirectError(ProcessBuilder.Redirect.DISCARD);
    try {
      Process process = builder.start();
      try {
        return isEndedWell(process, result);
      } finally {
        end(process);
      }
    } catch (IOException e) {
      LOG.warn("The program for finished results cannot be run: {}", e.toString());
      return false;
    }
  }

  private boolean isEndedWell(Process process, Path result) throws InterruptedException {
    if (!process.waitFor(options.limit().toNanos(), TimeUnit.NANOSECONDS)) {
      LOG.warn(
          "The program for '{}' took longer than {} and is ended",
          result,
          Amounts.duration(options.limit()));
      return false;
    }
    if (process.exitValue() != 0) {
      LOG.warn("The program for '{}' failed; exit={}", result, process.exitValue());
    }
    return process.exitValue() == 0;
  }

  /**
   * Ends the program and all its descendants: processes in its session, or with it as an ancestor.
   */
  private static void end(Process process) throws IOException {
    List<ProcessHandle> family = new ArrayList<>(process.descendants().toList());
    if (process.isAlive() || !family.isEmpty()) {
      family.forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
      // a child of a child that has ended belongs to nobody, but keeps its process group
      new ProcessBuilder("kill", "-KILL", "--", "-" + process.pid())
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .redirectError(ProcessBuilder.Redirect.DISCARD)
          .start();
    }
  }

  /** Ends the program that runs; its note stays for the next start. */
  @Override
  public void close() {
    stop.countDown();
    thread.interrupt();
    try {
      thread.join(LONGEST_END.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
