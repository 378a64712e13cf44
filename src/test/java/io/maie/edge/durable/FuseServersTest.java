package io.maie.edge.durable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.maie.edge.testing.ManualTicker;
import io.maie.edge.time.Ticker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FuseServersTest {
  /** Notes the folder that it is asked about, and waits for a file as for a server. */
  private static final String QUESTION =
      "cd \"$0\"; echo \"$1\" >> asked; until [ -e answer ]; do sleep 0.05; done";

  @TempDir private Path home;

  private final ManualTicker time = new ManualTicker();
  private final AtomicInteger touched = new AtomicInteger();
  private Path share;
  private FuseServers servers;

  @BeforeEach
  void mountShare() throws IOException {
    home = home.toRealPath();
    share = home.resolve("a share");
    Files.createDirectories(share.resolve("inbox"));
    Path mounts = home.resolve("mountinfo");
    Files.writeString(
        mounts,
        """
        22 1 254:0 / / rw,relatime - ext4 /dev/vda rw
        40 22 0:41 / %s rw,nosuid master:3 shared:7 - fuse.sshfs host:/srv rw
        41 22 0:42 / %s rw,nosuid - tmpfs tmpfs rw
        """
            .formatted(share.toString().replace(" ", "\\040"), home.resolve("memory")));
    servers = new FuseServers(mounts, List.of("sh", "-c", QUESTION, home.toString()), time);
  }

  @AfterEach
  void endQuestions() throws IOException {
    Files.writeString(home.resolve("answer"), "");
  }

  @Test
  void noThreadGoesToAServerThatDoesNotAnswer() throws IOException {
    HangGuard guard = guard(share.resolve("inbox"));

    for (int i = 0; i < 3; i++) {
      assertThatThrownBy(() -> guard.call(touched::incrementAndGet))
          .isInstanceOfSatisfying(
              IOException.class,
              e -> assertThat(StorageFailure.of(e)).isEqualTo(StorageFailure.DISCONNECTED));
      assertThat(guard.isSilent()).isTrue();
    }
    assertThat(touched).hasValue(0);

    Files.writeString(home.resolve("answer"), "");
    await()
        .atMost(Duration.ofMinutes(1))
        .ignoreExceptions()
        .until(() -> guard.call(touched::incrementAndGet) > 0);
    assertThat(guard.isSilent()).isFalse();
  }

  @Test
  void allWhoAskWaitForOneProcess() throws IOException {
    assertThat(guard(share.resolve("inbox")).isSilent()).isTrue();
    assertThat(guard(share).isSilent()).isTrue();

    await().until(() -> Files.exists(home.resolve("asked")));
    assertThat(Files.readAllLines(home.resolve("asked"))).containsExactly(share.toString());
  }

  @Test
  void anAnswerHoldsForAMoment() throws IOException {
    Files.writeString(home.resolve("answer"), "");

    servers.awaitAnswer(share);
    servers.awaitAnswer(share);
    assertThat(Files.readAllLines(home.resolve("asked"))).hasSize(1);

    time.advance(Duration.ofMillis(500));
    servers.awaitAnswer(share);
    assertThat(Files.readAllLines(home.resolve("asked"))).hasSize(2);
  }

  @Test
  void foldersElsewhereAreNotAskedAbout() throws IOException {
    HangGuard guard = guard(home.resolve("memory/outbox"));

    assertThat(guard.isSilent()).isFalse();
    guard.requireAnswer();
    assertThat(home.resolve("asked")).doesNotExist();
  }

  @Test
  void linksAreFollowedUpToTheMountPoint() throws IOException {
    Files.createSymbolicLink(home.resolve("link"), Path.of("a share/inbox"));
    Files.createSymbolicLink(home.resolve("loop"), Path.of("loop"));

    assertThat(servers.mountPointOf(home.resolve("link/sub"))).contains(share);
    assertThat(servers.mountPointOf(home.resolve("link/../other"))).isEmpty();
    assertThat(servers.mountPointOf(home.resolve("loop/sub"))).isEmpty();
    assertThat(servers.mountPointOf(Path.of("/"))).isEmpty();
  }

  @Test
  void aProgramThatIsMissingCountsAsAnAnswer() throws IOException {
    FuseServers helpless =
        new FuseServers(home.resolve("mountinfo"), List.of("/no/such/program"), time);

    helpless.awaitAnswer(share);

    assertThat(helpless.mountPointOf(share)).contains(share);
  }

  private HangGuard guard(Path folder) {
    return new HangGuard(folder, Duration.ofMillis(300), Ticker.system(), servers);
  }
}
