package io.maie.edge.audio.container;

import java.io.IOException;
import java.util.List;

/**
 * Declared size of the data object of ASF, as in WMA (Advanced Systems Format Specification,
 * section 5). Decoders stop there, although packets follow where a recorder wrote too small a size.
 */
final class AsfDataSize {
  private static final long HEADER_OBJECT = 0x3026_B275L;
  private static final long DATA_OBJECT = 0x3626_B275L;

  /** An identifier of 16 bytes and a size of 8 stand before each object. */
  private static final int OBJECT_HEAD = 24;

  private static final int SIZE_OFFSET = 16;

  private AsfDataSize() {}

  static boolean isHead(ByteBlock head) {
    return head.u32(0) == HEADER_OBJECT;
  }

  /** Data that ends with the file, if neither its end nor another object is where it ends. */
  static List<Correction> corrections(ByteSource source)
      throws IOException, TooMuchToReadException {
    long data = source.read(0, OBJECT_HEAD).i64le(SIZE_OFFSET);
    ByteBlock head = source.read(Math.max(0, data), OBJECT_HEAD);
    if (head.length() < OBJECT_HEAD || head.u32(0) != DATA_OBJECT) {
      return List.of();
    }
    long bytes = head.i64le(SIZE_OFFSET);
    long end = data + bytes;
    boolean isTooSmall =
        bytes >= OBJECT_HEAD && end > data && end < source.size() && !isObject(source, end);
    return isTooSmall
        ? List.of(Correction.i64le(data + SIZE_OFFSET, source.size() - data))
        : List.of();
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
