package io.maie.edge.audio.container;

import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;

/** Proof that a file holds frames of MPEG audio, AAC or AC-3, whatever its name is. */
public final class BareStream {
  /** Frames of one codec in a row that do not come about in random bytes. */
  private static final int CHAIN = 4;

  private static final int SEARCH_BYTES = 1024 * 1024;

  private static final int MOST_TAGS = 8;
  private static final int TAG_HEADER = 10;

  private BareStream() {}

  /**
   * Returns whether frames follow each other in the first bytes of {@code file}, or in the first
   * behind its tags, whose pictures can be large.
   */
  public static boolean isIn(Path file) throws IOException {
    try (SeekableByteChannel channel =
        Files.newByteChannel(file, Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS))) {
      ByteSource source = new ByteSource(channel);
      long start = 0;
      for (int tag = 0; tag <= MOST_TAGS && start < channel.size(); tag++) {
        ByteBlock head = source.read(start, SEARCH_BYTES);
        if (areIn(head)) {
          return true;
        }
        if (!head.hasText(0, "ID3") || !head.holds(0, TAG_HEADER)) {
          return false;
        }
        start += RecordingKind.tagBytes(head);
      }
      return false;
    } catch (TooMuchToReadException e) {
      return true;
    }
  }

  private static boolean areIn(ByteBlock head) {
    for (int at = 0; at < head.length(); at++) {
      if (StreamFrames.follow(head, at, CHAIN)) {
        return true;
      }
    }
    return false;
  }
}
