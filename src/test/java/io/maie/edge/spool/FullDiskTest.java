package io.maie.edge.spool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.maie.edge.testing.ExternalProgram;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An inbox on a disk that is full: every claim makes room there, and so none must need any. */
final class FullDiskTest {
  @TempDir private Path home;

  @Test
  void aRecordingIsTakenFromAFullDisk() throws Exception {
    Path inbox = Files.createDirectory(home.resolve("inbox"));
    Path work = Files.createDirectory(home.resolve("work"));
    String mounted = "mount -t tmpfs -o size=64k tmpfs '%s' && exec \"$@\"".formatted(inbox);
    List<String> command = new ArrayList<>(namespace());
    command.addAll(List.of("sh", "-c", mounted, "sh"));
    command.addAll(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xshare:auto",
            "-cp",
            System.getProperty("java.class.path"),
            FullDiskProbe.class.getName(),
            inbox.toString(),
            work.toString()));

    assertThat(output(command)).contains("claimed true sound").contains("left []");
  }

  /** A user who may make namespaces can mount in them. */
  private List<String> namespace() throws Exception {
    List<String> command =
        List.of(ExternalProgram.require("unshare").toString(), "--mount", "--map-root-user");
    Path probed = Files.createDirectory(home.resolve("probed"));
    List<String> probe = new ArrayList<>(command);
    probe.addAll(List.of("mount", "-t", "tmpfs", "tmpfs", probed.toString()));
    Process process = new ProcessBuilder(probe).redirectErrorStream(true).start();
    boolean works = process.waitFor(30, TimeUnit.SECONDS) && process.exitValue() == 0;
    assumeTrue(works, "no mounting in a namespace of one's own");
    return command;
  }

  private String output(List<String> command) throws IOException, InterruptedException {
    Path output = home.resolve("output");
    Process child =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    assertThat(child.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return Files.readString(output, StandardCharsets.UTF_8);
  }
}
