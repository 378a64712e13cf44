package io.maie.edge.durable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
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
  void reservedBytesThatWereNeverWrittenAreCounted() throws IOException {
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
  void silenceThatASparseCopyLeavesOutIsContent() throws Exception {
    byte[] recording = new byte[20 * BLOCK];
    System.arraycopy(sound(4 * BLOCK - 100), 0, recording, 0, 4 * BLOCK - 100);
    System.arraycopy(sound(4 * BLOCK - 100), 0, recording, 8 * BLOCK, 4 * BLOCK - 100);
    Path whole = Files.write(folder.resolve("whole"), recording);

    run("cp", "--sparse=always", whole.toString(), file.toString());

    assertThat(file).hasBinaryContent(recording);
    assertThat(ReservedTail.bytes(file)).isZero();
  }

  @Test
  void piecesThatASenderWroteOutOfOrderAreNoSparseCopy() throws IOException {
    try (RandomAccessFile open = new RandomAccessFile(file.toFile(), "rw")) {
      open.setLength(20 * BLOCK);
      open.write(sound(4 * BLOCK));
      open.seek(8 * BLOCK);
      open.write(sound(4 * BLOCK - 100));
    }

    assertThat(ReservedTail.bytes(file)).isEqualTo(8 * BLOCK);
  }

  @Test
  void reservedSpaceIsNoSparseCopyWhereverItWasWritten() throws Exception {
    run("fallocate", "--length", String.valueOf(20 * BLOCK), file.toString());
    try (RandomAccessFile open = new RandomAccessFile(file.toFile(), "rw")) {
      open.write(sound(4 * BLOCK - 100));
      open.seek(8 * BLOCK);
      open.write(sound(4 * BLOCK - 100));
      open.getFD().sync();
    }

    assertThat(ReservedTail.bytes(file)).isEqualTo(8 * BLOCK);
  }

  private static void run(String... command) throws Exception {
    Process process = new ProcessBuilder(command).inheritIO().start();
    assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
    assumeTrue(process.exitValue() == 0, command[0] + " is not possible here");
  }

  private static byte[] sound(int bytes) {
    return "sound".repeat(bytes / 5 + 1).substring(0, bytes).getBytes(StandardCharsets.US_ASCII);
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
      open.write(sound(written));
    }
    return file;
  }
}
