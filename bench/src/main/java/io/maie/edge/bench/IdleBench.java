package io.maie.edge.bench;

import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** Processor time of a daemon that has nothing to do. */
final class IdleBench {
  private static final int SETTLE_SECONDS = 20;

  private IdleBench() {}

  static void run(int seconds) throws Exception {
    try (DaemonUnderTest daemon = DaemonUnderTest.start()) {
      TimeUnit.SECONDS.sleep(SETTLE_SECONDS);
      double before = ProcessFacts.cpuSeconds(daemon.pid());
      TimeUnit.SECONDS.sleep(seconds);
      double share = (ProcessFacts.cpuSeconds(daemon.pid()) - before) / seconds;
      System.out.printf(
          Locale.ROOT, "idle: %.2f %% of one core over %d s (bar 1 %%)%n", 100 * share, seconds);
    }
  }
}
