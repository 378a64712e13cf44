package io.maie.edge.audio.decode;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A program that is there and is not started, since the system has nothing left for it. */
final class StartLimitsTest {
  @TempDir private Path folder;

  @Test
  void aProgramThatALimitKeepsFromStartingIsNotCalledMissing() throws Exception {
    Path output = folder.resolve("output");
    Process probe =
        new ProcessBuilder(
                List.of(
                    "sh",
                    "-c",
                    "ulimit -n 256 && exec \"$@\"",
                    "sh",
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-Xshare:auto",
                    "-cp",
                    System.getProperty("java.class.path"),
                    StartLimitsProbe.class.getName()))
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    assertThat(probe.waitFor(60, TimeUnit.SECONDS)).isTrue();

    assertThat(Files.readString(output, StandardCharsets.UTF_8))
        .contains("before: started 0")
        .contains(
            "without: DECODER_MISSING The system did not start the program 'true': Too many open"
                + " files | Allow")
        .contains("missing: DECODER_MISSING Expected the program 'no-such-program', found none");
  }
}
