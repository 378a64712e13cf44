package io.maie.edge.audio.container;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Set;

/**
 * Declared size of the data object of ASF, as in WMA (Advanced Systems Format Specification,
 * section 5). Decoders stop there, although packets follow where a recorder wrote too small a size.
 */
public final class AsfDataSize {
  private static final long HEADER_OBJECT = 0x3026_B275L;
  private static final long DATA_OBJECT = 0x3626_B275L;

  /** An identifier of 16 bytes and a size of 8 stand before each object. */
  private static final int OBJECT_HEAD = 24;

  private static final int SIZE_OFFSET = 16;

  private AsfDataSize() {}

  /** Returns whether neither the end of the file nor another object is where the data ends. */
  public static boolean isTooSmall(Path file) throws IOException {
    try (SeekableByteChannel channel =
        Files.newByteChannel(file, Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS))) {
      ByteSource source = new ByteSource(channel);
      long data = dataObject(source);
      if (data < 0) {
        return false;
      }
      long bytes = source.read(data, OBJECT_HEAD).i64le(SIZE_OFFSET);
      long end = data + bytes;
      return bytes >= OBJECT_HEAD && end > data && end < source.size() && !isObject(source, end);
    } catch (TooMuchToReadException e) {
      return false;
    }
  }

  /** Writes {@code file} as {@code copy}, with data that ends with the file. */
  public static void restore(Path file, Path copy) throws IOException {
    Files.copy(file, copy, StandardCopyOption.REPLACE_EXISTING);
    try (FileChannel channel =
        FileChannel.open(copy, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      long data = dataObject(new ByteSource(channel));
      ByteBuffer size = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
      size.putLong(channel.size() - data).flip();
      channel.write(size, data + SIZE_OFFSET);
    } catch (TooMuchToReadException e) {
      throw new IOException("Expected the data object of ASF near the start of " + file, e);
    }
  }

  /** The position of the data object; -1 if there is none. */
  private static long dataObject(ByteSource source) throws IOException, TooMuchToReadException {
    ByteBlock head = source.read(0, OBJECT_HEAD);
    if (head.length() < OBJECT_HEAD || head.u32(0) != HEADER_OBJECT) {
      return -1;
    }
    long data = head.i64le(SIZE_OFFSET);
    ByteBlock next = source.read(Math.max(0, data), OBJECT_HEAD);
    return next.length() == OBJECT_HEAD && next.u32(0) == DATA_OBJECT ? data : -1;
  }

  private static boolean isObject(ByteSource source, long at)
      throws IOException, TooMuchToReadException {
    ByteBlock head = source.read(at, OBJECT_HEAD);
    if (head.length() < OBJECT_HEAD) {
      return false;
    }
    long bytes = head.i64le(SIZE_OFFSET);
    return bytes >= OBJECT_HEAD && bytes <= source.size() - at;
  }
}
