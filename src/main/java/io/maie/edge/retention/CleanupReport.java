package io.maie.edge.retention;

import java.nio.file.Path;
import java.util.List;

/**
 * Report of a cleanup.
 *
 * @param bytes that were freed
 * @param kept planned, but changed, gone or not deletable when its turn came
 */
public record CleanupReport(int deleted, long bytes, List<Path> kept) {

  public CleanupReport {
    kept = List.copyOf(kept);
  }
}
