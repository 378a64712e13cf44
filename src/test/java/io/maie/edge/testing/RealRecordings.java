package io.maie.edge.testing;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Small real recordings made by the ffmpeg program: three seconds of a quiet noise. */
public final class RealRecordings {
  private static final String SOURCE =
      "anoisesrc=duration=3:color=pink:seed=7:sample_rate=16000:amplitude=0.3";

  private RealRecordings() {}

  /** Writes a recording whose format follows from the name and from more options of ffmpeg. */
  public static Path make(Path file, String... options) {
    List<String> command = command(options);
    command.add("file:" + file);
    run(command, file.resolveSibling(file.getFileName() + ".log"));
    return file;
  }

  /** The same through a pipe, so that the writer cannot go back and complete its header. */
  public static Path makePiped(Path file, String format) {
    String ffmpeg = String.join(" ", command("-f", format, "-")).replace("(", "\\(");
    run(
        List.of("sh", "-c", ffmpeg + " | cat > \"$0\"", file.toString()),
        file.resolveSibling(file.getFileName() + ".log"));
    return file;
  }

  private static List<String> command(String... options) {
    List<String> command = new ArrayList<>(List.of("ffmpeg", "-nostdin", "-v", "error", "-y"));
    command.addAll(List.of("-f", "lavfi", "-i", SOURCE, "-ac", "1"));
    command.addAll(List.of(options));
    return command;
  }

  private static void run(List<String> command, Path log) {
    try {
      assumeTrue(isInstalled(), "the ffmpeg program is not installed");
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(log.toFile())
              .start();
      if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
        process.destroyForcibly();
        throw new IllegalStateException(
            command + " failed: " + Files.readString(log, StandardCharsets.UTF_8));
      }
      Files.delete(log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static boolean isInstalled() {
    return List.of(System.getenv("PATH").split(":", -1)).stream()
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, "ffmpeg")));
  }
}
