package io.maie.edge.audio.container;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;

/**
 * Numbers in a file that are wrong and hide sound from decoders, with the right ones, where the
 * rest of the file tells them. A copy with the right numbers keeps each byte of sound in its place.
 */
public final class CorrectedNumbers {
  private static final int HEAD_BYTES = 12;

  private final List<Correction> corrections;

  private CorrectedNumbers(List<Correction> corrections) {
    this.corrections = corrections;
  }

  /** The numbers of {@code file} that have to be corrected. */
  public static CorrectedNumbers of(Path file) throws IOException {
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
      return new CorrectedNumbers(corrections(channel));
    } catch (TooMuchToReadException e) {
      return new CorrectedNumbers(List.of());
    }
  }

  private static List<Correction> corrections(FileChannel channel)
      throws IOException, TooMuchToReadException {
    ByteSource source = new ByteSource(channel);
    ByteBlock head = source.read(0, HEAD_BYTES);
    if (!head.holds(0, HEAD_BYTES)) {
      return List.of();
    }
    if (head.hasText(0, "TTA1")) {
      return TtaLength.corrections(source);
    }
    if (head.hasText(0, "fLaC")) {
      return FlacFormat.corrections(source);
    }
    if (head.hasText(0, "caff")) {
      return new CafTable(source).corrections();
    }
    if (head.hasText(4, "ftyp") || head.hasText(4, "moov")) {
      return Mp4Tables.read(source, channel).corrections();
    }
    if (head.hasText(0, VocBlocks.SIGNATURE.substring(0, HEAD_BYTES))) {
      return new VocBlocks(channel).corrections();
    }
    if (AsfDataSize.isHead(head)) {
      return AsfDataSize.corrections(source);
    }
    return MatroskaSizes.isHead(head) ? new MatroskaSizes(channel).corrections() : List.of();
  }

  /** Returns whether none has to be corrected. */
  public boolean isEmpty() {
    return corrections.isEmpty();
  }

  /** Writes {@code file} as {@code copy}, with the right numbers. */
  public void restore(Path file, Path copy) throws IOException {
    Files.copy(file, copy, StandardCopyOption.REPLACE_EXISTING);
    try (FileChannel channel = FileChannel.open(copy, StandardOpenOption.WRITE)) {
      for (Correction correction : corrections) {
        ByteBuffer value = correction.value().duplicate();
        while (value.hasRemaining()) {
          channel.write(value, correction.position() + value.position());
        }
      }
    }
  }
}
