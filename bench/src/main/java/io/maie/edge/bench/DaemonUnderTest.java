package io.maie.edge.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The shipped launcher running a daemon on a fresh home below the system's temporary folder. */
final class DaemonUnderTest implements AutoCloseable {
  private final Path home;
  private final Process process;

  private DaemonUnderTest(Path home, Process process) {
    this.home = home;
    this.process = process;
  }

  static DaemonUnderTest start(String... environment) throws IOException, InterruptedException {
    Path home = Files.createTempDirectory("maie-bench-");
    List<String> command =
        new ArrayList<>(List.of("bin/maie-edge", "run", "--home", home.toString()));
    ProcessBuilder builder = new ProcessBuilder(command);
    // the same recording comes again and again, and each time is measured
    builder.environment().put("MAIE_DEFAULTS__ALLOW_DUPLICATE", "true");
    for (String setting : environment) {
      int equals = setting.indexOf('=');
      builder.environment().put(setting.substring(0, equals), setting.substring(equals + 1));
    }
    builder.redirectErrorStream(true).redirectOutput(home.resolve("daemon.log").toFile());
    DaemonUnderTest daemon = new DaemonUnderTest(home, builder.start());
    daemon.awaitFile(home.resolve("state/status.json"), 60);
    return daemon;
  }

  Path inbox() {
    return home.resolve("inbox");
  }

  Path outbox() {
    return home.resolve("outbox");
  }

  Path home() {
    return home;
  }

  long pid() {
    return process.pid();
  }

  /** Waits until the result or the failure of a recording lies there. */
  void awaitDone(String recording, int seconds) throws InterruptedException, IOException {
    Path result = outbox().resolve(recording + ".json");
    Path failure = home.resolve("failed").resolve(recording + ".error.json");
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    while (!Files.exists(result) && !Files.exists(failure)) {
      if (!process.isAlive()) {
        throw new IllegalStateException(
            "the daemon ended:\n" + Files.readString(home.resolve("daemon.log")));
      }
      if (System.nanoTime() > deadline) {
        throw new IllegalStateException(
            "no outcome for " + recording + " within " + seconds + " s");
      }
      TimeUnit.MILLISECONDS.sleep(5);
    }
  }

  private void awaitFile(Path file, int seconds) throws InterruptedException, IOException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    while (!Files.exists(file)) {
      if (System.nanoTime() > deadline || !process.isAlive()) {
        throw new IllegalStateException(
            "the daemon did not start:\n" + Files.readString(home.resolve("daemon.log")));
      }
      TimeUnit.MILLISECONDS.sleep(20);
    }
  }

  /** A number of kB from {@code /proc/<pid>/status}, such as VmRSS or VmHWM. */
  long statusKilobytes(String field) throws IOException {
    return ProcessFacts.statusKilobytes(pid(), field);
  }

  @Override
  public void close() throws IOException {
    process.destroy();
    try {
      if (!process.waitFor(30, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
    Folders.delete(home);
  }
}
