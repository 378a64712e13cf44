package io.maie.edge.behaviour;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.maie.edge.testing.ExternalProgram;
import io.maie.edge.testing.WaveBytes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program as a process, with limits of the kernel and with a program of the operator. */
final class SurroundedProgramTest {
  private static final Duration LIMIT = Duration.ofMinutes(3);

  /** Becomes a program that may not watch any folder. */
  private static final List<String> WITHOUT_WATCHES =
      List.of(
          "unshare",
          "--user",
          "--map-root-user",
          "sh",
          "-c",
          "echo 0 > /proc/sys/user/max_inotify_instances && exec \"$@\"",
          "sh");

  @TempDir private Path home;

  @BeforeEach
  void prepare() throws IOException {
    Files.createDirectory(home.resolve("inbox"));
  }

  @Test
  void recordingsAreFoundWhereTheKernelGrantsNoWatch() throws Exception {
    assumeTrue(mayHaveItsOwnLimits(), "no user namespaces here");
    try (RunningProgram program = RunningProgram.start(home, Map.of(), WITHOUT_WATCHES)) {
      Files.write(home.resolve("inbox/a.wav"), WaveBytes.noise(8_000, 1));
      await().atMost(LIMIT).until(() -> Files.exists(home.resolve("archive/a.wav")));

      assertThat(home.resolve("outbox/a.wav.json")).isNotEmptyFile();
      assertThat(program.log().lines().filter(line -> line.contains(" WARN ")))
          .as("warnings")
          .hasSize(1)
          .allMatch(line -> line.contains("atch"));
    }
  }

  @Test
  void aStopEndsAllThatTheProgramForFinishedResultsStarted() throws Exception {
    ExternalProgram.require("setsid");
    Path log = home.resolve("started");
    Path program = home.resolve("on-finished");
    Files.writeString(
        program, "#!/bin/sh\nsh -c 'sleep 600 & echo $! >> " + log + "'\nsleep 600\n");
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
    Map<String, String> settings = Map.of("MAIE_OUTBOX__ON_FINISHED", program.toString());
    try (RunningProgram running = RunningProgram.start(home, settings)) {
      Files.write(home.resolve("inbox/a.wav"), WaveBytes.noise(8_000, 1));
      await().atMost(LIMIT).until(() -> Files.exists(log) && Files.size(log) > 1);
      assertThat(running.log()).contains("Published");
    }

    long orphan = Long.parseLong(Files.readString(log).strip());
    await().atMost(LIMIT).until(() -> !isAlive(orphan));
  }

  private static boolean isAlive(long process) {
    return ProcessHandle.of(process).map(ProcessHandle::isAlive).orElse(false);
  }

  private static boolean mayHaveItsOwnLimits() throws Exception {
    ExternalProgram.require("unshare");
    List<String> command = new ArrayList<>(WITHOUT_WATCHES);
    command.add("true");
    return new ProcessBuilder(command)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start()
            .waitFor()
        == 0;
  }
}
