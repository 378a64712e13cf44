package io.maie.edge.testing;

import io.maie.edge.retention.Cleanup;
import io.maie.edge.retention.Keep;
import io.maie.edge.retention.RetentionFolders;
import io.maie.edge.retention.RetentionOptions;
import io.maie.edge.retention.RetentionPlanner;
import io.maie.edge.retention.WallClockAges;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;

/** Cleanup of a scratch home by the default options. */
public final class ScratchCleanup {
  private ScratchCleanup() {}

  /**
   * A cleanup whose ages are those that {@code wall} shows. Files cannot be made old, so tests let
   * it run ahead.
   */
  public static Cleanup of(Path home, Keep keep, InstantSource wall) {
    RetentionFolders folders =
        new RetentionFolders(
            home.resolve("archive"),
            home.resolve("failed"),
            home.resolve("work"),
            home.resolve("outbox"),
            home.resolve("state"),
            home.resolve("state/logs/maie-edge.log"));
    RetentionPlanner planner = new RetentionPlanner(RetentionOptions.DEFAULTS, Instant.EPOCH);
    return new Cleanup(folders, planner, keep, () -> new WallClockAges(wall.instant()));
  }
}
