package io.maie.edge.audio.decode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The name of a recording for a child process: absolute and with the protocol before it, so that no
 * character of it means anything else. A name that Java cannot pass on (bytes that are no text in
 * this locale) is reached by a link, which is removed when this is closed.
 */
final class SourceName implements AutoCloseable {
  private static final String PROTOCOL = "file:";

  /** Protocol of ffmpeg for a part of the bytes of another protocol. */
  private static final String PART_PROTOCOL = "subfile";

  private final Path recording;
  private final String argument;
  private final @Nullable Path link;

  private SourceName(Path recording, String argument, @Nullable Path link) {
    this.recording = recording;
    this.argument = argument;
    this.link = link;
  }

  /**
   * @param pcm the file beside which a link may be put
   */
  static SourceName of(Path recording, Path pcm) throws IOException {
    Path absolute = recording.toAbsolutePath();
    if (Path.of(absolute.toString()).equals(absolute)) {
      return new SourceName(recording, PROTOCOL + absolute, null);
    }
    Path link = pcm.toAbsolutePath().resolveSibling("source-link");
    Files.deleteIfExists(link);
    Files.createSymbolicLink(link, absolute);
    return new SourceName(recording, PROTOCOL + link, link);
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
    if (link != null) {
      Files.deleteIfExists(link);
    }
  }
}
