package io.maie.edge.app;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The system itself ends the program, in a control group without memory. */
final class OutOfMemoryTest {
  private static final Path GROUPS = Path.of("/sys/fs/cgroup");
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  /** Less than any recogniser takes. */
  private static final long ROOM = 4 << 20;

  /** By SIGKILL. */
  private static final int KILLED = 137;

  @TempDir private Path home;

  private @Nullable Process program;
  private @Nullable Path group;

  @AfterEach
  void end() throws Exception {
    if (program != null) {
      program.destroyForcibly().waitFor();
    }
    Path made = group;
    if (made != null) {
      await().atMost(PATIENCE).ignoreException(IOException.class).until(() -> isRemoved(made));
    }
  }

  @Test
  void aProgramThatTheSystemEndsForItsMemoryTakesLittleAtTheNextStart() throws Exception {
    boolean isFirst = Files.isDirectory(GROUPS.resolve("memory"));
    Path own = group(isFirst);
    Path limit = own.resolve(isFirst ? "memory.limit_in_bytes" : "memory.max");
    Path used = own.resolve(isFirst ? "memory.usage_in_bytes" : "memory.current");
    Path inbox = Files.createDirectory(home.resolve("inbox"));
    Process first = StartedDaemon.start(home);
    program = first;
    Files.writeString(own.resolve("cgroup.procs"), Long.toString(first.pid()));
    await().atMost(PATIENCE).until(() -> says("state/status.json", "\"IDLE\""));

    long now = Long.parseLong(Files.readString(used).strip());
    Files.writeString(limit, Long.toString(now + ROOM));
    Files.copy(Path.of("src/main/dist/samples/welcome.wav"), inbox.resolve("welcome.wav"));

    assertThat(first.waitFor(PATIENCE.toSeconds(), SECONDS)).isTrue();
    assertThat(first.exitValue()).isEqualTo(KILLED);

    program = StartedDaemon.start(home);
    Path result = home.resolve("outbox/welcome.wav.json");
    await().atMost(PATIENCE).until(() -> Files.exists(result));
    assertThat(result).content().contains("LITTLE_MEMORY");
    assertThat(home.resolve("failed")).isEmptyDirectory();
  }

  private Path group(boolean isFirst) {
    Path made =
        (isFirst ? GROUPS.resolve("memory") : GROUPS)
            .resolve("maie-test-" + ProcessHandle.current().pid());
    try {
      Files.createDirectory(made);
      group = made;
    } catch (IOException e) {
      assumeTrue(false, "no control group can be made here: " + e);
    }
    assumeTrue(
        Files.isWritable(made.resolve(isFirst ? "memory.limit_in_bytes" : "memory.max")),
        "no control group limits the memory of a process here");
    return made;
  }

  private static boolean isRemoved(Path group) throws IOException {
    return Files.deleteIfExists(group) || Files.notExists(group);
  }

  private boolean says(String file, String word) throws IOException {
    Path path = home.resolve(file);
    return Files.exists(path) && Files.readString(path).contains(word);
  }
}
