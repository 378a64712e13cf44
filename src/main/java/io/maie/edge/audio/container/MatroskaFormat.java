package io.maie.edge.audio.container;

import io.maie.edge.amount.Amounts;
import java.io.IOException;

/** Matroska and WebM (RFC 9559): one segment, whose size is known when its writer closed it. */
final class MatroskaFormat implements ContainerFormat {
  private static final long EBML = 0x1A45DFA3L;
  private static final long SEGMENT = 0x18538067L;
  private static final int ID_BYTES = 4;

  /** Elements between the EBML header and the segment that are skipped, such as Void. */
  private static final int MOST_ELEMENTS = 16;

  @Override
  public boolean recognises(ByteBlock head) {
    return head.holds(0, ID_BYTES) && head.u32(0) == EBML;
  }

  @Override
  public Completeness judge(ByteSource source) throws IOException, TooMuchToReadException {
    long at = 0;
    for (int count = 0; count < MOST_ELEMENTS && at < source.size(); count++) {
      ByteBlock header = source.read(at, ID_BYTES + 8);
      int idBytes = vintBytes(header, 0);
      int sizeBytes = vintBytes(header, idBytes);
      if (idBytes > ID_BYTES || sizeBytes > 8 || !header.holds(idBytes, sizeBytes)) {
        break;
      }
      long size = vint(header, idBytes);
      long content = at + idBytes + sizeBytes;
      if (idBytes == ID_BYTES && header.u32(0) == SEGMENT) {
        return isUnknown(size, sizeBytes)
            ? Completeness.cannotTell("the Matroska segment does not say how long it is")
            : judgeSegment(size, source.size() - content);
      }
      at = content + size;
    }
    return at >= source.size()
        ? Completeness.incomplete("the Matroska file ends before its segment begins")
        : Completeness.cannotTell("the segment of the Matroska file was not found");
  }

  private static Completeness judgeSegment(long declared, long present) {
    if (declared > present) {
      return Completeness.missing(new Amount("Matroska segment", declared, present));
    }
    return declared == 0
        ? Completeness.growing("the Matroska segment is empty yet")
        : Completeness.whole(
            "the Matroska segment declares " + Amounts.bytes(declared) + ", all are there");
  }

  /** Length of a number: one plus the leading zero bits of its first byte; 9 if there is none. */
  private static int vintBytes(ByteBlock block, int offset) {
    return block.holds(offset, 1) ? Integer.numberOfLeadingZeros(block.u8(offset)) - 23 : 9;
  }

  /** Without the marker bit; below 2^56. */
  private static long vint(ByteBlock block, int offset) {
    int bytes = vintBytes(block, offset);
    long value = block.u8(offset) & (0xFF >> bytes);
    for (int i = 1; i < bytes; i++) {
      value = value << 8 | block.u8(offset + i);
    }
    return value;
  }

  /** All bits set. */
  private static boolean isUnknown(long value, int bytes) {
    return value == (1L << (7 * bytes)) - 1;
  }
}
