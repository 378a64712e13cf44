package io.maie.edge.spool;

import io.maie.edge.durable.StorageFailure;
import io.maie.edge.spool.SettleTracker.Tracked;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens a recording once per signature, to find out if it may be read and is whole. */
final class Inspector {
  private static final Logger LOG = LoggerFactory.getLogger(Inspector.class);

  private final WholenessCheck wholeness;
  private final BooleanSupplier isKept;

  /**
   * An inspector.
   *
   * @param isKept tells whether recordings stay where they are, so that nobody needs to move them
   */
  Inspector(WholenessCheck wholeness, BooleanSupplier isKept) {
    this.wholeness = wholeness;
    this.isKept = isKept;
  }

  /** Writes what it finds into the findings of {@code file}. */
  void inspect(Tracked file, long now) {
    Path path = file.path();
    Path folder = path.toAbsolutePath().getParent();
    if (!Files.isReadable(path)) {
      file.findings().denied(unreadable(path, file.facts()), now);
    } else if (folder != null && !isKept.getAsBoolean() && !Files.isWritable(folder)) {
      file.findings().denied(unmovable(folder), now);
    } else {
      check(file, now);
    }
  }

  private void check(Tracked file, long now) {
    try {
      file.findings().found(wholeness.check(file.path()));
    } catch (NoSuchFileException e) {
      LOG.debug("A recording went away while it was looked at; continues path={}", file.path());
    } catch (IOException e) {
      StorageFailure failure = StorageFailure.of(e);
      file.findings()
          .blocked(
              failure == StorageFailure.PERMISSION
                  ? unreadable(file.path(), file.facts())
                  : "cannot be read: " + failure.sentence(),
              now);
    }
  }

  /** The reason for which {@code file} could not be taken. */
  String refusal(Tracked file, StorageFailure failure) {
    String reason = "cannot be moved: " + failure.sentence();
    if (failure == StorageFailure.PERMISSION) {
      reason +=
          String.format(
              " for user %s: owner uid %d; %s",
              System.getProperty("user.name"),
              file.facts().owner(),
              AccessAdvice.forMove(file.path()));
    }
    return reason;
  }

  /** The obstacle if a file that is read beside a recording is there and may not be read. */
  static Optional<String> unreadable(String role, Path path) {
    try {
      return Files.isReadable(path)
          ? Optional.empty()
          : Optional.of(role + " " + unreadable(path, FileFacts.of(path)));
    } catch (IOException e) {
      // gone since it was listed: the next scan sees the recording without it
      return Optional.empty();
    }
  }

  private static String unreadable(Path path, FileFacts facts) {
    return String.format(
        "may not be read by user %s: owner uid %d, mode %04o; run: %s",
        System.getProperty("user.name"), facts.owner(), facts.mode(), AccessAdvice.forFile(path));
  }

  private static String unmovable(Path folder) {
    return String.format(
        "its folder may not be written by user %s; run: %s",
        System.getProperty("user.name"), AccessAdvice.forFolder(folder));
  }
}
