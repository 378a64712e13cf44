package io.maie.edge.telemetry;

import static java.util.Objects.requireNonNull;

import io.maie.edge.durable.DurableFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Space that is reserved for a last status on a full disk: a file that is deleted when there is no
 * other room, and made again later. Best effort.
 */
final class SpaceReserve {
  private static final Logger LOG = LoggerFactory.getLogger(SpaceReserve.class);
  private static final int BYTES = 64 * 1024;

  /** The least free space at which the reserve is made. */
  private static final long LEAST_FREE_BYTES = 10 * BYTES;

  private final Path file;

  SpaceReserve(Path file) {
    this.file = requireNonNull(file, "file is null");
  }

  /** Makes the reserve if it is missing and there is room. */
  void keep() {
    try {
      boolean isDue = Files.notExists(file);
      if (isDue
          && Files.getFileStore(file.resolveSibling("")).getUsableSpace() > LEAST_FREE_BYTES) {
        DurableFiles.replaceWithoutFlush(file, new byte[BYTES]);
      }
    } catch (IOException e) {
      LOG.debug("Keeping a reserve failed; continues without: {}", e.toString());
    }
  }

  /** Gives its space away; false if there is none to give. */
  boolean release() throws IOException {
    return Files.deleteIfExists(file);
  }
}
