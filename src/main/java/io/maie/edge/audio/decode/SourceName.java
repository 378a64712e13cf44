package io.maie.edge.audio.decode;

import io.maie.edge.audio.container.ByteSpan;
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
   * @param scratch the files beside which a link or copy may be put
   * @throws ProcessingException {@code DISK_FULL}
   */
  static SourceName of(Path recording, ScratchFiles scratch)
      throws IOException, ProcessingException {
    Path absolute = recording.toAbsolutePath();
    Path pcm = scratch.pcm().toAbsolutePath();
    Copy copy = new Copy(recording, pcm.resolveSibling("source-copy"), scratch.space());
    if (OpusGranules.areMissing(recording)) {
      return copy.restored(OpusGranules::restore);
    }
    CorrectedNumbers numbers = CorrectedNumbers.of(recording);
    if (!numbers.isEmpty()) {
      return copy.restored(numbers::restore);
    }
    if (FragmentOrder.isWrong(recording)) {
      return copy.restored(FragmentOrder::restore);
    }
    if (Path.of(absolute.toString()).equals(absolute)) {
      return new SourceName(recording, PROTOCOL + absolute, null);
    }
    Path link = pcm.resolveSibling("source-link");
    Files.deleteIfExists(link);
    Files.createSymbolicLink(link, absolute);
    return new SourceName(recording, PROTOCOL + link, link);
  }

  /** A way to write a file as decoders read all of it. */
  private interface Restoration {
    void restore(Path file, Path copy) throws IOException;
  }

  /** A copy that may be made of a recording, and the file system that receives it. */
  private record Copy(Path recording, Path path, FreeSpace space) {

    SourceName restored(Restoration restoration) throws IOException, ProcessingException {
      space.require(Files.size(recording));
      boolean done = false;
      try {
        restoration.restore(recording, path);
        done = true;
        return new SourceName(recording, PROTOCOL + path, path);
      } catch (IOException e) {
        // a full disk has no exception of its own; whatever else failed is passed on
        space.require(Files.size(recording));
        throw e;
      } finally {
        if (!done) {
          Files.deleteIfExists(path);
        }
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

  /** The same for these bytes alone. */
  String argument(ByteSpan bytes) {
    return PART_PROTOCOL + ",,start," + bytes.start() + ",end," + bytes.end() + ",,:" + argument;
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
