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

/**
 * Resident memory of the daemon's process: peak while working, and after its models are unloaded.
 * With a Whisper model the bar depends on the size of its graphs.
 */
final class MemoryBench {
  private static final int IDLE_SECONDS = 45;
  private static final int LIMIT_SECONDS = 3_000;

  private MemoryBench() {}

  private static final double MB = 1024 * 1024;

  /**
   * Measures.
   *
   * @param minutes lengths of recordings, with commas between them
   * @param model a model folder; empty = the shipped one
   * @param settings more environment variables, with spaces between them
   */
  static void run(String minutes, String model, String settings) throws Exception {
    Path folder = Files.createTempDirectory("maie-bench-speech-");
    try {
      List<String> environment = new ArrayList<>(List.of("MAIE_MODELS__IDLE_UNLOAD=10s"));
      double bar = settings.contains("edge_small") ? 270 : 330;
      if (!model.isEmpty()) {
        Path graphs = Path.of(model).toAbsolutePath();
        environment.add("MAIE_MODELS__PATH=" + models(graphs, folder));
        environment.add("MAIE_ASR__MODEL=" + graphs.getFileName());
        environment.add("MAIE_ASR__WHISPER__TEMPERATURES=0");
        bar = 1.3 * graphBytes(graphs) / MB + 250;
      }
      environment.addAll(List.of(settings.split(" ")));
      environment.remove("");
      List<Long> peaks = new ArrayList<>();
      for (int length : Arrays.stream(minutes.split(",")).mapToInt(Integer::parseInt).toArray()) {
        peaks.add(measure(length, folder, environment, bar));
      }
      System.out.printf(
          Locale.ROOT,
          "apart: %.1f MB (bar 25 MB)%n",
          (peaks.get(peaks.size() - 1) - peaks.get(0)) / 1024.0);
    } finally {
      Folders.delete(folder);
    }
  }

  /** The shipped models and one more. */
  private static Path models(Path model, Path folder) throws IOException {
    Path all = Files.createDirectory(folder.resolve("models"));
    try (var shipped = Files.list(Path.of("models"))) {
      for (Path one : shipped.toList()) {
        Files.createSymbolicLink(all.resolve(one.getFileName()), one.toAbsolutePath());
      }
    }
    Files.createSymbolicLink(all.resolve(model.getFileName()), model);
    return all;
  }

  private static long graphBytes(Path model) throws IOException {
    long bytes = 0;
    try (var graphs = Files.list(model.resolve("onnx"))) {
      for (Path graph : graphs.toList()) {
        bytes += Files.size(graph);
      }
    }
    return bytes;
  }

  private static long measure(int minutes, Path folder, List<String> environment, double bar)
      throws IOException, InterruptedException {
    Path recording = Recordings.speech(minutes, folder);
    try (DaemonUnderTest daemon = DaemonUnderTest.start(environment.toArray(new String[0]))) {
      long fresh = daemon.statusKilobytes("VmRSS");
      String name = recording.getFileName().toString();
      Path hidden = daemon.inbox().resolve("." + name + ".tmp");
      Files.copy(recording, hidden);
      Files.move(hidden, daemon.inbox().resolve(name), StandardCopyOption.ATOMIC_MOVE);
      long start = System.nanoTime();
      daemon.awaitDone(name, LIMIT_SECONDS);
      if (!Files.exists(daemon.outbox().resolve(name + ".json"))) {
        throw new IOException(
            Files.readString(daemon.home().resolve("failed").resolve(name + ".error.txt")));
      }
      double seconds = (System.nanoTime() - start) / 1e9;
      long peak = daemon.statusKilobytes("VmHWM");
      TimeUnit.SECONDS.sleep(IDLE_SECONDS);
      long idle = daemon.statusKilobytes("VmRSS");
      System.out.printf(
          Locale.ROOT,
          "%d min of speech: start %.0f MB, peak %.0f MB (bar %.0f), idle %.0f MB (bar 150),"
              + " real-time factor %.4f%n",
          minutes,
          fresh / 1024.0,
          peak / 1024.0,
          bar,
          idle / 1024.0,
          seconds / (60.0 * minutes));
      return peak;
    }
  }
}
