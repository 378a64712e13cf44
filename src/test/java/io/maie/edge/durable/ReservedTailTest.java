package io.maie.edge.durable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ReservedTailTest {
  private static final int BLOCK = 65_536;

  @TempDir private Path folder;
  private Path file;

  @BeforeEach
  void prepare() throws IOException {
    file = folder.resolve("r\u00e4uber.wav");
    Path probe = reserved(folder.resolve("probe"), 4 * BLOCK, BLOCK);
    assumeTrue(ReservedTail.bytes(probe) > 0, "the file system does not tell what is reserved");
  }

  @Test
  void whatWasReservedAndNeverWrittenIsCounted() throws IOException {
    assertThat(ReservedTail.bytes(reserved(file, 4 * BLOCK, BLOCK))).isEqualTo(3 * BLOCK);
    assertThat(ReservedTail.bytes(reserved(folder.resolve("b"), 4 * BLOCK, 0)))
        .isEqualTo(4 * BLOCK);
  }

  @Test
  void zerosThatWereWrittenAreContent() throws IOException {
    Files.write(file, new byte[4 * BLOCK]);

    assertThat(ReservedTail.bytes(file)).isZero();
  }

  @Test
  void aHoleBeforeTheEndIsNoTail() throws IOException {
    reserved(file, 4 * BLOCK, BLOCK);
    try (RandomAccessFile open = new RandomAccessFile(file.toFile(), "rw")) {
      open.seek(4 * BLOCK - 1);
      open.write(1);
    }

    assertThat(ReservedTail.bytes(file)).isZero();
  }

  @Test
  void anEmptyFileHasNoTail() throws IOException {
    assertThat(ReservedTail.bytes(Files.createFile(file))).isZero();
  }

  @Test
  void aCopyKeepsTheTail() throws IOException {
    reserved(file, 4 * BLOCK, BLOCK);

    Path copy = VerifiedCopy.toTemporary(file, folder);

    assertThat(copy).hasSameBinaryContentAs(file);
    assertThat(ReservedTail.bytes(copy)).isEqualTo(3 * BLOCK);
  }

  private static Path reserved(Path file, int size, int written) throws IOException {
    try (RandomAccessFile open = new RandomAccessFile(file.toFile(), "rw")) {
      open.setLength(size);
      open.write(
          "sound".repeat(written / 5 + 1).getBytes(java.nio.charset.StandardCharsets.US_ASCII),
          0,
          written);
    }
    return file;
  }
}
