package io.maie.edge.app;

import static java.util.Objects.requireNonNull;

import io.maie.edge.telemetry.Check;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Checks that claiming a recording is a rename and needs no copy to another file system. */
final class OneFileSystemCheck implements Check {
  private final Path inbox;
  private final Path work;

  OneFileSystemCheck(Path inbox, Path work) {
    this.inbox = requireNonNull(inbox, "inbox is null");
    this.work = requireNonNull(work, "work is null");
  }

  @Override
  public String name() {
    return "one file system";
  }

  @Override
  public Finding run() {
    try {
      return Files.getFileStore(inbox).equals(Files.getFileStore(work))
          ? Finding.ok("a recording is claimed by renaming it")
          : Finding.warning(
              "'" + inbox + "' and '" + work + "' lie on different file systems",
              "Every recording is copied and verified before work begins; set work.path to a"
                  + " folder on the disk of the inbox to avoid that");
    } catch (IOException e) {
      return Finding.warning(
          "Cannot be checked: " + e.getMessage(), "Look at inbox and work first");
    }
  }
}
