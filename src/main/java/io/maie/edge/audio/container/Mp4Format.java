package io.maie.edge.audio.container;

import java.io.IOException;
import java.util.Set;

/**
 * MP4, M4A, MOV, 3GP (ISO/IEC 14496-12): boxes one after the other. The index ({@code moov}) and
 * the sound ({@code mdat}) must be there, and every box must end within the file.
 */
final class Mp4Format implements ContainerFormat {
  private static final int HEADER = 8;
  private static final int LONG_HEADER = 16;

  /** Kinds of boxes that a file may begin with. */
  private static final Set<String> FIRST =
      Set.of("ftyp", "moov", "mdat", "wide", "free", "skip", "pnot", "styp");

  /** Kinds of boxes that hold sound or tell where it is. */
  private static final Set<String> SOUND = Set.of("moov", "mdat", "moof");

  @Override
  public boolean recognises(ByteBlock head) {
    return head.holds(4, 4) && FIRST.contains(head.text(4, 4));
  }

  @Override
  public Completeness judge(ByteSource source) throws IOException, TooMuchToReadException {
    Seen seen = new Seen();
    long at = 0;
    while (at < source.size()) {
      ByteBlock header = source.read(at, LONG_HEADER);
      if (header.length() < HEADER) {
        return seen.isWhole()
            ? seen.followedByOthers()
            : seen.cutAt("the MP4 file ends within the header of a box");
      }
      long bytes = boxBytes(header);
      String type = header.text(4, 4);
      if (bytes == 0 && !type.equals("\0\0\0\0")) {
        return seen.openEnded(type);
      }
      if (bytes < HEADER) {
        return header.isZero() && !seen.isWhole()
            ? seen.cutAt("the MP4 file ends in zeros, its space is reserved and not filled")
            : Completeness.cannotTell("the boxes of the MP4 file cannot be followed");
      }
      if (bytes > source.size() - at) {
        return seen.isWhole() && !SOUND.contains(type)
            ? seen.followedByOthers()
            : Completeness.missing(
                new Amount("MP4 box '" + printable(type) + "'", bytes, source.size() - at));
      }
      seen.note(type);
      at += bytes;
    }
    return seen.atEnd();
  }

  private static long boxBytes(ByteBlock header) {
    long bytes = header.u32(0);
    if (bytes != 1) {
      return bytes;
    }
    if (!header.holds(HEADER, 8)) {
      return Long.MAX_VALUE;
    }
    long large = header.i64(HEADER);
    return large < 0 ? Long.MAX_VALUE : Math.max(large, 1);
  }

  private static String printable(String type) {
    return type.chars().allMatch(c -> c > ' ' && c < 127) ? type : "?";
  }

  /** The kinds of boxes met so far. */
  private static final class Seen {
    private boolean index;
    private boolean sound;
    private boolean fragments;

    void note(String type) {
      index |= type.equals("moov");
      sound |= type.equals("mdat");
      fragments |= type.equals("moof") || type.equals("styp");
    }

    /** Returns whether all that playing needs is there. */
    boolean isWhole() {
      return index && sound;
    }

    /** Bytes behind the last box do not belong to the recording. */
    Completeness followedByOthers() {
      return fragments
          ? Completeness.cannotTell("the MP4 file is followed by other bytes")
          : Completeness.whole("the MP4 file has its index and its sound, other bytes follow");
    }

    Completeness atEnd() {
      if (!index) {
        return Completeness.incomplete("the MP4 index (moov) has not arrived");
      }
      if (!sound) {
        return Completeness.incomplete("the MP4 index is there, the sound (mdat) has not arrived");
      }
      return fragments
          ? Completeness.cannotTell("the MP4 file is written in fragments, more may follow")
          : Completeness.whole("the MP4 file has its index and its sound");
    }

    /** A box without a size goes to the end of the file. */
    Completeness openEnded(String type) {
      note(type);
      return index && sound
          ? Completeness.cannotTell("the last MP4 box does not say how long it is")
          : Completeness.incomplete("the MP4 index (moov) has not arrived");
    }

    Completeness cutAt(String explanation) {
      return index && sound && !fragments
          ? Completeness.cannotTell("the MP4 file is followed by other bytes")
          : Completeness.incomplete(explanation);
    }
  }
}
