package io.maie.edge.durable;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.Set;

/** Copies a file's bytes, flushes them, reads them back and compares. */
public final class VerifiedCopy {
  private static final int BUFFER_BYTES = 256 * 1024;

  private VerifiedCopy() {}

  /**
   * Copies to a temporary in {@code folder} and returns it; nothing is left if that fails.
   *
   * @throws IOException also if what was read back differs from what was written
   */
  public static Path toTemporary(Path source, Path folder) throws IOException {
    Path temporary = DurableFiles.temporaryIn(folder);
    try {
      byte[] written = copy(source, temporary);
      byte[] found = digest(temporary);
      if (!MessageDigest.isEqual(written, found)) {
        throw new IOException(
            "expected the copy '" + temporary + "' to equal '" + source + "', found a difference");
      }
      return temporary;
    } catch (IOException e) {
      throw DurableFiles.abandoned(temporary, e);
    }
  }

  private static byte[] copy(Path source, Path target) throws IOException {
    MessageDigest digest = Sha256.newDigest();
    ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES);
    long size = Files.size(source);
    long reserved = ReservedTail.bytes(source);
    long limit = reserved > 0 ? size - reserved : Long.MAX_VALUE;
    try (SeekableByteChannel in =
            Files.newByteChannel(
                source, Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS));
        FileChannel out =
            FileChannel.open(target, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      while (in.read(buffer.clear()) >= 0) {
        buffer.flip();
        digest.update(buffer.duplicate());
        buffer.limit((int) Math.min(buffer.limit(), Math.max(0, limit - out.size())));
        while (buffer.hasRemaining()) {
          out.write(buffer);
        }
      }
      if (reserved > 0) {
        extend(target, size);
      }
      Disk.tell(Disk.Call.WRITE, target, out.size());
      GroupAccess.grant(target);
      Disk.flush(out, target);
    }
    return digest.digest();
  }

  /** Leaves holes of the source as holes in the copy, so that they stay known. */
  private static void extend(Path target, long size) throws IOException {
    try (RandomAccessFile file = new RandomAccessFile(target.toFile(), "rw")) {
      file.setLength(size);
    }
  }

  private static byte[] digest(Path file) throws IOException {
    MessageDigest digest = Sha256.newDigest();
    ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES);
    try (SeekableByteChannel in = Files.newByteChannel(file, StandardOpenOption.READ)) {
      while (in.read(buffer.clear()) >= 0) {
        digest.update(buffer.flip());
      }
    }
    return digest.digest();
  }
}
