package io.maie.edge.app;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** The daemon of this build in a process of its own. */
final class StartedDaemon {
  private StartedDaemon() {}

  /** Starts it with the shipped models; {@code home} holds its folders and its log. */
  static Process start(Path home) throws IOException {
    Path root = Path.of(System.getProperty("basedir", "")).toAbsolutePath();
    ProcessBuilder builder =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-Dmaie.installation=" + root,
                    "-cp",
                    System.getProperty("java.class.path"),
                    Main.class.getName(),
                    "run",
                    "--home",
                    home.toString()))
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(home.resolve("log").toFile()));
    builder.environment().put("LC_ALL", "C.UTF-8");
    return builder.start();
  }
}
