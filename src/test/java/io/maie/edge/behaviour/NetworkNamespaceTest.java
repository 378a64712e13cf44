package io.maie.edge.behaviour;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole program in a network of its own, with a loopback and one other address. */
final class NetworkNamespaceTest {
  private static final String ELSEWHERE = "192.0.2.1";
  private static final String INTERFACES =
      "ip link set lo up && ip address add " + ELSEWHERE + "/24 dev lo && exec \"$@\"";
  private static final List<String> ALONE =
      List.of("unshare", "--net", "sh", "-c", INTERFACES, "sh");

  /** Exit code of curl when nobody listens there. */
  private static final int REFUSED = 7;

  private static final String LISTENING = "0A";
  private static final long MOST_SECONDS = 60;

  @TempDir private Path folder;

  @Test
  void theApiListensAtItsAddressAndPortAndNowhereElse() throws Exception {
    List<String> trial = new ArrayList<>(ALONE);
    trial.addAll(List.of("curl", "--version"));
    assumeTrue(exitCode(trial) == 0, "no network namespace, or no ip or curl");
    Path home = Files.createDirectory(folder.resolve("home"));

    try (RunningProgram program = RunningProgram.start(home, Map.of(), ALONE)) {
      int port = program.address().getPort();

      assertThat(connecting(program, "127.0.0.1", port)).isZero();
      assertThat(connecting(program, ELSEWHERE, port)).isEqualTo(REFUSED);
      assertThat(listening(program)).singleElement().asString().endsWith("%04X".formatted(port));
      assertThat(sockets(program, "udp")).isEmpty();
      assertThat(sockets(program, "udp6")).isEmpty();
    }
  }

  private int connecting(RunningProgram program, String address, int port) throws Exception {
    String url = "http://" + address + ":" + port + "/health";
    String pid = String.valueOf(program.pid());
    return exitCode(List.of("nsenter", "--target", pid, "--net", "curl", "--max-time", "30", url));
  }

  private int exitCode(List<String> command) throws IOException, InterruptedException {
    Path output = folder.resolve("output");
    Process process;
    try {
      process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(output.toFile())
              .start();
    } catch (IOException e) {
      return -1;
    }
    assertThat(process.waitFor(MOST_SECONDS, TimeUnit.SECONDS)).isTrue();
    return process.exitValue();
  }

  /** Addresses and ports, in hexadecimal digits, at which somebody listens. */
  private static List<String> listening(RunningProgram program) throws IOException {
    List<String> lines = new ArrayList<>(sockets(program, "tcp"));
    lines.addAll(sockets(program, "tcp6"));
    return lines.stream()
        .map(line -> List.of(line.strip().split("\\s+", -1)))
        .filter(fields -> fields.get(3).equals(LISTENING))
        .map(fields -> fields.get(1))
        .toList();
  }

  private static List<String> sockets(RunningProgram program, String kind) throws IOException {
    List<String> lines = Files.readAllLines(Path.of("/proc/" + program.pid() + "/net/" + kind));
    return lines.subList(1, lines.size());
  }
}
