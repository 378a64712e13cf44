package io.maie.edge.audio.decode;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Wraps the command of a child process so that the child runs in a session of its own, which no
 * signal for our process group reaches, and ends with us even if we are killed.
 *
 * <p>Uses {@code setsid} and {@code setpriv --pdeathsig} of util-linux, as far as the system has
 * them. The kernel sends the parent's death signal when the thread that started the child ends, so
 * that thread must wait for the child.
 */
public final class ChildSession {
  private static final long PROBE_SECONDS = 5;

  /** The death signal first: a new session keeps it, and neither of the two forks. */
  private static final List<String> WRAPPER =
      Stream.of(List.of("setpriv", "--pdeathsig", "KILL", "setsid"), List.of("setsid"))
          .filter(ChildSession::works)
          .findFirst()
          .orElse(List.of());

  private ChildSession() {}

  /** The command that runs {@code command}; unchanged if there is no such program. */
  public static List<String> wrap(List<String> command) {
    if (!isProgram(command.get(0))) {
      return command;
    }
    List<String> wrapped = new ArrayList<>(WRAPPER);
    wrapped.addAll(command);
    return wrapped;
  }

  private static boolean isProgram(String name) {
    if (name.contains("/")) {
      return isExecutable(Path.of(name));
    }
    String path = System.getenv().getOrDefault("PATH", "");
    return Stream.of(path.split(File.pathSeparator, -1))
        .anyMatch(folder -> isExecutable(Path.of(folder, name)));
  }

  private static boolean isExecutable(Path file) {
    return Files.isRegularFile(file) && Files.isExecutable(file);
  }

  /** The answer holds for good, so that an interrupt of the first caller must not decide it. */
  private static boolean works(List<String> wrapper) {
    List<String> command = new ArrayList<>(wrapper);
    command.add("true");
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      Process ended =
          process.onExit().completeOnTimeout(process, PROBE_SECONDS, TimeUnit.SECONDS).join();
      boolean works = !ended.isAlive() && ended.exitValue() == 0;
      ended.destroyForcibly();
      return works;
    } catch (IOException e) {
      return false;
    }
  }
}
