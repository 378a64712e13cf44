package io.maie.edge.behaviour;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.maie.edge.testing.UnixDatagramReceiver;
import io.maie.edge.testing.WaveBytes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program as a process that a service manager started, with the socket of sd_notify(3). */
final class ServiceManagerTest {
  private static final Duration LIMIT = Duration.ofMinutes(3);
  private static final int ENDED_BY_TERM = 143;
  private static final Predicate<String> READY = "READY=1"::equals;
  private static final Predicate<String> ALIVE = "WATCHDOG=1"::equals;

  @TempDir private Path home;

  private final List<String> heard = new ArrayList<>();
  private int awaited;
  private UnixDatagramReceiver manager;
  private Process program;

  @BeforeEach
  void start() throws IOException {
    Files.createDirectory(home.resolve("inbox"));
    manager = new UnixDatagramReceiver(home.resolve("notify").toString());
    ProcessBuilder builder =
        new ProcessBuilder(RunningProgram.command("run", "--home", home.toString()));
    builder
        .environment()
        .putAll(
            Map.of(
                "LC_ALL",
                "C.UTF-8",
                "NOTIFY_SOCKET",
                home.resolve("notify").toString(),
                "WATCHDOG_USEC",
                "4000000"));
    program =
        builder
            .redirectErrorStream(true)
            .redirectOutput(home.resolve("program.log").toFile())
            .start();
  }

  @AfterEach
  void end() throws InterruptedException {
    program.destroyForcibly().waitFor();
    manager.close();
  }

  @Test
  void startWorkReloadAndStopAreTold() throws Exception {
    awaitNotice(READY);
    awaitNotice(ALIVE);

    Files.write(home.resolve("inbox/a.wav"), WaveBytes.noise(8_000, 1));
    hearUntil(() -> Files.exists(home.resolve("archive/a.wav")));
    awaitNotice(ALIVE);

    assertThat(new ProcessBuilder("kill", "-HUP", Long.toString(program.pid())).start().waitFor())
        .isZero();
    awaitNotice(text -> text.startsWith("RELOADING=1\nMONOTONIC_USEC="));
    awaitNotice(READY);

    program.destroy();
    awaitNotice("STOPPING=1"::equals);
    assertThat(program.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
    assertThat(program.exitValue()).isEqualTo(ENDED_BY_TERM);
    assertThat(heard).anyMatch(text -> text.startsWith("STATUS="));
  }

  /** Waits for a notice behind the last one that was waited for. */
  private void awaitNotice(Predicate<String> wanted) {
    hearUntil(() -> fresh().stream().anyMatch(wanted));
    assertThat(fresh()).anyMatch(wanted);
    awaited += fresh().indexOf(fresh().stream().filter(wanted).findFirst().orElseThrow()) + 1;
  }

  private List<String> fresh() {
    return heard.subList(awaited, heard.size());
  }

  private void hearUntil(BooleanSupplier condition) {
    await()
        .atMost(LIMIT)
        .until(
            () -> {
              heard.addAll(manager.take());
              return condition.getAsBoolean() || !program.isAlive();
            });
  }
}
