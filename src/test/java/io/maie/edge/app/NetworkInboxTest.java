package io.maie.edge.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.maie.edge.testing.ExternalProgram;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * An inbox that lies on another machine: sshfs mounts it from a real SFTP server, which writes
 * behind the back of this system, so that no event tells of a recording.
 */
final class NetworkInboxTest {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final List<Path> SERVERS =
      List.of(
          Path.of("/usr/lib/openssh/sftp-server"),
          Path.of("/usr/libexec/sftp-server"),
          Path.of("/usr/lib/ssh/sftp-server"));

  @TempDir private Path home;

  private @Nullable Process daemon;
  private @Nullable Process mount;

  @AfterEach
  void end() throws Exception {
    if (daemon != null) {
      daemon.destroyForcibly().waitFor();
    }
    if (mount != null) {
      // unmounts
      mount.destroy();
      mount.waitFor();
    }
  }

  @Test
  void aRecordingThatAnotherMachineWritesIsTakenWithoutAnEvent() throws Exception {
    Path served = Files.createDirectory(home.resolve("served"));
    Path inbox = mounted(served);
    assertThat(Files.getFileStore(inbox).type()).isEqualTo("fuse.sshfs");
    daemon = StartedDaemon.start(home);
    await().atMost(PATIENCE).until(() -> says("state/status.json", "\"IDLE\""));

    Files.copy(Path.of("src/main/dist/samples/welcome.wav"), served.resolve("welcome.wav"));

    Path result = home.resolve("outbox/welcome.wav.json");
    await().atMost(PATIENCE).until(() -> Files.exists(result));
    assertThat(result).content().contains("\"COMPLETE\"");
    assertThat(served.resolve("welcome.wav")).doesNotExist();
    assertThat(home.resolve("failed")).isEmptyDirectory();
  }

  private Path mounted(Path served) throws IOException {
    String program = ExternalProgram.require("sshfs").toString();
    Optional<Path> server = SERVERS.stream().filter(Files::isExecutable).findFirst();
    assumeTrue(server.isPresent(), "the program sftp-server is not installed");
    assumeTrue(Files.isWritable(Path.of("/dev/fuse")), "no FUSE here");
    // sshfs talks to what it takes for ssh, through a pipe
    Path ssh = Files.writeString(home.resolve("ssh"), "#!/bin/sh\nexec " + server.get() + "\n");
    Files.setPosixFilePermissions(ssh, PosixFilePermissions.fromString("rwx------"));
    Path inbox = Files.createDirectory(home.resolve("inbox"));
    Process started =
        new ProcessBuilder(
                program,
                "-f",
                "-o",
                "ssh_command=" + ssh + ",dir_cache=no,idmap=none",
                "localhost:" + served,
                inbox.toString())
            .redirectErrorStream(true)
            .redirectOutput(home.resolve("mount.log").toFile())
            .start();
    mount = started;
    await().atMost(PATIENCE).until(() -> !started.isAlive() || isMounted(inbox));
    assumeTrue(started.isAlive(), "no FUSE may be mounted here");
    return inbox;
  }

  private boolean isMounted(Path inbox) throws IOException {
    return !Files.getFileStore(inbox).equals(Files.getFileStore(home));
  }

  private boolean says(String file, String word) throws IOException {
    Path path = home.resolve(file);
    return Files.exists(path) && Files.readString(path).contains(word);
  }
}
