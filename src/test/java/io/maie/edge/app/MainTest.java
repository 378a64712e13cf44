package io.maie.edge.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program as a process of its own. */
final class MainTest {
  /** Exit code of a process that SIGTERM ended. */
  private static final int TERMINATED = 128 + 15;

  @TempDir Path results;

  @Test
  void aStoppedDirectRunLeavesNoSamplesBesideTheResults() throws Exception {
    Process process =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-cp",
                    System.getProperty("java.class.path"),
                    Main.class.getName(),
                    "process",
                    "--output",
                    results.toString(),
                    "src/main/dist/samples/welcome.wav"))
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    await().atMost(Duration.ofSeconds(60)).until(() -> !names().isEmpty());

    process.destroy();

    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isEqualTo(TERMINATED);
    assertThat(names()).isEmpty();
  }

  /** ONNX Runtime takes a process down that begins to end while a model is being opened. */
  @Test
  void aStopWhileModelsAreOpenedIsNoCrash() throws Exception {
    Path home = Files.createDirectory(results.resolve("home"));
    Path inbox = Files.createDirectory(home.resolve("inbox"));
    Files.copy(Path.of("src/main/dist/samples/welcome.wav"), inbox.resolve("welcome.wav"));
    for (String stage : List.of("vad", "asr")) {
      Process process = StartedDaemon.start(home);
      await().atMost(Duration.ofMinutes(2)).until(() -> isAt(home, stage));

      process.destroy();

      assertThat(process.waitFor(100, TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue()).as(stage).isEqualTo(TERMINATED);
    }
  }

  /** It may be over by then on a fast machine; what counts is how the process ends. */
  private static boolean isAt(Path home, String stage) throws IOException {
    if (Files.exists(home.resolve("outbox/welcome.wav.json"))) {
      return true;
    }
    Path work = home.resolve("work");
    if (!Files.isDirectory(work)) {
      return false;
    }
    try (Stream<Path> tasks = Files.list(work)) {
      for (Path task : tasks.toList()) {
        Path file = task.resolve("stage");
        if (Files.isRegularFile(file) && Files.readString(file).contains(stage)) {
          return true;
        }
      }
    } catch (java.nio.file.NoSuchFileException e) {
      return false;
    }
    return false;
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(results)) {
      return files.map(file -> String.valueOf(file.getFileName())).toList();
    }
  }
}
