package io.maie.edge.audio.decode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * How a recording is named to a child process: absolute and with the protocol before it, so that no
 * character of it means anything else. A name that Java cannot pass on (bytes that are no text in
 * this locale) is reached by a link, which goes when this is closed.
 */
final class SourceName implements AutoCloseable {
  private static final String PROTOCOL = "file:";

  private final String argument;
  private final @Nullable Path link;

  private SourceName(String argument, @Nullable Path link) {
    this.argument = argument;
    this.link = link;
  }

  /**
   * @param pcm the file beside which a link may be put
   */
  static SourceName of(Path recording, Path pcm) throws IOException {
    Path absolute = recording.toAbsolutePath();
    if (Path.of(absolute.toString()).equals(absolute)) {
      return new SourceName(PROTOCOL + absolute, null);
    }
    Path link = pcm.toAbsolutePath().resolveSibling("source-link");
    Files.deleteIfExists(link);
    Files.createSymbolicLink(link, absolute);
    return new SourceName(PROTOCOL + link, link);
  }

  String argument() {
    return argument;
  }

  @Override
  public void close() throws IOException {
    if (link != null) {
      Files.deleteIfExists(link);
    }
  }
}
