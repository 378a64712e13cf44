package io.maie.edge.audio.container;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * The tags of FLV. Each is followed by its size once more, which decoders hold against the first;
 * some writers leave it empty.
 */
public final class FlvTags {
  private static final int HEADER_SIZE_AT = 5;
  private static final int TAG_HEADER = 11;
  private static final int MOST_TAGS = 64;

  private FlvTags() {}

  /**
   * Returns whether tags follow each other by their own sizes, while those behind them differ.
   *
   * @param start of the recording, in bytes
   */
  public static boolean haveWrongSizesBehind(Path file, long start) throws IOException {
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
      ByteWindow bytes = new ByteWindow(channel);
      if (bytes.bigEndian(start, 4) != 0x464C_5601L) {
        return false;
      }
      long at = start + bytes.bigEndian(start + HEADER_SIZE_AT, 4) + Integer.BYTES;
      for (int i = 0; i < MOST_TAGS && isTag(bytes, at); i++) {
        long size = TAG_HEADER + bytes.bigEndian(at + 1, 3);
        long next = at + size + Integer.BYTES;
        if (isTag(bytes, next) && bytes.bigEndian(at + size, 4) != size) {
          return true;
        }
        at = next;
      }
      return false;
    }
  }

  /** Sound, pictures or data, of stream 0. */
  private static boolean isTag(ByteWindow bytes, long at) throws IOException {
    int type = bytes.u8(at);
    return (type == 8 || type == 9 || type == 18) && bytes.bigEndian(at + 8, 3) == 0;
  }
}
