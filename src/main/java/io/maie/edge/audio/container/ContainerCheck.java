package io.maie.edge.audio.container;

import static java.util.Objects.requireNonNull;

import io.maie.edge.durable.ReservedTail;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Set;

/**
 * Says whether all bytes of a recording are there, from a few reads of its header and its end, and
 * from what the file system knows of bytes that were reserved and never written. The content
 * decides, not the name. Reads at most {@link ByteSource#MOST_BYTES} and never maps the file, which
 * may be growing, shrinking, cut off, or made to do harm. Thread-safe.
 */
public final class ContainerCheck {
  /** Enough to recognise every format. */
  private static final int HEAD_BYTES = 64;

  private final List<ContainerFormat> formats =
      List.of(
          new WaveFormat(),
          new AviFormat(),
          new Wave64Format(),
          new AiffFormat(),
          new CafFormat(),
          new FlacFormat(),
          new OggFormat(),
          new Mp4Format(),
          new MatroskaFormat(),
          new MpegFormat());

  /**
   * Looks at a regular file; a link is not followed.
   *
   * @throws IOException if it cannot be read
   */
  public Completeness check(Path file) throws IOException {
    requireNonNull(file, "file is null");
    try (SeekableByteChannel channel =
        Files.newByteChannel(file, Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS))) {
      Completeness found = check(channel);
      boolean mayBeWhole = found.state() != Completeness.State.INCOMPLETE;
      long reserved = mayBeWhole ? ReservedTail.bytes(file) : 0;
      return reserved > 0 ? Completeness.reserved(reserved) : found;
    }
  }

  /** Result for sound without a container. */
  public static Completeness unknown() {
    return Completeness.cannotTell("its format does not say how long it is");
  }

  /** Looks at the bytes of an open file. */
  Completeness check(SeekableByteChannel channel) throws IOException {
    ByteSource source = new ByteSource(channel);
    if (source.size() == 0) {
      return Completeness.cannotTell("it holds no byte");
    }
    try {
      ByteBlock head = source.read(0, HEAD_BYTES);
      for (ContainerFormat format : formats) {
        if (format.recognises(head)) {
          return format.judge(source);
        }
      }
      return unknown();
    } catch (TooMuchToReadException e) {
      return Completeness.cannotTell("its structure is too fine-grained to be followed");
    }
  }
}
