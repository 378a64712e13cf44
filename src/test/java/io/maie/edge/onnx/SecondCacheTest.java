package io.maie.edge.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class SecondCacheTest {

  @Test
  void itsSizeIsKnownWhereTheCommandOfTheSystemKnowsIt() throws Exception {
    Path command = Path.of("/usr/bin/getconf");
    assumeTrue(Files.isExecutable(command));
    Process asked = new ProcessBuilder(command.toString(), "LEVEL2_CACHE_SIZE").start();
    String said = new String(asked.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
    assertThat(asked.waitFor(10, TimeUnit.SECONDS)).isTrue();

    boolean known = said.strip().matches("[1-9][0-9]*");

    assertThat(SecondCache.isKnown()).isEqualTo(known);
  }
}
