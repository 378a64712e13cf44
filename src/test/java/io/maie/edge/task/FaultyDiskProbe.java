package io.maie.edge.task;

import io.maie.edge.task.TaskOutcome.Deferred;
import io.maie.edge.testing.ExternalProgram;
import io.maie.edge.testing.ManualTicker;
import io.maie.edge.testing.ScratchSpool;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * Processes a recording while a disk of its own is at fault, and again when it is mended; run by
 * {@link FaultyDiskTest} in a process that may mount.
 */
final class FaultyDiskProbe {
  private FaultyDiskProbe() {}

  /**
   * Prints what becomes of the recording, before and after.
   *
   * @param arguments the home, whose outbox is the disk, and the options of {@code mount} that
   *     break and mend it
   */
  public static void main(String[] arguments) throws IOException {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    Path home = Path.of(arguments[0]);
    ManualTicker time = new ManualTicker();
    ScratchSpool spool =
        new ScratchSpool(
            home, new TaskClock(time, time), TaskSettings.DEFAULTS, FaultPoint.disabled());
    spool.drop("a.wav", 640);
    spool.inbox.scan();
    time.advance(Duration.ofSeconds(30));
    Task task = spool.claims.claim(spool.inbox.scan().ready().get(0)).orElseThrow();
    remount(home, arguments[1]);

    TaskOutcome broken = spool.runner.run(task);
    out.println("broken: " + words(broken));
    remount(home, arguments[2]);
    TaskOutcome mended = spool.runner.run(broken.task());

    out.println("mended: " + words(mended));
    out.println("attempts: " + mended.task().facts().countedAttempts());
    out.println("outbox: " + spool.files("outbox") + ", archive: " + spool.files("archive"));
  }

  private static void remount(Path home, String options) {
    ExternalProgram.run(
        List.of("mount", "-o", "remount," + options, home.resolve("outbox").toString()));
  }

  private static String words(TaskOutcome outcome) {
    return outcome instanceof Deferred deferred
        ? deferred.cause() + " " + deferred.code().orElse(null) + ", " + deferred.reason()
        : outcome.getClass().getSimpleName();
  }
}
