package io.maie.edge.audio.container;

import static org.assertj.core.api.Assertions.assertThat;

import io.maie.edge.audio.container.Completeness.State;
import io.maie.edge.testing.RealRecordings;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The check answers arbitrary bytes quickly and without a failure. */
final class HostileContainersTest {
  private static final int ROUNDS = 400;
  private static final int EDGE = 512;

  private final ContainerCheck check = new ContainerCheck();

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a.wav", "a.w64", "a.aiff", "a.caf", "a.flac", "a.opus", "a.m4a", "a.mka", "a.mp3", "rf64"
      })
  void corruptedBytesAreAnswered(String name) throws IOException {
    long seed = Long.getLong("maie.seed", 20_260_102L);
    Random random = new Random(seed ^ name.hashCode());
    Path file = folder.resolve(name.equals("rf64") ? "rf64.wav" : name);
    byte[] good =
        Files.readAllBytes(
            name.equals("rf64")
                ? RealRecordings.make(file, "-rf64", "always")
                : RealRecordings.make(file));

    Assertions.assertTimeoutPreemptively(
        Duration.ofMinutes(2),
        () -> {
          for (int round = 0; round < ROUNDS; round++) {
            byte[] bad = corrupt(good, random);
            Completeness found = check.check(Files.write(folder.resolve("bad"), bad));
            assertThat(found.explanation()).as("seed %s round %s", seed, round).isNotBlank();
          }
        });
  }

  /** Each might be the last one, and only the checksum of all bytes behind it tells. */
  @Test
  void manyHeadersOfALastFlacFrameAreAnsweredQuickly() throws IOException {
    ByteBuffer file = ByteBuffer.allocate(42 + 40_000 * 6);
    file.put("fLaC".getBytes(StandardCharsets.US_ASCII)).putInt(0x80_00_00_22);
    // blocks of 4096, frames of up to 2 MB, 44.1 kHz, 16 bits, 4096 samples
    file.putInt(0x1000_1000).putShort((short) 0).putInt(0x0020_0000);
    file.putInt(0x0AC4_40F0).putInt(4096).position(42);
    while (file.hasRemaining()) {
      file.put(new byte[] {(byte) 0xFF, (byte) 0xF8, (byte) 0xC9, 0x18, 0, (byte) 0xC2});
    }
    Path hostile = Files.write(folder.resolve("a.flac"), file.array());

    Completeness found =
        Assertions.assertTimeoutPreemptively(Duration.ofSeconds(30), () -> check.check(hostile));

    assertThat(found.state()).as(found.explanation()).isEqualTo(State.CANNOT_TELL);
  }

  /** Some bytes near the edges, where the structure is, get random or extreme values. */
  private static byte[] corrupt(byte[] good, Random random) {
    byte[] bad =
        random.nextInt(4) == 0 ? Arrays.copyOf(good, random.nextInt(good.length)) : good.clone();
    int changes = 1 + random.nextInt(12);
    for (int i = 0; i < changes && bad.length > 0; i++) {
      int reach = Math.min(EDGE, bad.length);
      int at =
          random.nextBoolean() ? random.nextInt(reach) : bad.length - 1 - random.nextInt(reach);
      byte value =
          switch (random.nextInt(4)) {
            case 0 -> (byte) 0xFF;
            case 1 -> 0;
            case 2 -> (byte) 0x80;
            default -> (byte) random.nextInt(256);
          };
      int run = Math.min(1 + random.nextInt(8), bad.length - at);
      Arrays.fill(bad, at, at + run, value);
    }
    return bad;
  }
}
