package io.maie.edge.bench;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import javax.tools.ToolProvider;

/** Wall time of the short-lived commands beside a JVM that does nothing; the three take turns. */
final class StartupBench {
  private StartupBench() {}

  static void run(int rounds) throws Exception {
    Path folder = Files.createTempDirectory("maie-bench-empty-");
    try (DaemonUnderTest daemon = DaemonUnderTest.start()) {
      Path source = folder.resolve("Empty.java");
      Files.writeString(source, "class Empty { public static void main(String[] a) {} }");
      ToolProvider.getSystemJavaCompiler().run(null, null, null, source.toString());
      String home = daemon.home().toString();
      List<String> empty = List.of("java", "-Xshare:auto", "-cp", folder.toString(), "Empty");
      List<String> status = List.of("bin/maie-edge", "status", "--home", home);
      List<String> health = List.of("bin/maie-edge", "health", "--home", home);
      Figures ofEmpty = new Figures("empty java -Xshare:auto", "ms");
      Figures ofStatus = new Figures("status", "ms");
      Figures ofHealth = new Figures("health", "ms");
      for (int round = -2; round < rounds; round++) {
        double none = time(empty);
        double first = time(status);
        double second = time(health);
        if (round >= 0) {
          ofEmpty.add(none);
          ofStatus.add(first);
          ofHealth.add(second);
        }
      }
      System.out.println(ofEmpty);
      System.out.println(ofStatus);
      System.out.println(ofHealth);
      System.out.printf(
          Locale.ROOT,
          "status / empty: %.2f, health / empty: %.2f (bar 3)%n",
          ofStatus.median() / ofEmpty.median(),
          ofHealth.median() / ofEmpty.median());
    } finally {
      Folders.delete(folder);
    }
  }

  private static double time(List<String> command) throws IOException, InterruptedException {
    long start = System.nanoTime();
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getInputStream().transferTo(OutputStream.nullOutputStream());
    process.waitFor();
    return (System.nanoTime() - start) / 1e6;
  }
}
