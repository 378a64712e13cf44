package io.maie.edge.spool;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.concurrent.TimeUnit;

/**
 * A candidate on its way out of the inbox.
 *
 * @param source the path that leads to it now, through a folder that is held
 * @param target the path where it is claimed
 */
record Move(Candidate candidate, Path source, Path target) {

  /** The claim of what lies at the target now. */
  Claim claimed() throws IOException {
    return new Claim(candidate, target, FileSignature.of(target));
  }

  /** The folder of the target. */
  Path folder() {
    return target.toAbsolutePath().resolveSibling("");
  }

  /** Gives a copy the time of the candidate. */
  void keepTime(Path copy) throws IOException {
    Files.setLastModifiedTime(
        copy, FileTime.from(candidate.signature().modifiedNanos(), TimeUnit.NANOSECONDS));
  }
}
