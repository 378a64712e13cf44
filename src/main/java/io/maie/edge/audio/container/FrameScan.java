package io.maie.edge.audio.container;

import java.util.ArrayList;
import java.util.List;

/**
 * Follows the frames of a stream without a header while its bytes pass, and finds where frames of
 * another kind begin: decoders go on with the codec that they began with. Stops at the first bytes
 * that are no frame. Used once, by one thread.
 */
final class FrameScan {
  /** Enough for the header of any frame and of a tag. */
  private static final int HEADER = 10;

  /** Bytes of a tag of the first kind, which stands behind a recording. */
  private static final int OLD_TAG = 128;

  /** Frames of one kind in a row that are no coincidence. */
  private static final int CHAIN = 3;

  private static final int MOST_CHANGES = 500;

  private final byte[] header = new byte[HEADER];
  private int filled;

  /** Bytes until the next header. */
  private long skip;

  private boolean isEnded;
  private long position;

  /** Kind of the frames that are followed, and their number. */
  private int kind;

  private int count;

  /** Position of the first of them. */
  private long begin;

  /** Returns whether frames of another kind stood before, and enough of them. */
  private boolean isProven;

  private final List<Long> changes = new ArrayList<>();

  /** Takes the next {@code length} bytes of {@code block}. */
  void accept(byte[] block, int length) {
    int at = 0;
    while (!isEnded && at < length) {
      int skipped = (int) Math.min(skip, length - at);
      skip -= skipped;
      at += skipped;
      int wanted = Math.min(length - at, HEADER - filled);
      if (skip > 0 || wanted <= 0) {
        continue;
      }
      System.arraycopy(block, at, header, filled, wanted);
      filled += wanted;
      at += wanted;
      take(position + at);
    }
    position += length;
  }

  /** Takes the header that ends at {@code end} if all of it is there. */
  private void take(long end) {
    if (filled < HEADER) {
      return;
    }
    ByteBlock read = new ByteBlock(header);
    long tag =
        read.hasText(0, "ID3")
            ? RecordingKind.tagBytes(read)
            : read.hasText(0, "TAG") ? OLD_TAG : 0;
    long bytes = tag > 0 ? tag : StreamFrames.bytes(read, 0);
    isEnded = bytes < HEADER || changes.size() >= MOST_CHANGES;
    skip = bytes - HEADER;
    filled = 0;
    if (tag == 0 && !isEnded) {
      frame(StreamFrames.kind(read, 0), end - HEADER);
    }
  }

  private void frame(int next, long start) {
    if (next != kind) {
      isProven = count >= CHAIN;
      kind = next;
      count = 0;
      begin = start;
    }
    count++;
    if (count == CHAIN && isProven) {
      changes.add(begin);
    }
  }

  /** Positions at which frames of another kind begin, ascending. */
  List<Long> changes() {
    return List.copyOf(changes);
  }
}
