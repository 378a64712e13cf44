package io.maie.edge.onnx;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.apache.commons.io.FileUtils;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Folders with unpacked native libraries (about 28 MB each) that programs which were killed could
 * not remove: ONNX Runtime removes its own only on an orderly exit.
 */
public final class StaleLibraries {
  private static final Logger LOG = LoggerFactory.getLogger(StaleLibraries.class);

  private static final String PATTERN = "onnxruntime-java*";

  /** A program that starts just now may still be unpacking into a younger one. */
  private static final Duration YOUNGEST = Duration.ofHours(1);

  private StaleLibraries() {}

  /**
   * Removes such folders of this user that are older than an hour. A program that still uses one
   * keeps its mapped libraries. A folder that cannot be removed is skipped.
   *
   * @param temporary the folder for temporary files, {@code java.io.tmpdir}
   * @return the number of folders that are gone
   */
  public static int purge(Path temporary, Instant now) throws IOException {
    requireNonNull(now, "now is null");
    int purged = 0;
    try (DirectoryStream<Path> folders = Files.newDirectoryStream(temporary, PATTERN)) {
      for (Path folder : folders) {
        if (isStale(folder, now) && FileUtils.deleteQuietly(folder.toFile())) {
          purged++;
        }
      }
    }
    LOG.debug("Purged stale libraries folders={}", purged);
    return purged;
  }

  private static boolean isStale(Path folder, Instant now) throws IOException {
    return Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)
        && Files.getLastModifiedTime(folder).toInstant().isBefore(now.minus(YOUNGEST));
  }
}
