package io.maie.edge.testing;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A real file server on the loopback address that serves one folder: OpenSSH for scp, sftp and
 * rsync, Samba for Windows clients. Everything it keeps lies in its own folder.
 */
public final class LoopbackServer implements AutoCloseable {
  private static final Duration START_LIMIT = Duration.ofSeconds(20);

  private final Process process;
  private final int port;
  private final Path folder;

  private LoopbackServer(Process process, int port, Path folder) {
    this.process = process;
    this.port = port;
    this.folder = folder;
  }

  /** OpenSSH; its key for the current user is {@link #key()}. */
  public static LoopbackServer ssh(Path folder) throws IOException {
    Path sshd = ExternalProgram.require("sshd");
    ownerOnly(folder);
    for (String key : List.of("host", "user")) {
      ExternalProgram.run(
          List.of(
              ExternalProgram.require("ssh-keygen").toString(),
              "-q",
              "-t",
              "ed25519",
              "-N",
              "",
              "-f",
              folder.resolve(key).toString()));
    }
    Files.copy(folder.resolve("user.pub"), folder.resolve("authorized_keys"));
    // Debian's sshd insists on this folder when it runs as root
    if (Files.isWritable(Path.of("/run"))) {
      Files.createDirectories(Path.of("/run/sshd"));
    }
    int port = freePort();
    Path config =
        Files.writeString(
            folder.resolve("sshd_config"),
            """
            ListenAddress 127.0.0.1:%d
            HostKey %s/host
            AuthorizedKeysFile %s/authorized_keys
            PidFile %s/sshd.pid
            StrictModes no
            UsePAM no
            PermitRootLogin yes
            PasswordAuthentication no
            Subsystem sftp internal-sftp
            """
                .formatted(port, folder, folder, folder));
    return start(List.of(sshd.toString(), "-D", "-e", "-f", config.toString()), port, folder);
  }

  /** Samba with one share {@code inbox} that anybody may write to. */
  public static LoopbackServer samba(Path folder, Path share) throws IOException {
    Path smbd = ExternalProgram.require("smbd");
    int port = freePort();
    Path config =
        Files.writeString(
            folder.resolve("smb.conf"),
            """
            [global]
            interfaces = lo
            bind interfaces only = yes
            smb ports = %d
            map to guest = bad user
            guest account = %s
            private dir = %s
            lock directory = %s
            state directory = %s
            cache directory = %s
            pid directory = %s
            ncalrpc dir = %s/ncalrpc
            log file = %s/smbd.log
            disable spoolss = yes
            load printers = no
            server min protocol = SMB2
            [inbox]
            path = %s
            read only = no
            guest ok = yes
            """
                .formatted(
                    port,
                    System.getProperty("user.name"),
                    folder,
                    folder,
                    folder,
                    folder,
                    folder,
                    folder,
                    folder,
                    share));
    // in a process group of its own, since it ends by a signal to its whole group
    return start(
        List.of(smbd.toString(), "--foreground", "--debug-stdout", "--configfile=" + config),
        port,
        folder);
  }

  public int port() {
    return port;
  }

  /** The private key that opens an SSH server. */
  public Path key() {
    return folder.resolve("user");
  }

  private static LoopbackServer start(List<String> command, int port, Path folder)
      throws IOException {
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("server.log").toFile())
            .start();
    LoopbackServer server = new LoopbackServer(process, port, folder);
    try {
      await().atMost(START_LIMIT).until(server::answers);
    } catch (org.awaitility.core.ConditionTimeoutException e) {
      server.close();
      throw new AssertionError(
          "the server did not start:\n"
              + Files.readString(folder.resolve("server.log"), StandardCharsets.ISO_8859_1),
          e);
    }
    return server;
  }

  private boolean answers() {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException e) {
      return false;
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static void ownerOnly(Path folder) throws IOException {
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
  }

  @Override
  public void close() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroy();
    try {
      if (!process.waitFor(5, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
