package io.maie.edge.spool;

import io.maie.edge.durable.DurableFiles;
import io.maie.edge.durable.StorageFailure;
import io.maie.edge.failure.FailureCode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether the inbox is still the folder it was. A disk that is not mounted looks like an empty
 * folder, and another disk may be mounted in its place; a marker file {@code .maie-inbox} tells
 * them from a folder that an operator made anew.
 *
 * <p>A folder on the file system of the first scan is accepted, since a folder that was removed and
 * created again is meant. A folder on another file system is accepted if it carries the marker.
 * Everything else is a problem until it goes away by itself.
 */
final class InboxIdentity {
  static final String MARKER = ".maie-inbox";

  private static final Logger LOG = LoggerFactory.getLogger(InboxIdentity.class);
  private static final String MARKER_TEXT =
      "MAIE Edge takes recordings from this folder. Without this file it would not know the folder"
          + " again after the disk was mounted anew.\n";

  private final Path folder;
  private @Nullable FileSignature known;

  InboxIdentity(Path folder) {
    this.folder = folder;
  }

  /** What is wrong with the folder now. */
  Optional<FolderProblem> check() {
    FileFacts facts;
    try {
      facts = FileFacts.followed(folder);
    } catch (NoSuchFileException e) {
      return problem("expected the inbox, found nothing", "Create it, or mount its disk.");
    } catch (IOException e) {
      return problem(
          "the inbox cannot be looked at: " + StorageFailure.of(e).sentence(),
          "Check the disk or the network share, and the permissions of the folders above.");
    }
    if (facts.kind() != FileFacts.Kind.FOLDER) {
      return problem("expected a folder, found " + facts.kind().words(), "Remove it.");
    }
    return accept(facts.signature());
  }

  private Optional<FolderProblem> accept(FileSignature now) {
    FileSignature before = known;
    if (before != null && before.isSameFileAs(now)) {
      return Optional.empty();
    }
    if (before != null && before.device() != now.device() && !isMarked()) {
      return problem(
          "expected the inbox of before, found another file system without the marker " + MARKER,
          "Mount the disk of the inbox again, or create an empty file "
              + MARKER
              + " in the folder to have it used.");
    }
    if (before != null) {
      LOG.info("The inbox is a new folder; continues with it path={}", folder);
    }
    known = now;
    mark();
    return Optional.empty();
  }

  private boolean isMarked() {
    return Files.isRegularFile(folder.resolve(MARKER), LinkOption.NOFOLLOW_LINKS);
  }

  private void mark() {
    if (isMarked()) {
      return;
    }
    try {
      DurableFiles.writeAtomically(
          folder.resolve(MARKER), MARKER_TEXT.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      LOG.warn("Marking the inbox failed; continues without path={}", folder, e);
    }
  }

  private Optional<FolderProblem> problem(String message, String hint) {
    return Optional.of(
        new FolderProblem(FailureCode.FOLDER_UNAVAILABLE, message + ": '" + folder + "'", hint));
  }
}
