package io.maie.edge.app;

import static java.util.Objects.requireNonNull;

import io.maie.edge.telemetry.Check;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A folder of a home in which nothing ever ran: whether it is there, or can be made. */
final class FirstStartCheck implements Check {
  private final FolderCheck folderCheck;
  private final Path folder;

  FirstStartCheck(FolderCheck folderCheck, Path folder) {
    this.folderCheck = requireNonNull(folderCheck, "folderCheck is null");
    this.folder = requireNonNull(folder, "folder is null");
  }

  @Override
  public String name() {
    return folderCheck.name();
  }

  @Override
  public Finding run() {
    Path there = existing(folder);
    if (there.equals(folder)) {
      return folderCheck.run();
    }
    return Files.isDirectory(there) && Files.isWritable(there)
        ? Finding.ok("'" + folder + "' is made by the first start")
        : Finding.failure(
            "'" + folder + "' cannot be made: '" + there + "' cannot be written",
            "Make it, or let user or group '" + System.getProperty("user.name") + "' write there");
  }

  /** {@code path}, or the nearest folder above it that exists. */
  static Path existing(Path path) {
    Path there = path.toAbsolutePath();
    @Nullable Path above = there.getParent();
    while (Files.notExists(there) && above != null) {
      there = above;
      above = there.getParent();
    }
    return there;
  }
}
