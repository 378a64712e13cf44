package io.maie.edge.audio.container;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/**
 * Follows the frames of a stream without a header while its bytes pass. Finds where frames of
 * another kind begin: decoders go on with the codec that they began with. Finds bytes between
 * frames that are neither frames nor a tag, text or padding: frames that were damaged. Used once,
 * by one thread.
 */
final class FrameScan {
  /** Enough for the header of any frame and of a tag. */
  private static final int HEADER = 10;

  /** Bytes of a tag of the first kind, which stands behind a recording. */
  private static final int OLD_TAG = 128;

  /** Frames of one kind in a row that are no coincidence. */
  private static final int CHAIN = 3;

  private static final int MOST_CHANGES = 500;

  /** The most other bytes that stand before the frames of a file that has any. */
  private static final int LEADING_BYTES = 64 * 1024;

  private static final String APE_TAG = "APETAGEX";

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

  /** Returns whether bytes that are no frame have passed, behind which no change is credible. */
  private boolean isBroken;

  private boolean hasOldTag;

  private final List<Long> changes = new ArrayList<>();

  /** Frames that belong to the sound. */
  private long frames;

  /** Frames before the first damage; none if there is no damage. */
  private long soundFrames;

  /** Bytes that are no frames, until frames follow again; a file begins with none. */
  private OtherBytes between = new OtherBytes();

  private boolean isBetween = true;

  /** Bytes between frames, and what they are. */
  private static final class OtherBytes {
    private int count;
    private int first;
    private boolean isMixed;
    private boolean hasControls;
    private boolean isTag;

    void add(byte value) {
      first = count == 0 ? value : first;
      isMixed |= value != first;
      hasControls |= value > 0 && value < ' ' && "\t\n\f\r".indexOf(value) < 0;
      count++;
    }

    boolean areDamage() {
      return isMixed && hasControls && !isTag;
    }
  }

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
    long tag = tagBytes(read);
    hasOldTag |= tag == OLD_TAG;
    long bytes = tag > 0 ? tag : StreamFrames.bytes(read, 0);
    if (bytes == 0) {
      other(read);
      bytes = 1;
    } else if (tag == 0) {
      frame(StreamFrames.kind(read, 0), end - HEADER);
    }
    skip = Math.max(0, bytes - HEADER);
    filled = (int) Math.max(0, HEADER - bytes);
    System.arraycopy(header, HEADER - filled, header, 0, filled);
  }

  private static long tagBytes(ByteBlock read) {
    return switch (read.u8(0)) {
      case 'I' -> read.hasText(0, "ID3") ? RecordingKind.tagBytes(read) : 0;
      case 'T' -> read.hasText(0, "TAG") ? OLD_TAG : 0;
      default -> 0;
    };
  }

  /** Takes a byte with which no frame begins. */
  private void other(ByteBlock read) {
    if (!isBetween) {
      isBetween = true;
      between = new OtherBytes();
    }
    isBroken = true;
    count = 0;
    between.add(header[0]);
    between.isTag |= header[0] == APE_TAG.charAt(0) && read.hasText(0, APE_TAG);
    isEnded = frames == 0 && between.count > LEADING_BYTES;
  }

  private void frame(int next, long start) {
    if (next != kind) {
      isProven = count >= CHAIN;
      kind = next;
      count = 0;
      begin = start;
    }
    count++;
    if (!isBetween) {
      frames++;
    } else if (count == CHAIN) {
      isBetween = false;
      soundFrames = soundFrames == 0 && between.areDamage() ? frames : soundFrames;
      frames += CHAIN;
    }
    if (count == CHAIN && isProven && !isBroken && changes.size() < MOST_CHANGES) {
      changes.add(begin);
    }
  }

  /** Positions at which frames of another kind begin, ascending. */
  List<Long> changes() {
    return List.copyOf(changes);
  }

  /** Returns whether there are frames, and all bytes were looked at. */
  boolean isFollowed() {
    return !isEnded && frames > 0;
  }

  boolean passedOtherBytes() {
    return isBroken || hasOldTag;
  }

  /** The share of the frames that stand before the first damaged ones; empty if none are. */
  OptionalDouble damage() {
    return soundFrames == 0
        ? OptionalDouble.empty()
        : OptionalDouble.of((double) soundFrames / frames);
  }
}
