package io.maie.edge.audio.container;

import java.io.IOException;

/**
 * MPEG audio whose first frame tells the number of bytes (the tag of Xing and LAME). It proves that
 * all is there; that some is missing it does not, for cutters of files leave it as it was.
 */
final class MpegFormat implements ContainerFormat {
  private static final int TAG_HEADER = 10;

  /** Offsets of the tag in a frame: after side information of 9, 17 or 32 bytes. */
  private static final int[] OFFSETS = {13, 21, 36};

  private static final int FRAMES = 1;
  private static final int BYTES = 2;

  /** Bytes of tags that may follow. */
  private static final int MOST_BEHIND = 64 * 1024;

  @Override
  public boolean recognises(ByteBlock head) {
    boolean isFrame = head.holds(0, 4) && MpegFrame.bytes((int) head.u32(0)) > 0;
    return isFrame || head.hasText(0, "ID3");
  }

  @Override
  public Completeness judge(ByteSource source) throws IOException, TooMuchToReadException {
    ByteBlock head = source.read(0, TAG_HEADER);
    long start =
        head.hasText(0, "ID3") && head.holds(0, TAG_HEADER) ? RecordingKind.tagBytes(head) : 0;
    ByteBlock frame = source.read(start, OFFSETS[2] + 16);
    for (int offset : OFFSETS) {
      if (frame.hasText(offset, "Xing") || frame.hasText(offset, "Info")) {
        return judge(frame.part(offset, frame.length() - offset), source.size() - start);
      }
    }
    return ContainerCheck.unknown();
  }

  private static Completeness judge(ByteBlock tag, long there) {
    if (!tag.holds(0, 16)) {
      return ContainerCheck.unknown();
    }
    long flags = tag.u32(4);
    long declared = tag.u32((flags & FRAMES) != 0 ? 12 : 8);
    boolean isWhole =
        (flags & BYTES) != 0 && declared > 0 && Math.abs(there - declared) <= MOST_BEHIND;
    return isWhole && declared <= there
        ? Completeness.whole("the first MPEG frame tells how many bytes follow, all are there")
        : ContainerCheck.unknown();
  }
}
