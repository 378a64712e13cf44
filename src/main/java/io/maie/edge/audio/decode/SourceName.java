package io.maie.edge.audio.decode;

import io.maie.edge.audio.container.CorrectedNumbers;
import io.maie.edge.audio.container.FragmentOrder;
import io.maie.edge.audio.container.OpusGranules;
import io.maie.edge.failure.ProcessingException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The name of a recording for a child process: absolute and with the protocol before it, so that no
 * character of it means anything else. A name that Java cannot pass on (bytes that are no text in
 * this locale) is reached by a link, and a recording of which decoders drop parts by a restored
 * copy; both are removed when this is closed.
 */
final class SourceName implements AutoCloseable {
  private static final String PROTOCOL = "file:";

  /** Protocol of ffmpeg for a part of the bytes of another protocol. */
  private static final String PART_PROTOCOL = "subfile";

  private final Path recording;
  private final String argument;

  /** Link or copy. */
  private final @Nullable Path temporary;

  private SourceName(Path recording, String argument, @Nullable Path temporary) {
    this.recording = recording;
    this.argument = argument;
    this.temporary = temporary;
  }

  /**
   * @param pcm the file beside which a link or copy may be put
   * @param space of the file system that receives it
   * @throws ProcessingException {@code DISK_FULL}
   */
  static SourceName of(Path recording, Path pcm, FreeSpace space)
      throws IOException, ProcessingException {
    Path absolute = recording.toAbsolutePath();
    Path copy = pcm.toAbsolutePath().resolveSibling("source-copy");
    if (OpusGranules.areMissing(recording)) {
      return restored(recording, copy, space, OpusGranules::restore);
    }
    CorrectedNumbers numbers = CorrectedNumbers.of(recording);
    if (!numbers.isEmpty()) {
      return restored(recording, copy, space, numbers::restore);
    }
    if (FragmentOrder.isWrong(recording)) {
      return restored(recording, copy, space, FragmentOrder::restore);
    }
    if (Path.of(absolute.toString()).equals(absolute)) {
      return new SourceName(recording, PROTOCOL + absolute, null);
    }
    Path link = pcm.toAbsolutePath().resolveSibling("source-link");
    Files.deleteIfExists(link);
    Files.createSymbolicLink(link, absolute);
    return new SourceName(recording, PROTOCOL + link, link);
  }

  /** A way to write a file as decoders read all of it. */
  private interface Restoration {
    void restore(Path file, Path copy) throws IOException;
  }

  private static SourceName restored(
      Path recording, Path copy, FreeSpace space, Restoration restoration)
      throws IOException, ProcessingException {
    space.require(Files.size(recording));
    boolean done = false;
    try {
      restoration.restore(recording, copy);
      done = true;
      return new SourceName(recording, PROTOCOL + copy, copy);
    } catch (IOException e) {
      // a full disk has no exception of its own; whatever else failed is passed on
      space.require(Files.size(recording));
      throw e;
    } finally {
      if (!done) {
        Files.deleteIfExists(copy);
      }
    }
  }

  /** The file itself. */
  Path recording() {
    return recording;
  }

  String argument() {
    return argument;
  }

  /** The same for the bytes from {@code start} to {@code end} alone. */
  String argument(long start, long end) {
    return PART_PROTOCOL + ",,start," + start + ",end," + end + ",,:" + argument;
  }

  /** The protocols that reading {@code argument} needs, as ffmpeg lists them. */
  static String protocols(String argument) {
    return argument.startsWith(PART_PROTOCOL) ? "file," + PART_PROTOCOL : "file";
  }

  @Override
  public void close() throws IOException {
    if (temporary != null) {
      Files.deleteIfExists(temporary);
    }
  }
}
