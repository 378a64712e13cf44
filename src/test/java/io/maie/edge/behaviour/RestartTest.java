package io.maie.edge.behaviour;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.maie.edge.testing.WaveBytes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program as a process that ends and starts again while somebody copies into the inbox. */
final class RestartTest {
  private static final Duration LIMIT = Duration.ofMinutes(3);
  private static final int ENDED_BY_TERM = 143;

  @TempDir private Path home;
  private Process program;

  @BeforeEach
  void prepare() throws IOException {
    Files.createDirectory(home.resolve("inbox"));
    program = start();
  }

  @AfterEach
  void end() throws InterruptedException {
    program.destroyForcibly().waitFor();
  }

  @Test
  void anUploadContinuesAcrossARestart() throws Exception {
    byte[] sound = WaveBytes.noise(8_000, 1);
    Path upload = home.resolve("inbox/a.wav");
    append(upload, sound, 0, sound.length / 3);
    awaitFile("state/status.json");
    program.destroyForcibly().waitFor();
    append(upload, sound, sound.length / 3, sound.length / 2);
    Files.delete(home.resolve("state/status.json"));
    program = start();
    awaitFile("state/status.json");
    // it has not begun to work yet, and hears this all the same
    hangUp();
    hangUp();
    append(upload, sound, sound.length / 2, sound.length);
    awaitFile("archive/a.wav");
    hangUp();
    assertThat(program.isAlive()).isTrue();
    program.destroy();

    assertThat(program.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
    assertThat(program.exitValue()).isEqualTo(ENDED_BY_TERM);
    assertThat(home.resolve("archive/a.wav")).hasBinaryContent(sound);
    assertThat(home.resolve("inbox/a.wav")).doesNotExist();
    assertThat(home.resolve("outbox/a.wav.json")).isNotEmptyFile();
    assertThat(home.resolve("outbox/a.wav~2.json")).doesNotExist();
  }

  private Process start() throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(RunningProgram.command("run", "--home", home.toString()));
    builder.environment().put("LC_ALL", "C.UTF-8");
    Path log = home.resolve("program.log");
    return builder
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
        .start();
  }

  private void hangUp() throws Exception {
    int code = new ProcessBuilder("kill", "-HUP", Long.toString(program.pid())).start().waitFor();
    assertThat(code).isZero();
  }

  private static void append(Path file, byte[] content, int from, int to) throws IOException {
    Files.write(
        file,
        Arrays.copyOfRange(content, from, to),
        StandardOpenOption.CREATE,
        StandardOpenOption.APPEND);
  }

  private void awaitFile(String name) {
    await().atMost(LIMIT).until(() -> Files.exists(home.resolve(name)) || !program.isAlive());
    assertThat(home.resolve(name)).exists();
  }
}
