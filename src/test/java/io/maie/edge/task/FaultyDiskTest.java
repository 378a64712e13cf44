package io.maie.edge.task;

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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Real file systems that refuse a result: it waits, costs no attempt, and appears afterwards. */
final class FaultyDiskTest {
  @TempDir private Path home;

  @ParameterizedTest
  @CsvSource({
    "ro, rw, FOLDER_UNAVAILABLE, the file system is read-only",
    "size=4k, size=1m, DISK_FULL, the disk is full",
    "nr_inodes=2, nr_inodes=100, DISK_FULL, its inodes are used up",
  })
  void aResultWaitsForADiskThatRefusesIt(String fault, String cure, String code, String reason)
      throws Exception {
    assertThat(probe(fault, cure))
        .contains("broken: INSTALLATION " + code)
        .contains(reason)
        .contains("mended: Published")
        .contains("attempts: 1")
        .contains("outbox: [a.wav.json, a.wav.txt], archive: [a.wav]");
  }

  @Test
  void aDiskThatIsAllRightIsNoFault() throws Exception {
    assertThat(probe("size=1m", "size=1m")).contains("broken: Published");
  }

  private String probe(String fault, String cure) throws Exception {
    Path outbox = Files.createDirectory(home.resolve("outbox"));
    List<String> namespace =
        List.of(ExternalProgram.require("unshare").toString(), "--mount", "--map-root-user");
    String mounted = "mount -t tmpfs -o size=1m tmpfs '%s' && exec \"$@\"".formatted(outbox);
    List<String> command = new ArrayList<>(namespace);
    command.addAll(List.of("sh", "-c", mounted, "sh"));
    List<String> harmless = new ArrayList<>(command);
    harmless.add("true");
    assumeTrue(output(harmless).isEmpty(), "no mounting in a namespace");
    command.addAll(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xshare:auto",
            "-cp",
            System.getProperty("java.class.path"),
            FaultyDiskProbe.class.getName(),
            home.toString(),
            fault,
            cure));
    return output(command);
  }

  private String output(List<String> command) throws IOException, InterruptedException {
    Path output = home.resolve("output");
    Process child =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    assertThat(child.waitFor(120, TimeUnit.SECONDS)).isTrue();
    return Files.readString(output, StandardCharsets.UTF_8);
  }
}
