package io.maie.edge.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** Resident memory of the daemon's process: peak while working, and after its models are unloaded. */
final class MemoryBench {
  private static final int IDLE_SECONDS = 45;
  private static final int LIMIT_SECONDS = 3_000;

  private MemoryBench() {}

  static void run(String minutes) throws Exception {
    Path folder = Files.createTempDirectory("maie-bench-speech-");
    try {
      List<Long> peaks = new ArrayList<>();
      for (int length : Arrays.stream(minutes.split(",")).mapToInt(Integer::parseInt).toArray()) {
        peaks.add(measure(length, folder));
      }
      System.out.printf(
          Locale.ROOT,
          "apart: %.1f MB (bar 25 MB)%n",
          (peaks.get(peaks.size() - 1) - peaks.get(0)) / 1024.0);
    } finally {
      Folders.delete(folder);
    }
  }

  private static long measure(int minutes, Path folder) throws IOException, InterruptedException {
    Path recording = Recordings.speech(minutes, folder);
    try (DaemonUnderTest daemon = DaemonUnderTest.start("MAIE_MODELS__IDLE_UNLOAD=10s")) {
      long fresh = daemon.statusKilobytes("VmRSS");
      String name = recording.getFileName().toString();
      Path hidden = daemon.inbox().resolve("." + name + ".tmp");
      Files.copy(recording, hidden);
      Files.move(hidden, daemon.inbox().resolve(name), StandardCopyOption.ATOMIC_MOVE);
      long start = System.nanoTime();
      daemon.awaitDone(name, LIMIT_SECONDS);
      double seconds = (System.nanoTime() - start) / 1e9;
      long peak = daemon.statusKilobytes("VmHWM");
      TimeUnit.SECONDS.sleep(IDLE_SECONDS);
      long idle = daemon.statusKilobytes("VmRSS");
      System.out.printf(
          Locale.ROOT,
          "%d min of speech: start %.0f MB, peak %.0f MB (bar 350), idle %.0f MB (bar 150),"
              + " real-time factor %.4f%n",
          minutes,
          fresh / 1024.0,
          peak / 1024.0,
          idle / 1024.0,
          seconds / (60.0 * minutes));
      return peak;
    }
  }
}
