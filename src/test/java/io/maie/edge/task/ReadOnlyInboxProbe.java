package io.maie.edge.task;

import io.maie.edge.spool.InboxMode;
import io.maie.edge.spool.InboxOptions;
import io.maie.edge.task.TaskOutcome.Published;
import io.maie.edge.testing.ManualTicker;
import io.maie.edge.testing.ScratchSpool;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;

/** Works off a read-only inbox; run by {@link KeptInboxTest} in a process of its own. */
final class ReadOnlyInboxProbe {
  private ReadOnlyInboxProbe() {}

  /**
   * Prints how much was ready before and after a restart.
   *
   * @param arguments the home, whose inbox is read-only and holds one recording
   */
  public static void main(String[] arguments) throws IOException {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    ManualTicker time = new ManualTicker();
    ScratchSpool spool = open(Path.of(arguments[0]), time);
    int first = ready(spool, time);
    TaskOutcome outcome =
        spool.runner.run(spool.claims.claim(spool.inbox.scan().ready().get(0)).orElseThrow());
    out.println("first " + first + (outcome instanceof Published ? " published" : " " + outcome));
    out.println("again " + ready(open(Path.of(arguments[0]), time), time));
  }

  private static int ready(ScratchSpool spool, ManualTicker time) {
    spool.inbox.scan();
    time.advance(Duration.ofMinutes(3));
    return spool.inbox.scan().ready().size();
  }

  private static ScratchSpool open(Path home, ManualTicker time) {
    return new ScratchSpool(
        InboxOptions.of(home.resolve("inbox"))
            .withMode(InboxMode.AUTO, home.resolve("state").resolve("ledger")),
        new TaskClock(time, time),
        TaskSettings.DEFAULTS,
        FaultPoint.disabled());
  }
}
