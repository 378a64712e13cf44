package io.maie.edge.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.maie.edge.testing.ManualTicker;
import io.maie.edge.testing.UnixDatagramReceiver;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Speaks to a real socket of the operating system. */
final class SystemdNotifierTest {
  private final ManualTicker ticker = new ManualTicker();
  @TempDir private Path folder;

  @Test
  void everyMessageArrivesAsOneDatagram() {
    String address = folder.resolve("notify").toString();
    try (UnixDatagramReceiver manager = new UnixDatagramReceiver(address)) {
      ServiceNotifier notifier = SystemdNotifier.of(address, ticker);

      notifier.ready();
      notifier.status("3 waiting,\nbespräch.wav 42 %");
      notifier.watchdog();
      notifier.extendTimeout(Duration.ofSeconds(90));
      notifier.stopping();

      assertThat(manager.take())
          .containsExactly(
              "READY=1",
              "STATUS=3 waiting, bespräch.wav 42 %",
              "WATCHDOG=1",
              "EXTEND_TIMEOUT_USEC=90000000",
              "STOPPING=1");
    }
  }

  @Test
  void reloadingTellsTheMonotonicTimeInMicroseconds() {
    ticker.advance(Duration.ofMillis(1500));
    String address = folder.resolve("notify").toString();
    try (UnixDatagramReceiver manager = new UnixDatagramReceiver(address)) {
      SystemdNotifier.of(address, ticker).reloading();

      assertThat(manager.take()).containsExactly("RELOADING=1\nMONOTONIC_USEC=1500000");
    }
  }

  /** Without a limit this never ends, and neither does a stop. */
  @Test
  void aManagerThatTakesNoMessagesIsNotWaitedFor() throws IOException {
    int queue =
        Integer.parseInt(Files.readString(Path.of("/proc/sys/net/unix/max_dgram_qlen")).strip());
    String address = folder.resolve("notify").toString();
    try (UnixDatagramReceiver manager = new UnixDatagramReceiver(address)) {
      ServiceNotifier notifier = SystemdNotifier.of(address, ticker);
      assertTimeoutPreemptively(
          Duration.ofMinutes(2),
          () -> {
            for (int i = 0; i < queue + 2; i++) {
              notifier.watchdog();
            }
          });

      assertThat(manager.take()).contains("WATCHDOG=1");
      notifier.stopping();
      assertThat(manager.take()).containsExactly("STOPPING=1");
    }
  }

  @Test
  void anAbstractAddressIsUnderstood() {
    String address = "@maie-edge-test-" + ProcessHandle.current().pid();
    try (UnixDatagramReceiver manager = new UnixDatagramReceiver(address)) {
      SystemdNotifier.of(address, ticker).ready();

      assertThat(manager.take()).containsExactly("READY=1");
    }
  }

  @Test
  void withoutASocketNoNotificationIsSent() {
    assertThat(SystemdNotifier.of(null, ticker)).isNotInstanceOf(SystemdNotifier.class);
    assertThat(SystemdNotifier.of("", ticker)).isNotInstanceOf(SystemdNotifier.class);
    assertThat(SystemdNotifier.of("vsock:2:3", ticker)).isNotInstanceOf(SystemdNotifier.class);
  }

  @Test
  void aManagerThatIsGoneIsNoReasonToFail() {
    ServiceNotifier notifier = SystemdNotifier.of(folder.resolve("nobody").toString(), ticker);

    notifier.ready();

    assertThat(notifier).isInstanceOf(SystemdNotifier.class);
  }
}
