package io.maie.edge.audio.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.maie.edge.audio.container.Completeness.State;
import io.maie.edge.durable.ReservedTail;
import io.maie.edge.testing.WaveBytes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The check on headers made by hand, the hostile ones included. */
final class ContainerCheckTest {
  private final ContainerCheck check = new ContainerCheck();

  @TempDir Path folder;

  @Test
  void theExplanationSaysHowMuchIsMissing() throws IOException {
    byte[] cut =
        Arrays.copyOf(WaveBytes.wave(12_300_036, 12_300_000, new byte[4_100_000]), 44 + 4_100_000);

    Completeness found = check(cut);

    assertThat(found.state()).isEqualTo(State.INCOMPLETE);
    assertThat(found.explanation()).isEqualTo("the WAV header declares 12.3 MB, 4.1 MB are there");
  }

  /** Windows leaves such a file of an upload that breaks off. */
  @Test
  void anEndThatWasReservedAndNeverWrittenIsMissing() throws IOException {
    Path file =
        Files.write(
            folder.resolve("reserved.wav"), WaveBytes.wave(1_000_036, 1_000_000, new byte[0]));
    try (RandomAccessFile open = new RandomAccessFile(file.toFile(), "rw")) {
      open.setLength(1_000_044);
    }
    assumeTrue(ReservedTail.bytes(file) > 0, "the file system does not tell what is reserved");

    Completeness found = check.check(file);

    assertThat(found.state()).isEqualTo(State.INCOMPLETE);
    assertThat(found.explanation()).endsWith("were reserved and never written");
    assertThat(found.missingBytes()).isGreaterThan(900_000);
  }

  @Test
  void aWaveFileWithAllItDeclaresIsWhole() throws IOException {
    assertThat(check(WaveBytes.wave(136, 100, new byte[100])).state()).isEqualTo(State.WHOLE);
  }

  @Test
  void placeholdersOfLiveWaveHeadersMeanGrowing() throws IOException {
    long[][] sizes = {
      {0xFFFF_FFFFL, 0xFFFF_FFFFL},
      {0, 0},
      {36, 0},
      {0x7FFF_F024L, 0x7FFF_F000L},
      {0x8000_0024L, 0x8000_0000L},
    };
    for (long[] size : sizes) {
      assertThat(check(WaveBytes.wave(size[0], size[1], new byte[1000])).state())
          .as(Arrays.toString(size))
          .isEqualTo(State.GROWING);
    }
  }

  @Test
  void aBareWaveHeaderCannotTell() throws IOException {
    assertThat(check(WaveBytes.wave(36, 0, new byte[0])).state()).isEqualTo(State.CANNOT_TELL);
  }

  @Test
  void aWaveFileWithoutItsTrailingChunksIsGrowing() throws IOException {
    assertThat(check(WaveBytes.wave(500, 100, new byte[100])).state()).isEqualTo(State.GROWING);
  }

  @Test
  void aWaveFileWithAForgottenPaddingByteIsWhole() throws IOException {
    assertThat(check(WaveBytes.wave(36 + 102, 101, new byte[101])).state()).isEqualTo(State.WHOLE);
  }

  @Test
  void aThreeGigabyteWaveFileThatIsCutIsIncomplete() throws IOException {
    long bytes = 3_000_000_000L;

    assertThat(check(WaveBytes.wave(bytes + 36, bytes, new byte[1000])).state())
        .isEqualTo(State.INCOMPLETE);
  }

  @Test
  void longWaveFilesTakeTheirSizesFromTheLongChunk() throws IOException {
    assertThat(check(rf64(1000, 1000)).state()).isEqualTo(State.WHOLE);
    assertThat(check(rf64(5_000_000_000L, 1000)).state()).isEqualTo(State.INCOMPLETE);
    assertThat(check(rf64(Long.MAX_VALUE, 1000)).state()).isEqualTo(State.GROWING);
    assertThat(check(rf64(-1, 1000)).state()).isEqualTo(State.GROWING);
  }

  @Test
  void chunksThatPointBackwardsEndTheWalk() throws IOException {
    ByteBuffer wave64 = ByteBuffer.allocate(200).order(ByteOrder.LITTLE_ENDIAN);
    wave64.put("riff".getBytes(StandardCharsets.US_ASCII));
    wave64.put(new byte[] {0x2E, (byte) 0x91, (byte) 0xCF, 0x11}).position(16);
    wave64.putLong(200).put("wave".getBytes(StandardCharsets.US_ASCII)).position(40);
    wave64.put("loop".getBytes(StandardCharsets.US_ASCII)).position(56);
    wave64.putLong(Long.MIN_VALUE);

    assertThat(check(wave64.array()).state()).isEqualTo(State.CANNOT_TELL);
  }

  @Test
  void countlessChunksAreNotFollowedForEver() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.write(WaveBytes.wave(0, 0, new byte[0]), 0, 12);
    for (int i = 0; i < 100_000; i++) {
      bytes.writeBytes(new byte[] {'j', 'u', 'n', 'k', 0, 0, 0, 0});
    }

    assertThat(check(bytes.toByteArray()).state()).isEqualTo(State.CANNOT_TELL);
  }

  @Test
  void countlessBoxesAreNotFollowedForEver() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (int i = 0; i < 100_000; i++) {
      bytes.writeBytes(box(8, "free", 0));
    }

    assertThat(check(bytes.toByteArray()).state()).isEqualTo(State.CANNOT_TELL);
  }

  @Test
  void aBoxLargerThanTheFileIsIncomplete() throws IOException {
    byte[] huge =
        ByteBuffer.allocate(32)
            .putInt(1)
            .put("mdat".getBytes(StandardCharsets.US_ASCII))
            .putLong(-2)
            .array();

    assertThat(check(huge).state()).isEqualTo(State.INCOMPLETE);
  }

  @Test
  void aBoxOfImpossibleSizeCannotTell() throws IOException {
    assertThat(check(box(5, "mdat", 100)).state()).isEqualTo(State.CANNOT_TELL);
  }

  @Test
  void anOpenSegmentOfMatroskaCannotTell() throws IOException {
    byte[] live = {
      0x1A,
      0x45,
      (byte) 0xDF,
      (byte) 0xA3,
      (byte) 0x80,
      0x18,
      0x53,
      (byte) 0x80,
      0x67,
      1,
      -1,
      -1,
      -1,
      -1,
      -1,
      -1,
      -1,
      0,
      0,
      0
    };

    assertThat(check(live).state()).isEqualTo(State.CANNOT_TELL);
  }

  @Test
  void everyFirstByteAloneIsHarmless() throws IOException {
    for (int value = 0; value < 256; value++) {
      assertThat(check(new byte[] {(byte) value}).state()).isEqualTo(State.CANNOT_TELL);
    }
  }

  @Test
  void anEmptyFileCannotTell() throws IOException {
    assertThat(check(new byte[0]).state()).isEqualTo(State.CANNOT_TELL);
  }

  @Test
  void aLinkIsNotFollowed() throws IOException {
    Path file = Files.write(folder.resolve("a.wav"), WaveBytes.wave(136, 100, new byte[100]));
    Path link = Files.createSymbolicLink(folder.resolve("link.wav"), file);

    assertThatThrownBy(() -> check.check(link)).isInstanceOf(IOException.class);
  }

  private Completeness check(byte[] content) throws IOException {
    return check.check(Files.write(folder.resolve("file"), content));
  }

  private static byte[] rf64(long dataBytes, int present) {
    byte[] plain = WaveBytes.wave(0xFFFF_FFFFL, 0xFFFF_FFFFL, new byte[present]);
    ByteBuffer bytes =
        ByteBuffer.allocate(plain.length + 36)
            .order(ByteOrder.LITTLE_ENDIAN)
            .put("RF64".getBytes(StandardCharsets.US_ASCII))
            .put(plain, 4, 8)
            .put("ds64".getBytes(StandardCharsets.US_ASCII))
            .putInt(28)
            .putLong(dataBytes + 72)
            .putLong(dataBytes)
            .putLong(0)
            .putInt(0);
    return bytes.put(plain, 12, plain.length - 12).array();
  }

  private static byte[] box(int declared, String type, int present) {
    return ByteBuffer.allocate(8 + present)
        .putInt(declared)
        .put(type.getBytes(StandardCharsets.US_ASCII))
        .array();
  }
}
